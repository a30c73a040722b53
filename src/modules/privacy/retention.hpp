#pragma once
#include "modules/privacy/erasures.hpp"

namespace bole::privacy {

// Something that has been kept long enough.
struct Due {
  PolicyKind kind = PolicyKind::recordings;
  PersonRef ref;
  std::string interview_id;  // empty: the whole person
  std::string org_id, org_path;
  Instant due_at{};
  std::int64_t days = 0;  // that it was kept
};

// How long things are kept, and the daily run that lets them go. Thread-safe.
class Retention {
 public:
  Retention(Subjects& subjects, Certificates& certificates, Consents& consents, Erasures& erasures)
      : subjects_(subjects), certificates_(certificates), consents_(consents), erasures_(erasures) {}

  // The shipped defaults first, then what is set in the scope.
  Result<Items<PolicyView>> Policies(Principal const& who);
  Result<PolicyView> Set(Principal const& who, SetPolicy const& input);
  // What would go on the day, in the caller's scope; changes nothing.
  Result<RetentionPreview> Preview(Principal const& who, Date const& on);
  Result<Items<RetentionRunView>> Runs();  // of the whole group: numbers only

  // The run of `day`: every item in its own transaction together with its count, then a certificate for each person and
  // one of the sums. A run that was killed goes on where it stopped; a run that is done does nothing. `stopped` is
  // asked before every item.
  Result<> Run(Date const& day, std::function<bool()> const& stopped);
  void Schedule(db::Tx& tx, Date const& day);

 private:
  // Visits in batches until `visit` says false; `visit` may erase what it is given.
  Result<> EachDue(Instant on, std::function<Result<bool>(Due const&)> const& visit);
  Result<> EachInterview(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit);
  // Who was employed and never a candidate; of others EachPerson takes care.
  Result<> EachFormerEmployee(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit);
  Result<> EachPerson(Instant on, bool& more, std::function<Result<bool>(Due const&)> const& visit);
  PolicyView ViewOf(db::Tx& tx, org::OrgNodeView const& node, store::PolicyRow const& row);
  Result<> CheckBounds(db::Tx& tx, org::OrgNodeView const& node, SetPolicy const& input);
  std::optional<Instant> PersonDue(db::Tx& tx, std::string const& person_id);
  std::int64_t DaysOf(db::Tx& tx, people::PoolEntry const& place);
  Result<> EraseDue(Due const& due, std::string const& run_id);
  bool Held(db::Tx& tx, Due const& due);
  void Certify(db::Tx& tx, store::RunRow& run, std::vector<store::ItemRow> const& items);

  Subjects& subjects_;
  Certificates& certificates_;
  Consents& consents_;
  Erasures& erasures_;
};

inline constexpr char const* kRetentionJob = "privacy.retention";

}  // namespace bole::privacy
