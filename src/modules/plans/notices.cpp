#include "modules/plans/notices.hpp"

#include <algorithm>

#include "modules/notify/api.hpp"
#include "modules/plans/group_store.hpp"
#include "platform/app/context.hpp"
#include "platform/config/config.hpp"
#include "platform/events/events.hpp"

namespace bole::plans {
namespace {

constexpr char const* kJob = "plans.tell_branches";
constexpr char const* kApprovalJob = "plans.tell_approval";

// In the language, or in the other one where it has none.
std::string const& NameFor(i18n::Locale locale, std::string const& zh, std::string const& en) {
  return en.empty() || (locale == i18n::Locale::kZhCn && !zh.empty()) ? zh : en;
}

class Notices {
 public:
  Notices(AppContext& context, org::Api& org, notify::Api& notify, FindAddressee find, FindApprovers approvers)
      : context_(context), org_(org), notify_(notify), find_(std::move(find)), approvers_(std::move(approvers)) {}

  Result<> Tell(std::string const& standard_id) {
    std::string cursor;
    do {
      auto const next = context_.database.Write([&](db::Tx& tx) -> Result<std::string> {
        auto const page = store::Plans(tx, Scope::Everything(),
                                       {.behind = true, .base_plan_id = standard_id, .limit = 100, .cursor = cursor});
        for (auto const& plan : page.items) BOLE_TRY(TellOne(tx, plan));
        return page.next_cursor.value_or("");
      });
      BOLE_TRY(next);
      cursor = *next;
    } while (!cursor.empty());
    return {};
  }

  // Of a submission as it is by now: what was withdrawn or decided meanwhile asks nobody any more.
  Result<> TellApproval(std::string const& plan_id, std::string const& approval_id) {
    return context_.database.Write([&](db::Tx& tx) -> Result<> {
      auto const plan = store::Plan(tx, Scope::Everything(), plan_id);
      auto const approvals = store::Approvals(tx, plan_id);
      auto const approval = std::find_if(approvals.begin(), approvals.end(),
                                         [&](store::ApprovalRow const& row) { return row.id == approval_id; });
      if (!plan || approval == approvals.end()) return {};
      if (approval->state == ApprovalState::approved || approval->state == ApprovalState::rejected)
        return TellApprovalTo(tx, *plan, *approval, approval->requested_by);
      if (approval->state != ApprovalState::submitted) return {};
      BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), plan->org_id));
      auto const revision = store::Revision(tx, plan_id, approval->revision);
      for (auto const& user : approvers_(tx, node.path))
        if (user != approval->requested_by && !(revision && user == revision->edited_by))
          BOLE_TRY(TellApprovalTo(tx, *plan, *approval, user));
      return {};
    });
  }

 private:
  Result<> TellApprovalTo(db::Tx& tx, PlanView const& plan, store::ApprovalRow const& approval,
                          std::string const& user_id) {
    bool const submitted = approval.state == ApprovalState::submitted;
    auto const related = approval.id + (submitted ? ":" + user_id : ":decided");
    auto const to = find_(tx, user_id);
    if (!to || to->email.empty() || !notify_.DeliveriesOf(tx, {related}).empty()) return {};
    auto const& reason = submitted ? approval.comment : approval.decision_comment.value_or("");
    notify::Message message;
    message.to = to->email, message.to_name = to->name, message.locale = to->locale;
    message.template_key = submitted                                   ? "plan_submitted"
                           : approval.state == ApprovalState::approved ? "plan_approved"
                                                                       : "plan_rejected";
    message.org_id = plan.org_id, message.related_id = related;
    message.params = {{"name", to->name},
                      {"plan", NameFor(to->locale, plan.name_zh, plan.name_en)},
                      {"unit", plan.org_name},
                      {"by", submitted ? approval.requested_by_name : approval.decided_by_name.value_or("")},
                      {"reason", reason.empty() ? "–" : reason},
                      {"link", context_.config.PublicUrl() + "/plans/" + plan.id}};
    BOLE_TRY(notify_.Send(tx, message));
    return {};
  }

  // A repeated job does not write twice: the message is known by plan and version, or by plan and end.
  Result<> TellOne(db::Tx& tx, PlanView const& plan) {
    auto const& base = *plan.base;
    auto const standard = base.archived ? store::OwnPlan(tx, Scope::Everything(), base.plan_id) : std::nullopt;
    auto const related = standard ? plan.id + ":archived:" + std::to_string(standard->version)
                                  : plan.id + ":" + std::to_string(base.current_revision);
    auto const revision = store::Revision(tx, plan.id, plan.revision);
    auto const to = revision ? find_(tx, revision->edited_by) : std::nullopt;
    if (!to || to->email.empty() || !notify_.DeliveriesOf(tx, {related}).empty()) return {};
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), plan.org_id));
    notify::Message message;
    message.to = to->email, message.to_name = to->name, message.locale = to->locale;
    message.template_key = base.archived ? "standard_archived" : "standard", message.org_id = plan.org_id,
    message.related_id = related;
    message.params = {
        {"name", to->name},
        {"plan", NameFor(to->locale, plan.name_zh, plan.name_en)},
        {"standard", NameFor(to->locale, base.name_zh, base.name_en)},
        {"version", std::to_string(base.current_revision)},
        {"adopt_by", base.adopt_by ? FormatInZone(*base.adopt_by, node.zone, "%Y-%m-%d %H:%M") : "–"},
        {"link", context_.config.PublicUrl() + "/plans/" + plan.id + (base.archived ? "" : "/difference")}};
    BOLE_TRY(notify_.Send(tx, message));
    return {};
  }

  AppContext& context_;
  org::Api& org_;
  notify::Api& notify_;
  FindAddressee find_;
  FindApprovers approvers_;
};

}  // namespace

void RegisterNotices(AppContext& context, org::Api& org, notify::Api& notify, FindAddressee find,
                     FindApprovers approvers) {
  auto notices = std::make_shared<Notices>(context, org, notify, std::move(find), std::move(approvers));
  context.bus.Subscribe(kStandardPublished, kJob);
  context.bus.Subscribe(kStandardArchived, kJob);
  context.runner.Register(kJob, [notices](jobs::JobContext& job) {
    return notices->Tell(std::string(job.payload().at("plan_id").as_string()));
  });
  context.bus.Subscribe(kPlanSubmitted, kApprovalJob);
  context.bus.Subscribe(kPlanDecided, kApprovalJob);
  context.runner.Register(kApprovalJob, [notices](jobs::JobContext& job) {
    return notices->TellApproval(std::string(job.payload().at("plan_id").as_string()),
                                 std::string(job.payload().at("approval_id").as_string()));
  });
}

}  // namespace bole::plans
