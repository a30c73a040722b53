#pragma once
#include "modules/privacy/subjects.hpp"

namespace bole::privacy {

// Requests of persons: received → in progress → done or refused, each with its deadline and who did what. Thread-safe.
class Requests {
 public:
  explicit Requests(Subjects& subjects) : subjects_(subjects) {}

  Result<Page<SubjectRequestView>> List(Principal const& who, store::Filter const& filter);
  Result<SubjectRequestView> Get(Principal const& who, std::string const& id);
  Result<SubjectRequestView> Create(Principal const& who, CreateSubjectRequest const& input);
  Result<MyRequest> CreateMine(Principal const& who, RequestMine const& input);
  // A restriction that is done restricts the person; a refusal needs its reason.
  Result<SubjectRequestView> Move(Principal const& who, std::string const& id, MoveSubjectRequest const& input);
  // Puts the deadline off: once, before it has passed, as far as the law lets (MostExtension). kConflict
  // privacy.request_state, privacy.request_extended, privacy.request_overdue.
  Result<SubjectRequestView> Extend(Principal const& who, std::string const& id, ExtendSubjectRequest const& input);
  std::vector<MyRequest> Mine(db::Tx& tx, std::string const& person_id);
  // Answers a request in the transaction of the act that fulfils it; no request with this id: nothing.
  void Done(db::Tx& tx, Principal const& who, std::string const& id);

 private:
  MyRequest ForPerson(store::RequestRow const& row);
  store::RequestRow Insert(db::Tx& tx, Principal const& who, Subject const& subject, RequestKind kind, Law law,
                           Channel channel, std::string const& content);
  void AddStep(db::Tx& tx, Principal const& who, store::RequestRow const& row, std::string const& note);
  SubjectRequestView View(db::Tx& tx, store::RequestRow const& row);
  [[nodiscard]] Law DefaultLaw() const;

  Subjects& subjects_;
};

}  // namespace bole::privacy
