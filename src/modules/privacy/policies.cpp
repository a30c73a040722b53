#include "modules/privacy/retention.hpp"

namespace bole::privacy {
namespace {

constexpr int kRunsShown = 60;

}  // namespace

Result<Items<PolicyView>> Retention::Policies(Principal const& who) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Items<PolicyView>> {
    Items<PolicyView> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<PolicyKind>>([&](auto d) {
      out.items.push_back({"", "", d.value, DefaultDays(d.value), true, "", 0});
    });
    for (auto const& row : store::Policies(tx, Scope(who, "privacy.read")))
      out.items.push_back(
          {row.org_id, subjects_.OrgName(tx, row.org_id), row.kind, row.days, false, row.updated_by_name, row.version});
    return out;
  });
}

Result<PolicyView> Retention::Set(Principal const& who, SetPolicy const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<PolicyView> {
    auto const node = subjects_.modules.org.Node(tx, Scope(who, "privacy.manage"), input.org_id);
    if (!node) return FailField("/org_id", "not_found");
    auto const known = store::Policy(tx, input.org_id, input.kind);
    if ((known ? known->version : 0) != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto const now = subjects_.context.clock.Now();
    auto const record = subjects_.modules.audit.Begin(
        tx, who,
        {"privacy.policy",
         "org_node",
         input.org_id,
         input.org_id,
         {{"kind", boost::describe::enum_to_string(input.kind, "")}, {"days", input.days}}});
    store::PolicyRow row{
        known ? known->id : NewUlid(now), input.org_id, input.kind, input.days, who.name, now, input.version + 1};
    if (!known)
      tx.Insert("privacy_policy", row);
    else if (!store::Update(tx, row, input.version))
      return Fail(ErrorCode::kConflict, "conflict.stale");
    subjects_.modules.audit.Succeeded(tx, record);
    return PolicyView{row.org_id, node->name, row.kind, row.days, false, row.updated_by_name, row.version};
  });
}

Result<Items<RetentionRunView>> Retention::Runs() {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Items<RetentionRunView>> {
    Items<RetentionRunView> out;
    for (auto const& row : store::Runs(tx, kRunsShown))
      out.items.push_back(
          {row.id, row.day, row.state, row.started_at, row.finished_at, row.erased, row.held, row.certificate_id});
    return out;
  });
}

}  // namespace bole::privacy
