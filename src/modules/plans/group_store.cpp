#include "modules/plans/group_store.hpp"

#include "modules/plans/visible.hpp"

namespace bole::plans::store {
namespace {

struct PolicyRow {
  std::string org_id;
  bool needs_approval = false, derived_only = false;
  std::int64_t version = 1;
  Instant updated_at{};
  std::string updated_by_name;
  std::optional<std::string> approval_set_at, derived_set_at;
};
BOOST_DESCRIBE_STRUCT(PolicyRow, (),
                      (org_id, needs_approval, derived_only, version, updated_at, updated_by_name, approval_set_at,
                       derived_set_at))

constexpr char const* kPolicy =
    "SELECT y.org_id, n.name AS org_name, y.needs_approval, y.derived_only, y.version, y.updated_at, "
    "y.updated_by_name, y.approval_set_at, an.name AS approval_set_at_name, y.derived_set_at, "
    "dn.name AS derived_set_at_name, CAST(1 AS BIGINT) AS may_drop_approval, "
    "CAST(1 AS BIGINT) AS may_drop_derived "
    "FROM plan_policy y JOIN org_node n ON n.id = y.org_id LEFT JOIN org_node an ON an.id = y.approval_set_at "
    "LEFT JOIN org_node dn ON dn.id = y.derived_set_at WHERE ";

}  // namespace

void Insert(db::Tx& tx, ApprovalRow const& row) { tx.Insert("plan_approval", row); }

std::optional<ApprovalRow> OpenApproval(db::Tx& tx, std::string const& plan_id) {
  return tx.One<ApprovalRow>({"plans.open_approval", "SELECT " + db::Columns<ApprovalRow>() +
                                                         " FROM plan_approval WHERE plan_id = ? AND state = ?"},
                             plan_id, ApprovalState::submitted);
}

std::vector<ApprovalRow> Approvals(db::Tx& tx, std::string const& plan_id) {
  return tx.Select<ApprovalRow>({"plans.approvals", "SELECT " + db::Columns<ApprovalRow>() +
                                                        " FROM plan_approval WHERE plan_id = ? ORDER BY id DESC"},
                                plan_id);
}

bool Decide(db::Tx& tx, ApprovalRow const& row) {
  return tx.Execute({"plans.decide",
                     "UPDATE plan_approval SET state = ?, decided_by_name = ?, decision_comment = ?, decided_at = ? "
                     "WHERE id = ? AND state = 'submitted'"},
                    row.state, row.decided_by_name, row.decision_comment, row.decided_at, row.id) == 1;
}

Demands DemandsOn(db::Tx& tx, std::string const& org_path) {
  auto const count = [&](char const* demand, char const* where) {
    return tx.Scalar<std::int64_t>({"plans.demands", std::string("SELECT COUNT(*) FROM plan_policy y JOIN org_node n "
                                                                 "ON n.id = y.org_id WHERE y.") +
                                                         demand + " = 1 AND ? LIKE n.path || " + where},
                                   org_path)
               .value_or(0) > 0;
  };
  return {count("needs_approval", "'%'"), count("derived_only", "'_%'")};
}

std::vector<PlanPolicyView> Policies(db::Tx& tx, Scope const& scope) {
  auto const visible = VisibleCondition(scope, "y.org_id", "1 = 1");
  return tx.SelectWith<PlanPolicyView>({"plans.policies", kPolicy + ("1 = 1" + visible.sql) + " ORDER BY n.path"},
                                       visible.parameters);
}

std::optional<PlanPolicyView> Policy(db::Tx& tx, std::string const& org_id) {
  return tx.One<PlanPolicyView>({"plans.policy", std::string(kPolicy) + "y.org_id = ?"}, org_id);
}

bool Put(db::Tx& tx, PlanPolicyView const& policy, std::int64_t expected) {
  if (expected > 0)
    return tx.Execute({"plans.update_policy",
                       "UPDATE plan_policy SET needs_approval = ?, derived_only = ?, version = ?, updated_at = ?, "
                       "updated_by_name = ?, approval_set_at = ?, derived_set_at = ? WHERE org_id = ? AND version = ?"},
                      policy.needs_approval, policy.derived_only, expected + 1, policy.updated_at,
                      policy.updated_by_name, policy.approval_set_at, policy.derived_set_at, policy.org_id,
                      expected) == 1;
  if (Policy(tx, policy.org_id)) return false;
  tx.Insert("plan_policy", PolicyRow{policy.org_id, policy.needs_approval, policy.derived_only, 1, policy.updated_at,
                                     policy.updated_by_name, policy.approval_set_at, policy.derived_set_at});
  return true;
}

}  // namespace bole::plans::store
