#pragma once
#include "modules/fields/api.hpp"
#include "modules/people/api.hpp"
#include "platform/db/scope_filter.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction.
namespace bole::people::store {

struct PersonRow {
  std::string id, name, gender;
  std::optional<Date> birth_date;
  std::string phone, phone_index, phone_masked;
  std::string email, email_index, email_masked;
  std::string id_number, id_number_index, id_number_masked;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, name, gender, birth_date, phone, phone_index, phone_masked, email, email_index, email_masked,
                       id_number, id_number_index, id_number_masked, created_at))

struct CandidateRow {
  std::string id, person_id, org_id, name_key, given_key;
  Source source = Source::other;
  db::Json<std::vector<std::string>> tags;
  std::optional<std::string> job_id;
  std::string locale, note;
  std::int64_t interviews = 0;
  std::optional<double> last_score;
  std::optional<std::string> last_band;
  Instant created_at{};
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CandidateRow, (),
                      (id, person_id, org_id, name_key, given_key, source, tags, job_id, locale, note, interviews,
                       last_score, last_band, created_at, version))

// What the list narrows by. At most one of the indexes is set.
struct CandidateFilter {
  std::string name_prefix, phone_index, email_index, id_number_index;
  std::string org_path, job_id, tag;
  std::optional<Source> source;
  int limit = 50;
  std::string cursor;
  std::vector<fields::ValueFilter> custom{};
  // So many rows of a tag or a value are tested for the other conditions to be counted; then the total is "at least".
  std::int64_t examined = 10'000;
};
// One page, newest first. Costs some milliseconds at a million rows: see the README on how it chooses its index.
Page<CandidateView> Candidates(db::Tx& tx, Scope const& scope, CandidateFilter const& filter);
std::optional<CandidateView> Candidate(db::Tx& tx, Scope const& scope, std::string const& id);
// In no order, whether the scope covers them or not; masked by its field levels.
std::vector<CandidateView> CandidatesOf(db::Tx& tx, Scope const& scope, std::vector<std::string> const& ids);
std::int64_t CountCandidatesBelow(db::Tx& tx, std::string const& org_path, Date on);
std::int64_t CountCandidates(db::Tx& tx, Scope const& scope);  // at most kCountLimit + 1
std::optional<PersonRow> PersonOf(db::Tx& tx, std::string const& candidate_id);

// Somebody with the same phone, e-mail or ID number; `by` names which. Equal phone or e-mail only counts together with
// the same name: families share them.
struct Match {
  PersonRow person;
  std::string by;  // id_number | phone | email
};
std::optional<Match> FindPerson(db::Tx& tx, PersonRow const& like, std::string const& except_id);
// The one of `persons` that FindPerson would choose.
std::optional<Match> SamePerson(PersonRow const& like, std::vector<PersonRow const*> const& persons);
// Everybody with one of these phones, e-mails or ID numbers, in order of id.
std::vector<PersonRow> PersonsLike(db::Tx& tx, std::vector<PersonRow> const& like);
// person → candidate, for those of these persons who are in the pool of the node.
std::map<std::string, std::string> CandidatesOf(db::Tx& tx, std::vector<std::string> const& person_ids,
                                                std::string const& org_id);
// The candidate of `org_id` who has the same phone or e-mail, whatever the name: {id, name, by}.
struct Same {
  std::string id, name, by;
};
BOOST_DESCRIBE_STRUCT(Same, (), (id, name, by))
std::optional<Same> FindCandidate(db::Tx& tx, PersonRow const& like, std::string const& org_id,
                                  std::string const& except_person_id);
// Candidates of the node with this name and birth date: only a hint.
std::optional<std::string> FindSimilar(db::Tx& tx, PersonRow const& like, std::string const& org_id);
std::optional<std::string> CandidateOfPerson(db::Tx& tx, std::string const& person_id, std::string const& org_id);

void Insert(db::Tx& tx, PersonRow const& row);
void Update(db::Tx& tx, PersonRow const& row);
void Insert(db::Tx& tx, CandidateRow const& row);  // with its tags
// False when the row's version is no longer `expected`.
bool Update(db::Tx& tx, CandidateRow const& row, std::int64_t expected);
std::optional<CandidateRow> Row(db::Tx& tx, std::string const& id);
void RenameCandidates(db::Tx& tx, PersonRow const& person);  // name keys of all the person's candidates
void CountInterview(db::Tx& tx, std::string const& id);
void SetResult(db::Tx& tx, std::string const& id, double score, std::string const& band);
void ClearResult(db::Tx& tx, std::string const& id);

std::vector<PoolEntry> PlacesOf(db::Tx& tx, std::string const& person_id);
std::vector<PoolEntry> EnteredBefore(db::Tx& tx, Instant before, std::string const& after_id, int limit);
void SetRestricted(db::Tx& tx, std::string const& person_id, bool restricted);
bool IsRestricted(db::Tx& tx, std::string const& person_id);
std::optional<PersonRow> Person(db::Tx& tx, std::string const& id);
std::vector<PersonRow> Persons(db::Tx& tx, std::vector<std::string> const& ids);
// Whose `column` ("phone_index", "email_index") is `index`, in order of id.
std::vector<std::string> PersonsBy(db::Tx& tx, std::string const& column, std::string const& index, int limit);
void EraseCandidate(db::Tx& tx, std::string const& id);  // with tags and events
// Person, candidates, tags and events; how many of each went.
std::map<std::string, std::int64_t> ErasePerson(db::Tx& tx, std::string const& person_id);

void AddEvent(db::Tx& tx, std::string const& candidate_id, FileEvent const& event);
std::vector<FileEvent> Events(db::Tx& tx, std::string const& candidate_id);

// The id of a job by its code, visible in `scope` or at an ancestor of it (the job library is shared downward).
std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code);

}  // namespace bole::people::store
