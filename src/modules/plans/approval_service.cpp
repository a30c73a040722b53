#include "base/text.hpp"
#include "modules/org/authority.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/events/events.hpp"

// Publication by a second person, where a node demands it.
namespace bole::plans {
namespace {

// Who submitted a revision or wrote it last does not decide about it.
bool IsOwn(Principal const& who, store::ApprovalRow const& approval, store::PlanRevisionRow const& revision) {
  return who.id == approval.requested_by || who.id == revision.edited_by;
}

// Where the right of whoever demands something lies: of the one who made the demand first, unless a wider one repeats
// it.
std::optional<std::string> SetAt(org::Api& org, db::Tx& tx, Scope const& scope, org::OrgNodeView const& node, bool was,
                                 std::optional<std::string> const& before, bool now) {
  if (!now) return std::nullopt;
  if (was && before && !org::Reaches(org, tx, scope, *before)) return before;
  return org::WidestUnit(org, tx, scope, node);
}

}  // namespace

void Service::TellDroppable(db::Tx& tx, Principal const& who, PlanPolicyView& policy) {
  Scope const scope(who, "plan.approve");
  policy.may_drop_approval = !policy.approval_set_at || org::Reaches(org_, tx, scope, *policy.approval_set_at);
  policy.may_drop_derived = !policy.derived_set_at || org::Reaches(org_, tx, scope, *policy.derived_set_at);
}

Items<PlanPolicyView> Service::Policies(Principal const& who) {
  return context_.database.Read([&](db::Tx& tx) {
    Items<PlanPolicyView> out{store::Policies(tx, Scope(who, "plan.read"))};
    for (auto& policy : out.items) TellDroppable(tx, who, policy);
    return out;
  });
}

Result<PlanPolicyView> Service::PutPolicy(Principal const& who, std::string const& org_id, PutPlanPolicy const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanPolicyView> {
    Scope const scope(who, "plan.approve");
    BOLE_ASSIGN(auto const node, org_.Node(tx, scope, org_id));
    auto before = store::Policy(tx, node.id).value_or(PlanPolicyView{});
    TellDroppable(tx, who, before);
    if (before.needs_approval && !input.needs_approval && !before.may_drop_approval)
      return Fail(ErrorCode::kForbidden, "plan.policy_from_above", {{"unit", *before.approval_set_at_name}});
    if (before.derived_only && !input.derived_only && !before.may_drop_derived)
      return Fail(ErrorCode::kForbidden, "plan.policy_from_above", {{"unit", *before.derived_set_at_name}});
    auto const record =
        audit_.Begin(tx, who,
                     {"plan.policy",
                      "org_node",
                      node.id,
                      node.id,
                      {{"needs_approval", input.needs_approval}, {"derived_only", input.derived_only}}});
    PlanPolicyView policy;
    policy.org_id = node.id, policy.updated_at = context_.clock.Now(), policy.updated_by_name = who.name;
    policy.needs_approval = input.needs_approval, policy.derived_only = input.derived_only;
    policy.approval_set_at =
        SetAt(org_, tx, scope, node, before.needs_approval, before.approval_set_at, input.needs_approval);
    policy.derived_set_at =
        SetAt(org_, tx, scope, node, before.derived_only, before.derived_set_at, input.derived_only);
    if (!store::Put(tx, policy, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    auto out = *store::Policy(tx, node.id);
    TellDroppable(tx, who, out);
    return out;
  });
}

Result<PlanView> Service::SubmitPlan(Principal const& who, std::string const& id, plans::SubmitPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    BOLE_ASSIGN(auto row, Editable(tx, Scope(who, "plan.write"), id, input.version));
    if (!row.has_draft) return Fail(ErrorCode::kConflict, "plan.nothing_to_publish");
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
    BOLE_TRY(MayRelease(tx, row, node, true));
    auto const document = store::Document(tx, id, row.revision);
    if (auto problems = Problems(tx, *document, node.path, BaseOf(tx, row)); !problems.empty())
      return FailFields(std::move(problems));
    auto const now = context_.clock.Now();
    if (input.adopt_by && *input.adopt_by <= now) return FailField("/adopt_by", "in_past");
    auto const record = audit_.Begin(tx, who, {"plan.submit", "plan", id, row.org_id, {{"revision", row.revision}}});
    store::ApprovalRow approval;
    approval.id = NewUlid(now), approval.plan_id = id, approval.revision = row.revision;
    approval.comment = input.comment, approval.adopt_by = input.adopt_by;
    approval.requested_by = who.id, approval.requested_by_name = who.name, approval.requested_at = now;
    store::Insert(tx, approval);
    context_.bus.Publish(tx, kPlanSubmitted, approval.id, {{"plan_id", id}, {"approval_id", approval.id}});
    auto const expected = row.version++;
    row.updated_at = now;
    if (!store::Update(tx, row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::Decide(Principal const& who, char const* permission, char const* action,
                                 std::string const& id, DecidePlan const& input, ApprovalState state) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, permission), id);
    if (!row) return NotFound("plan");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto approval = store::OpenApproval(tx, id);
    if (!approval) return Fail(ErrorCode::kConflict, "plan.not_submitted");
    auto const revision = store::Revision(tx, id, approval->revision);
    if (state != ApprovalState::withdrawn && IsOwn(who, *approval, *revision))
      return Fail(ErrorCode::kForbidden, "plan.own_approval");
    auto const now = context_.clock.Now();
    approval->state = state, approval->decided_at = now;
    approval->decided_by_name = who.name, approval->decision_comment = input.comment;
    if (!store::Decide(tx, *approval)) return Fail(ErrorCode::kConflict, "plan.not_submitted");
    if (state != ApprovalState::withdrawn)
      context_.bus.Publish(tx, kPlanDecided, approval->id, {{"plan_id", id}, {"approval_id", approval->id}});
    if (state == ApprovalState::approved) {
      // A deadline that passed while the plan waited starts from now.
      auto const adopt_by = approval->adopt_by && *approval->adopt_by > now ? approval->adopt_by : std::nullopt;
      BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row->org_id));
      BOLE_TRY(MayRelease(tx, *row, node, true));
      return Release(tx, who, action, *row, adopt_by);
    }
    auto const record = audit_.Begin(tx, who, {action, "plan", id, row->org_id, {{"revision", row->revision}}});
    auto const expected = row->version++;
    row->updated_at = now;
    if (!store::Update(tx, *row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::ApprovePlan(Principal const& who, std::string const& id, DecidePlan const& input) {
  return Decide(who, "plan.approve", "plan.approve", id, input, ApprovalState::approved);
}

Result<PlanView> Service::RejectPlan(Principal const& who, std::string const& id, DecidePlan const& input) {
  if (Trim(input.comment).empty()) return FailField("/comment", "required");
  return Decide(who, "plan.approve", "plan.reject", id, input, ApprovalState::rejected);
}

Result<PlanView> Service::WithdrawPlan(Principal const& who, std::string const& id, VersionBody const& input) {
  return Decide(who, "plan.write", "plan.withdraw", id, {input.version, ""}, ApprovalState::withdrawn);
}

Result<Items<PlanApprovalView>> Service::Approvals(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<PlanApprovalView>> {
    if (!store::OwnPlan(tx, Scope(who, "plan.read"), id)) return NotFound("plan");
    Items<PlanApprovalView> out;
    for (auto const& row : store::Approvals(tx, id)) {
      auto const revision = store::Revision(tx, id, row.revision);
      out.items.push_back({row.id, row.revision, row.state, row.comment, row.requested_by_name, row.requested_at,
                           row.decided_by_name, row.decision_comment, row.decided_at, row.adopt_by,
                           revision && IsOwn(who, row, *revision)});
    }
    return out;
  });
}

}  // namespace bole::plans
