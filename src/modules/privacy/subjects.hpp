#pragma once
#include <set>

#include "modules/identity/api.hpp"
#include "modules/interviews/api.hpp"
#include "modules/notify/api.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"
#include "modules/plans/api.hpp"
#include "modules/privacy/api.hpp"
#include "modules/privacy/own_views.hpp"
#include "modules/privacy/store.hpp"
#include "platform/app/context.hpp"

namespace bole::privacy {

// The record by which somebody names a person: one of the two.
struct PersonRef {
  std::string candidate_id{}, employee_id{};
  [[nodiscard]] char const* kind() const { return employee_id.empty() ? "candidate" : "employee"; }
  [[nodiscard]] std::string const& id() const { return employee_id.empty() ? candidate_id : employee_id; }
};
template <class Row>
[[nodiscard]] PersonRef RefOf(Row const& row) {
  return {row.candidate_id, row.employee_id};
}
// The act of the evidence log on that record.
[[nodiscard]] inline audit::Entry ActOn(PersonRef const& ref, std::string action, std::string org_id,
                                        json::object details = {}) {
  return {std::move(action), ref.kind(), ref.id(), std::move(org_id), std::move(details)};
}
// Of an input or a query: an error at /candidate_id when it names none, at /employee_id when it names both.
[[nodiscard]] Result<PersonRef> RefIn(std::optional<std::string> const& candidate_id,
                                      std::optional<std::string> const& employee_id);

struct Subject {
  DataSubject data;
  PersonRef ref;
  std::string org_id, org_path, name;
};

// What every use case of the module needs: who a person is, what is held about him, what keeps it, and its erasure.
// Thread-safe.
class Subjects {
 public:
  Subjects(AppContext& context, Neighbours neighbours);

  // The person behind a record. kNotFound when `who` does not hold the permission at the record's node; kForbidden
  // privacy.wider_scope when the person is also known where he does not hold it: rights concern the whole person.
  Result<Subject> Of(db::Tx& tx, Principal const& who, std::string_view permission, PersonRef const& ref);
  // The same, wherever else the person is known.
  Result<Subject> Seen(db::Tx& tx, Principal const& who, std::string_view permission, PersonRef const& ref);
  // Without asking for rights; kNotFound when the person is gone.
  Result<Subject> Whole(db::Tx& tx, PersonRef const& ref);
  Result<Subject> OfInterview(db::Tx& tx, std::string const& interview_id);  // that interview alone
  std::optional<PersonRef> AnyOf(db::Tx& tx, std::string const& person_id);  // nullopt: known nowhere
  // The candidate behind an interview's link, or the person behind one to his data; kUnauthenticated.
  Result<Subject> Self(db::Tx& tx, Principal const& who);

  // The hold that keeps the person, or one of `interview_ids`; kConflict privacy.on_hold names it.
  Result<> CheckHolds(db::Tx& tx, DataSubject const& subject);
  // The same, and whether a module must keep the person as a whole.
  Result<> CheckKept(db::Tx& tx, DataSubject const& subject);
  bool OnHold(db::Tx& tx, DataSubject const& subject) { return !CheckHolds(tx, subject); }

  std::vector<std::string> Blobs(db::Tx& tx, DataSubject const& subject, std::vector<DataKind> const& kinds);
  // Keys first: afterwards nobody can read what may still lie in backups. Missing blobs are success.
  Result<> Destroy(std::vector<std::string> const& blob_ids);
  DataCounts Erase(db::Tx& tx, DataSubject const& subject, std::vector<DataKind> const& kinds);

  // What the policies at and above a node say: each shortens what is above it, down to the minimum stated there.
  struct Period {
    std::int64_t days = 0;
    std::optional<std::int64_t> min_days;
    std::string org_name;  // of the topmost policy; empty: the shipped default, which binds nobody
  };
  Period PeriodAt(db::Tx& tx, std::string_view org_path, PolicyKind kind);
  std::int64_t Days(db::Tx& tx, std::string const& org_path, PolicyKind kind) {
    return PeriodAt(tx, org_path, kind).days;
  }

  std::optional<std::string> PersonOf(db::Tx& tx, PersonRef const& ref);
  std::vector<DataRecord> FurtherRecordsOf(db::Tx& tx, std::string const& person_id);  // of other modules
  // Every record by which the person is known in a unit: candidates, then the further ones.
  std::vector<DataRecord> RecordsOf(db::Tx& tx, std::string const& person_id);
  std::string NameOf(db::Tx& tx, std::string const& person_id);  // empty: erased
  std::string OrgName(db::Tx& tx, std::string const& org_id);
  void Count(db::Tx& tx, DataCounts const& counts, char const* why);  // in the metrics, after the commit

  AppContext& context;
  Neighbours const modules;
};

[[nodiscard]] std::int64_t DefaultDays(PolicyKind kind);
// A kind of conflict that another try resolves, for jobs.
[[nodiscard]] Result<> AgainOnRace(Result<> result);

}  // namespace bole::privacy
