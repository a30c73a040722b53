#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/http/routes.hpp"

namespace bole::plans {

using http::Request;

struct GroupPageQuery {
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(GroupPageQuery, (), (limit, cursor))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::GroupPageQuery> =
    std::tuple{Field<&plans::GroupPageQuery::limit>{{.min = 1, .max = 100}},
               Field<&plans::GroupPageQuery::cursor>{{.max_length = 26}}};
}

namespace bole::plans {
namespace {

void RegisterStandards(http::Routes& routes, Service& service) {
  routes.Get<Items<PlanTemplateView>>(
      "/plan-templates", {.permission = "plan.read", .tag = "plans", .summary = "Plans that Bole ships, by job family"},
      [&](Request const&) { return service.Templates(); });
  routes.Post<DerivePlan, PlanView>(
      "/plans/{id}/derive",
      {.permission = "plan.write", .tag = "plans", .summary = "A branch's plan that follows a standard", .status = 201},
      [&](Request const& r, DerivePlan const& in) { return service.DerivePlan(r.who(), r.Param("id"), in); });
  routes.Get<GroupPageQuery, Page<RebaseTask>>(
      "/plans/rebase-tasks",
      {.permission = "plan.write", .tag = "plans", .summary = "Derived plans that a new standard waits for"},
      [&](Request const& r, GroupPageQuery const& q) -> Result<Page<RebaseTask>> {
        return service.RebaseTasks(r.who(), q.limit.value_or(50), q.cursor.value_or(""));
      });
  routes.Get<GroupPageQuery, Page<PlanFollower>>(
      "/plans/{id}/followers",
      {.permission = "plan.read", .tag = "plans", .summary = "Which units follow a standard, and how far"},
      [&](Request const& r, GroupPageQuery const& q) {
        return service.Followers(r.who(), r.Param("id"), q.limit.value_or(50), q.cursor.value_or(""));
      });
  routes.Get<PlanDifference>(
      "/plans/{id}/rebase",
      {.permission = "plan.read", .tag = "plans", .summary = "Standard before, standard now, and this plan"},
      [&](Request const& r) { return service.Difference(r.who(), r.Param("id"), r.locale); });
  routes.Post<RebaseInput, PlanView>(
      "/plans/{id}/rebase",
      {.permission = "plan.write", .tag = "plans", .summary = "Carry the plan over to the new standard"},
      [&](Request const& r, RebaseInput const& in) { return service.RebasePlan(r.who(), r.Param("id"), in); });
}

void RegisterApproval(http::Routes& routes, Service& service) {
  routes.Get<Items<PlanPolicyView>>(
      "/plan-policies", {.permission = "plan.read", .tag = "plans", .summary = "What nodes demand of plans"},
      [&](Request const& r) -> Result<Items<PlanPolicyView>> { return service.Policies(r.who()); });
  routes.Put<PutPlanPolicy, PlanPolicyView>(
      "/plan-policies/{org_id}",
      {.permission = "plan.approve", .tag = "plans", .summary = "Demand approval or derived plans in a subtree"},
      [&](Request const& r, PutPlanPolicy const& in) { return service.PutPolicy(r.who(), r.Param("org_id"), in); });
  routes.Post<SubmitPlan, PlanView>(
      "/plans/{id}/submit", {.permission = "plan.write", .tag = "plans", .summary = "Ask for approval"},
      [&](Request const& r, SubmitPlan const& in) { return service.SubmitPlan(r.who(), r.Param("id"), in); });
  routes.Post<DecidePlan, PlanView>(
      "/plans/{id}/approve",
      {.permission = "plan.approve", .tag = "plans", .summary = "Approve and publish what somebody else submitted"},
      [&](Request const& r, DecidePlan const& in) { return service.ApprovePlan(r.who(), r.Param("id"), in); });
  routes.Post<DecidePlan, PlanView>(
      "/plans/{id}/reject",
      {.permission = "plan.approve", .tag = "plans", .summary = "Send back what somebody else submitted"},
      [&](Request const& r, DecidePlan const& in) { return service.RejectPlan(r.who(), r.Param("id"), in); });
  routes.Post<VersionBody, PlanView>(
      "/plans/{id}/withdraw", {.permission = "plan.write", .tag = "plans", .summary = "Take a submission back"},
      [&](Request const& r, VersionBody const& in) { return service.WithdrawPlan(r.who(), r.Param("id"), in); });
  routes.Get<Items<PlanApprovalView>>(
      "/plans/{id}/approvals", {.permission = "plan.read", .tag = "plans", .summary = "Submissions and decisions"},
      [&](Request const& r) { return service.Approvals(r.who(), r.Param("id")); });
}

}  // namespace

void RegisterGroupRoutes(AppContext& context, Service& service) {
  RegisterStandards(context.routes, service);
  RegisterApproval(context.routes, service);
}

}  // namespace bole::plans
