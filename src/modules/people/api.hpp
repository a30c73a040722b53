#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/org/api.hpp"
#include "modules/people/views.hpp"

namespace bole {
class PersonalData;
struct RecordTeam;
}  // namespace bole
namespace bole::db {
struct Team;
}
namespace bole::identity {
class Api;
}

// T2: people. A person is one human being, known once in the group; a candidate is that person in the pool of one
// organisation node. Phone, e-mail and ID number are encrypted and masked in every view.
namespace bole::people {

// Decrypted, for the one who sends a message or checks an identity. Never leaves the server, never logged.
struct Contact {
  std::string candidate_id, person_id, org_id, org_name, name, locale, phone, email;
  bool has_id_number = false;
  bool restricted = false;  // the person asked that nothing new be done with the data
};

// One of a person's places in the pool.
struct PoolEntry {
  std::string id, person_id, org_id, org_path, name;
  std::optional<std::string> last_band;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(PoolEntry, (), (id, person_id, org_id, org_path, name, last_band, created_at))

// What other modules know about a candidate's interviews, for the person's file. Set once while modules are registered.
class InterviewHistory {
 public:
  virtual ~InterviewHistory() = default;
  // InterviewViews as JSON, newest first; the caller was already found in the candidate's scope.
  virtual std::vector<json::object> Interviews(db::Tx& tx, Principal const& who, std::string const& candidate_id) = 0;
  virtual std::vector<FileEvent> Events(db::Tx& tx, Principal const& who, std::string const& candidate_id) = 0;
};

// How records with a candidate in `candidate_column` follow the candidate's team (db::ScopeCondition).
[[nodiscard]] db::Team TeamOfCandidate(std::string candidate_column);

// Functions that take a transaction do not check permissions or write audit records: the caller has its Scope.
class Api {
 public:
  virtual ~Api() = default;
  // kNotFound when missing or outside the scope.
  virtual Result<CandidateView> Find(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual Result<Contact> ContactOf(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  // Compares with the stored number. kInvalid identity.bad_id_number when `text` is no ID number at all; false when it
  // is another one's or none is stored.
  virtual Result<bool> VerifyIdNumber(db::Tx& tx, std::string const& candidate_id, std::string const& text) = 0;
  // At most kCountLimit + 1.
  virtual std::int64_t CountCandidates(db::Tx& tx, Scope const& scope) = 0;
  virtual void RecordInvited(db::Tx& tx, std::string const& candidate_id) = 0;  // one interview more
  virtual void RecordResult(db::Tx& tx, std::string const& candidate_id, double score, std::string const& band) = 0;
  virtual void ClearResult(db::Tx& tx, std::string const& candidate_id) = 0;
  virtual void AddEvent(db::Tx& tx, std::string const& candidate_id, FileEvent const& event) = 0;
  virtual std::optional<std::string> PersonOf(db::Tx& tx, std::string const& candidate_id) = 0;
  // All the person's places, whatever the scope: rights of a person hold for the whole.
  virtual std::vector<PoolEntry> PlacesOf(db::Tx& tx, std::string const& person_id) = 0;
  // Everybody whose phone number or e-mail address it is, however it is written; at most 10, in order of id.
  virtual std::vector<std::string> PersonsReachedBy(db::Tx& tx, std::string const& address) = 0;
  // Entered the pool before `before`, in order of id behind `after_id`.
  virtual std::vector<PoolEntry> EnteredBefore(db::Tx& tx, Instant before, std::string const& after_id, int limit) = 0;
  virtual bool IsRestricted(db::Tx& tx, std::string const& candidate_id) = 0;
  virtual void SetRestricted(db::Tx& tx, std::string const& person_id, bool restricted) = 0;

  virtual Result<CandidateView> Create(Principal const& who, CreateCandidate const& input) = 0;
  // For loaders: all or nothing, in transactions of 1,000, without duplicate search; ids in the order of `inputs`.
  virtual Result<std::vector<std::string>> BulkCreate(Principal const& who,
                                                      std::vector<CreateCandidate> const& inputs) = 0;

  // Who works on the candidate, and their managers.
  virtual RecordTeam TeamOf(db::Tx& tx, std::string const& candidate_id) = 0;
  // As a member, whoever is not in the team yet. kNotFound team.no_right for an account that may see no candidate
  // there.
  virtual Result<> AddToTeam(db::Tx& tx, CandidateView const& candidate, std::string const& user_id) = 0;

  virtual void SetInterviewHistory(InterviewHistory& history) = 0;  // before the first request
};

// Whether PersonsReachedBy can find anybody by it: a phone number or an e-mail address, as people write them.
[[nodiscard]] bool IsAddress(std::string const& text);

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org,
                                            fields::Api& fields = fields::None());
// Teams of candidates, out of the accounts of `identity`.
void RegisterTeams(AppContext& context, Api& api, identity::Api& identity);
// Person and candidates with their files.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context);

}  // namespace bole::people
