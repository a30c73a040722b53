#pragma once
#include "modules/plans/group_views.hpp"
#include "modules/plans/store.hpp"

// SQL of approvals and policies.
namespace bole::plans::store {

struct ApprovalRow {
  std::string id, plan_id;
  std::int64_t revision = 1;
  ApprovalState state = ApprovalState::submitted;
  std::string comment;
  std::optional<Instant> adopt_by;
  std::string requested_by, requested_by_name;
  Instant requested_at{};
  std::optional<std::string> decided_by_name, decision_comment;
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(ApprovalRow, (),
                      (id, plan_id, revision, state, comment, adopt_by, requested_by, requested_by_name, requested_at,
                       decided_by_name, decision_comment, decided_at))

void Insert(db::Tx& tx, ApprovalRow const& row);
std::optional<ApprovalRow> OpenApproval(db::Tx& tx, std::string const& plan_id);
std::vector<ApprovalRow> Approvals(db::Tx& tx, std::string const& plan_id);  // newest first
bool Decide(db::Tx& tx, ApprovalRow const& row);                             // false: no longer open

// What the nodes on the way to `org_path` demand of a plan there.
struct Demands {
  bool needs_approval = false;  // the node itself or one above
  bool derived_only = false;    // one above
};
[[nodiscard]] Demands DemandsOn(db::Tx& tx, std::string const& org_path);
// Policies that concern the scope: of its subtrees and of the nodes above.
std::vector<PlanPolicyView> Policies(db::Tx& tx, Scope const& scope);
std::optional<PlanPolicyView> Policy(db::Tx& tx, std::string const& org_id);
bool Put(db::Tx& tx, PlanPolicyView const& policy, std::int64_t expected);  // false: stale

}  // namespace bole::plans::store
