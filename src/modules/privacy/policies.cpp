#include "modules/privacy/retention.hpp"

namespace bole::privacy {
namespace {

constexpr int kRunsShown = 60;

}  // namespace

PolicyView Retention::ViewOf(db::Tx& tx, org::OrgNodeView const& node, store::PolicyRow const& row) {
  return {row.org_id,  node.name,    row.kind,
          row.days,    false,        row.updated_by_name,
          row.version, row.min_days, subjects_.Days(tx, node.path, row.kind)};
}

// A unit above binds: below it a period may be shorter, down to the minimum stated there, and never longer.
Result<> Retention::CheckBounds(db::Tx& tx, org::OrgNodeView const& node, SetPolicy const& input) {
  auto const above =
      subjects_.PeriodAt(tx, std::string_view(node.path).substr(0, node.path.size() - node.id.size() - 1), input.kind);
  FieldErrors errors;
  auto const least = above.min_days.value_or(1);
  if (!above.org_name.empty() && input.days > above.days)
    errors.push_back({"/days", "longer_than_above", {{"max", std::to_string(above.days)}, {"unit", above.org_name}}});
  if (!above.org_name.empty() && input.days < least)
    errors.push_back({"/days", "shorter_than_above", {{"min", std::to_string(least)}, {"unit", above.org_name}}});
  if (input.min_days && *input.min_days > input.days)
    errors.push_back({"/min_days", "out_of_range", {{"min", "1"}, {"max", std::to_string(input.days)}}});
  if (!errors.empty()) return FailFields(std::move(errors));
  return {};
}

Result<Items<PolicyView>> Retention::Policies(Principal const& who) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Items<PolicyView>> {
    Items<PolicyView> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<PolicyKind>>([&](auto d) {
      out.items.push_back({"", "", d.value, DefaultDays(d.value), true, "", 0, {}, DefaultDays(d.value)});
    });
    for (auto const& row : store::Policies(tx, Scope(who, "privacy.read"))) {
      BOLE_ASSIGN(auto const node, subjects_.modules.org.Node(tx, Scope::Everything(), row.org_id));
      out.items.push_back(ViewOf(tx, node, row));
    }
    return out;
  });
}

Result<PolicyView> Retention::Set(Principal const& who, SetPolicy const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<PolicyView> {
    auto const node = subjects_.modules.org.Node(tx, Scope(who, "privacy.manage"), input.org_id);
    if (!node) return FailField("/org_id", "not_found");
    auto const known = store::Policy(tx, input.org_id, input.kind);
    if ((known ? known->version : 0) != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    BOLE_TRY(CheckBounds(tx, *node, input));
    auto const now = subjects_.context.clock.Now();
    auto const record = subjects_.modules.audit.Begin(tx, who,
                                                      {"privacy.policy",
                                                       "org_node",
                                                       input.org_id,
                                                       input.org_id,
                                                       {{"kind", boost::describe::enum_to_string(input.kind, "")},
                                                        {"days", input.days},
                                                        {"min_days", WriteJson(input.min_days)}}});
    store::PolicyRow row{known ? known->id : NewUlid(now),
                         input.org_id,
                         input.kind,
                         input.days,
                         who.name,
                         now,
                         input.version + 1,
                         input.min_days};
    if (!known)
      tx.Insert("privacy_policy", row);
    else if (!store::Update(tx, row, input.version))
      return Fail(ErrorCode::kConflict, "conflict.stale");
    subjects_.modules.audit.Succeeded(tx, record);
    return ViewOf(tx, *node, row);
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
