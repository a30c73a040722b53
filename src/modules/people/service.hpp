#pragma once
#include "modules/people/model.hpp"
#include "modules/people/store.hpp"
#include "modules/people/team.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::http {
class Routes;
}

namespace bole::identity {
struct Colleague;
}

namespace bole::people {

// What a list, a search or an export asks for; `q` is a name's beginning or a whole phone, e-mail or ID number.
struct CandidateQuery {
  std::optional<std::string> q, org_id, job_id;
  std::optional<Source> source;
  std::optional<std::string> tag;
  std::optional<int> limit;
  std::optional<std::string> cursor;
  std::map<std::string, std::string> custom;
  std::optional<bool> mine{};  // only candidates whose team one is in
};
BOOST_DESCRIBE_STRUCT(CandidateQuery, (), (q, org_id, job_id, source, tag, limit, cursor, custom, mine))

// The part of a patch that is about the person.
[[nodiscard]] PersonChange ChangeOf(PatchCandidate const& input);

// Use cases. Thread-safe; each call is one transaction unless it takes one.
class Service final : public Api, public Persons {
 public:
  Service(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields);

  Result<CandidateView> Find(db::Tx& tx, Scope const& scope, std::string const& id) override;
  Result<Contact> ContactOf(db::Tx& tx, Scope const& scope, std::string const& id) override;
  Result<bool> VerifyIdNumber(db::Tx& tx, std::string const& candidate_id, std::string const& text) override;
  std::int64_t CountCandidates(db::Tx& tx, Scope const& scope) override { return store::CountCandidates(tx, scope); }
  void RecordInvited(db::Tx& tx, std::string const& id) override { store::CountInterview(tx, id); }
  void RecordResult(db::Tx& tx, std::string const& id, double score, std::string const& band) override {
    store::SetResult(tx, id, score, band);
  }
  void ClearResult(db::Tx& tx, std::string const& id) override { store::ClearResult(tx, id); }
  std::optional<std::string> PersonOf(db::Tx& tx, std::string const& id) override;
  std::vector<PoolEntry> PlacesOf(db::Tx& tx, std::string const& person_id) override {
    return store::PlacesOf(tx, person_id);
  }
  std::vector<std::string> PersonsReachedBy(db::Tx& tx, std::string const& address) override;
  std::vector<PoolEntry> EnteredBefore(db::Tx& tx, Instant before, std::string const& after_id, int limit) override {
    return store::EnteredBefore(tx, before, after_id, limit);
  }
  bool IsRestricted(db::Tx& tx, std::string const& candidate_id) override;
  void SetRestricted(db::Tx& tx, std::string const& person_id, bool restricted) override {
    store::SetRestricted(tx, person_id, restricted);
  }
  void AddEvent(db::Tx& tx, std::string const& id, FileEvent const& event) override { store::AddEvent(tx, id, event); }
  Result<CandidateView> Create(Principal const& who, CreateCandidate const& input) override;
  Result<std::vector<std::string>> BulkCreate(Principal const& who,
                                              std::vector<CreateCandidate> const& inputs) override;
  RecordTeam TeamOf(db::Tx& tx, std::string const& candidate_id) override;
  Result<> AddToTeam(db::Tx& tx, CandidateView const& candidate, std::string const& user_id) override;
  void SetIdentity(identity::Api& identity) { identity_ = &identity; }
  void SetInterviewHistory(InterviewHistory& history) override { history_ = &history; }

  // persons.cpp: persons for other modules
  PersonFacts CheckPerson(PersonFacts raw, FieldErrors& errors) override;
  std::optional<std::string> Recognise(db::Tx& tx, PersonFacts const& facts) override;
  Result<AdmittedPerson> AdmitPerson(db::Tx& tx, PersonFacts const& facts) override;
  Result<PersonFacts> CheckChange(db::Tx& tx, std::string const& id, PersonChange const& change,
                                  FieldErrors& errors) override;
  void StorePerson(db::Tx& tx, std::string const& id, PersonFacts const& facts) override;
  bool PersonRestricted(db::Tx& tx, std::string const& id) override;
  std::map<std::string, PersonView> Views(db::Tx& tx, std::vector<std::string> const& ids) override;
  Result<PersonFacts> OpenPerson(db::Tx& tx, std::string const& id) override;
  [[nodiscard]] PersonSearch Search(std::string const& text, std::string const& person_column) const override;
  json::value Snapshot(db::Tx& tx, std::string const& id) override;
  bool Restore(db::Tx& tx, json::value const& snapshot) override;
  bool Remove(db::Tx& tx, std::string const& id) override;

  Result<Page<CandidateView>> List(Principal const& who, CandidateQuery const& query);
  Result<CandidateView> Get(Principal const& who, std::string const& id);
  Result<CandidateView> Patch(Principal const& who, std::string const& id, PatchCandidate const& input);
  Result<RevealedContact> Reveal(Principal const& who, std::string const& id, audit::Purpose const& purpose);
  Result<PersonFile> File(Principal const& who, std::string const& id, audit::Purpose const& purpose);
  // Needs SetIdentity, as do the three below.
  Result<Items<TeamMember>> Team(Principal const& who, std::string const& id);
  Result<Items<TeamMember>> PutMember(Principal const& who, std::string const& id, std::string const& user_id,
                                      PutTeamMember const& input);
  Result<Items<TeamMember>> RemoveMember(Principal const& who, std::string const& id, std::string const& user_id);
  Result<Items<identity::Colleague>> Colleagues(Principal const& who, ColleagueQuery const& query);
  // A table of everything the list would show; audited.
  Result<std::string> Export(Principal const& who, CandidateQuery const& query, documents::TableFormat format,
                             i18n::Locale locale, audit::Purpose const& purpose);

  // For imports, in their transaction and audited by them.
  struct Place {
    org::OrgNodeView node;
    std::string event = "created";  // or "imported"
  };
  // Facts that were checked; `known`: the person is somebody already.
  Result<std::string> Admit(db::Tx& tx, Place const& place, CreateCandidate const& input, PersonFacts const& facts,
                            store::Match const* known);
  Result<CandidateView> Change(db::Tx& tx, Principal const& who, std::string const& id, PatchCandidate const& input,
                               std::string_view permission, json::object& details);
  [[nodiscard]] fields::Api& Custom() { return fields_; }
  [[nodiscard]] store::PersonRow Indexes(PersonFacts const& facts) const;  // what persons are recognised by
  bool JobServes(db::Tx& tx, std::string const& job_id, org::OrgNodeView const& node);

 private:
  Result<store::CandidateFilter> Filter(db::Tx& tx, Principal const& who, CandidateQuery const& query,
                                        std::string_view permission);
  [[nodiscard]] store::PersonRow Seal(PersonFacts const& facts, store::PersonRow row) const;
  [[nodiscard]] Result<PersonFacts> Open(store::PersonRow const& row) const;
  // The matched person with what was unknown filled in, or a new one.
  Result<store::PersonRow> Known(db::Tx& tx, PersonFacts const& facts, store::Match const* match);
  // With custom fields, as a detail shows it.
  CandidateView WithCustom(db::Tx& tx, Scope const& scope, CandidateView view);
  Items<TeamMember> Members(db::Tx& tx, std::string const& id);
  Result<> PutInTeam(db::Tx& tx, CandidateView const& candidate, std::string const& user_id, bool owner);
  // The candidate of the node who already is this person.
  std::optional<store::Same> Duplicate(db::Tx& tx, std::string const& org_id, PersonFacts const& facts);
  PersonFacts Check(db::Tx& tx, CreateCandidate const& input, org::OrgNodeView const* node, FieldErrors& errors);

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  fields::Api& fields_;
  InterviewHistory* history_ = nullptr;
  identity::Api* identity_ = nullptr;
};

[[nodiscard]] Error DuplicateError(store::Same const& same);
void RegisterRoutes(AppContext& context, Service& service);
void RegisterTeamRoutes(http::Routes& routes, Service& service);

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::CandidateQuery> =
    std::tuple{Field<&people::CandidateQuery::q>{{.max_length = 100, .pii = true}},
               Field<&people::CandidateQuery::org_id>{{.max_length = 26}},
               Field<&people::CandidateQuery::job_id>{{.max_length = 26}},
               Field<&people::CandidateQuery::tag>{{.max_length = 40}},
               Field<&people::CandidateQuery::custom>{
                   {.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}},
               Field<&people::CandidateQuery::limit>{{.min = 1, .max = 200}},
               Field<&people::CandidateQuery::cursor>{{.max_length = 26}}};
}
