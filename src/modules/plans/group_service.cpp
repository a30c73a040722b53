#include <algorithm>

#include "modules/plans/adapt.hpp"
#include "modules/plans/base_rules.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

// Plans that follow a standard: derived, copied, carried over to its next revision.
namespace bole::plans {
namespace {

std::int64_t Conflicts(std::vector<PlanChange> const& changes) {
  return std::count_if(changes.begin(), changes.end(), [](auto const& c) { return c.kind == ChangeKind::conflict; });
}

}  // namespace

Result<Service::NewPlan> Service::Derived(db::Tx& tx, Scope const& scope, PlanView const& standard,
                                          std::string const& org_id) {
  if (standard.base) return Fail(ErrorCode::kConflict, "plan.base_is_derived");
  if (standard.status != PlanStatus::published || !standard.published_revision)
    return Fail(ErrorCode::kConflict, standard.status == PlanStatus::archived ? "plan.archived" : "plan.not_published");
  auto const document = store::Document(tx, standard.id, *standard.published_revision);
  if (!document || !document->governance) return Fail(ErrorCode::kConflict, "plan.not_standard");
  auto const node = org_.Node(tx, scope, org_id);
  if (!node) return FailField("/org_id", "not_found");
  BOLE_ASSIGN(auto const owner, org_.Node(tx, Scope::Everything(), standard.org_id));
  if (!node->path.starts_with(owner.path)) return FailField("/org_id", "not_below_standard");
  NewPlan out{node->id, standard.job_id, "", "", DerivedFrom(*document), standard.id, standard.published_revision};
  if (out.job_id && !JobServes(tx, *out.job_id, *node)) out.job_id.reset();
  return out;
}

Result<PlanView> Service::DerivePlan(Principal const& who, std::string const& id, plans::DerivePlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto const standard = store::Plan(tx, Scope(who, "plan.read"), id);
    if (!standard) return NotFound("plan");
    BOLE_ASSIGN(auto plan, Derived(tx, Scope(who, "plan.write"), *standard, input.org_id));
    if (input.job_id) plan.job_id = input.job_id;
    plan.name_zh = input.name_zh, plan.name_en = input.name_en;
    return AddPlan(tx, who, "plan.derive", plan);
  });
}

Result<PlanView> Service::CopyPlan(Principal const& who, std::string const& id, plans::CopyPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto const from = store::Plan(tx, Scope(who, "plan.read"), id);
    if (!from) return NotFound("plan");
    auto const node = org_.Node(tx, Scope(who, "plan.write"), input.org_id);
    if (!node) return FailField("/org_id", "not_found");
    NewPlan copy{input.org_id, from->job_id, "", "", from->document};
    if (from->base) {  // a copy of a derived plan follows the same standard, and only where the standard reaches
      auto const standard = store::OwnPlan(tx, Scope::Everything(), from->base->plan_id);
      if (!standard) return NotFound("plan");
      BOLE_ASSIGN(auto const owner, org_.Node(tx, Scope::Everything(), standard->org_id));
      if (!node->path.starts_with(owner.path)) return FailField("/org_id", "not_below_standard");
      copy.base_plan_id = from->base->plan_id, copy.base_revision = from->base->revision;
    } else if (from->standard && input.org_id != from->org_id) {
      BOLE_ASSIGN(auto const owner, org_.Node(tx, Scope::Everything(), from->org_id));
      if (node->path.starts_with(owner.path)) {
        BOLE_ASSIGN(copy, Derived(tx, Scope(who, "plan.write"), *from, input.org_id));
      }
    }
    if (!copy.base_plan_id)
      for (auto& stage : copy.document.stages) stage.question_revision.reset();
    BOLE_TRY(ToJob(tx, *from, *node, input.job_id, copy));
    copy.name_zh = input.name_zh, copy.name_en = input.name_en;
    return AddPlan(tx, who, "plan.copy", copy);
  });
}

// The job the copy is for, and texts that no longer speak of the old one.
Result<> Service::ToJob(db::Tx& tx, PlanView const& from, org::OrgNodeView const& node,
                        std::optional<std::string> const& job_id, NewPlan& copy) {
  if (job_id) copy.job_id = job_id->empty() ? std::nullopt : job_id;
  if (!job_id && copy.job_id && !JobServes(tx, *copy.job_id, node)) copy.job_id.reset();  // another branch's job
  PromptVariables names;
  if (from.job_id && from.job_id != copy.job_id) {
    BOLE_ASSIGN(auto const job, org_.Job(tx, Scope::Everything(), *from.job_id));
    names.job_zh = job.name, names.job_en = job.name_en;
  }
  if (from.org_id != node.id) {
    BOLE_ASSIGN(auto const before, org_.Node(tx, Scope::Everything(), from.org_id));
    names.branch_zh = before.name, names.branch_en = before.name_en;
  }
  auto adapted = copy.document;
  AdaptTexts(adapted, names, copy.base_plan_id.has_value());
  // Where the standard does not leave prompts and texts to the branch, they stay.
  auto const base = copy.base_plan_id ? store::Document(tx, *copy.base_plan_id, *copy.base_revision) : std::nullopt;
  auto const usable = [&](std::string const& asset) { return store::AssetFor(tx, asset, node.path).has_value(); };
  auto const* const standard = base ? &*base : nullptr;
  DropRecordings(adapted, copy.document, standard, names, usable);
  if (!base || CheckAgainstBase(*base, adapted).empty())
    copy.document = std::move(adapted);
  else
    DropRecordings(copy.document, PlanDocument(copy.document), standard, {}, usable);
  return {};
}

Result<Page<PlanFollower>> Service::Followers(Principal const& who, std::string const& id, int limit,
                                              std::string const& cursor) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<PlanFollower>> {
    Scope const scope(who, "plan.read");
    if (!store::OwnPlan(tx, scope, id)) return NotFound("plan");
    auto const now = context_.clock.Now();
    auto const page = store::OwnPlans(tx, scope, {.base_plan_id = id, .limit = limit, .cursor = cursor});
    return db::MapPage<PlanFollower>(page, [&](PlanView const& plan) {
      auto const& base = *plan.base;
      return PlanFollower{plan.id,
                          plan.name_zh,
                          plan.name_en,
                          plan.org_id,
                          plan.org_name,
                          plan.status,
                          base.published_revision,
                          base.revision,
                          base.current_revision,
                          base.behind,
                          base.behind && base.adopt_by && *base.adopt_by <= now,
                          base.adopt_by};
    });
  });
}

Page<RebaseTask> Service::RebaseTasks(Principal const& who, int limit, std::string const& cursor) {
  return context_.database.Read([&](db::Tx& tx) {
    Scope const scope(who, "plan.write");
    auto const now = context_.clock.Now();
    auto const page = store::OwnPlans(tx, scope, {.behind = true, .limit = limit, .cursor = cursor});
    return db::MapPage<RebaseTask>(page, [&](PlanView const& plan) {
      auto const& base = *plan.base;
      RebaseTask out{plan.id,
                     plan.name_zh,
                     plan.name_en,
                     plan.org_name,
                     base.plan_id,
                     base.name_zh,
                     base.name_en,
                     base.published_revision.value_or(base.revision),
                     base.current_revision,
                     base.adopt_by};
      out.archived = base.archived;
      out.overdue = base.archived || (base.adopt_by && *base.adopt_by <= now);
      if (out.archived) return out;
      out.draft_ready = base.revision == base.current_revision;
      auto const before = store::Document(tx, base.plan_id, base.revision);
      auto const after = store::Document(tx, base.plan_id, base.current_revision);
      if (!out.draft_ready && before && after)
        out.conflicts = Conflicts(plans::RebasePlan(*before, *after, plan.document, {}).changes);
      return out;
    });
  });
}

Result<PlanDifference> Service::Difference(Principal const& who, std::string const& id, i18n::Locale locale) {
  return context_.database.Read([&](db::Tx& tx) -> Result<PlanDifference> {
    auto const plan = store::Plan(tx, Scope(who, "plan.read"), id);
    if (!plan) return NotFound("plan");
    if (!plan->base) return Fail(ErrorCode::kNotFound, "plan.not_derived");
    auto const& base = *plan->base;
    PlanDifference out{plan->id,
                       plan->name_zh,
                       plan->name_en,
                       base.plan_id,
                       base.name_zh,
                       base.name_en,
                       base.revision,
                       base.current_revision,
                       plan->version,
                       base.adopt_by,
                       {},
                       0,
                       {}};
    if (base.revision == base.current_revision) return out;
    auto const before = store::Document(tx, base.plan_id, base.revision);
    auto const after = store::Document(tx, base.plan_id, base.current_revision);
    if (!before || !after) return NotFound("plan");
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), plan->org_id));
    auto merged = plans::RebasePlan(*before, *after, plan->document, {});
    for (auto const& problem : Problems(tx, merged.document, node.path, after))
      out.problems.push_back(
          {problem.pointer, problem.code, context_.messages.Text(locale, "field." + problem.code, problem.params)});
    out.changes = std::move(merged.changes);
    out.conflicts = Conflicts(out.changes);
    return out;
  });
}

Result<PlanView> Service::RebasePlan(Principal const& who, std::string const& id, RebaseInput const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    BOLE_ASSIGN(auto row, Editable(tx, Scope(who, "plan.write"), id, input.version));
    if (!row.base_plan_id) return Fail(ErrorCode::kConflict, "plan.not_derived");
    auto const standard = store::Plan(tx, Scope::Everything(), *row.base_plan_id);
    if (standard && standard->status == PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.base_archived");
    auto const current = standard ? standard->published_revision : std::nullopt;
    if (!current || current == row.base_revision) return Fail(ErrorCode::kConflict, "plan.up_to_date");
    auto const before = store::Document(tx, *row.base_plan_id, *row.base_revision);
    auto const after = store::Document(tx, *row.base_plan_id, *current);
    auto const mine = store::Document(tx, id, row.revision);
    auto merged = plans::RebasePlan(*before, *after, *mine, input.choices);
    auto errors = std::move(merged.errors);
    if (errors.empty()) errors = CheckAgainstBase(*after, merged.document);
    if (!errors.empty()) return FailFields(std::move(errors));
    row.base_revision = current;
    auto const record = audit_.Begin(tx, who, {"plan.rebase", "plan", id, row.org_id, {{"base_revision", *current}}});
    BOLE_TRY(SaveDraft(tx, who, row, merged.document));
    audit_.Succeeded(tx, record);
    if (!input.publish) return *store::Plan(tx, Scope::Everything(), id);
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
    if (!who.Can("plan.publish", node.path)) return Fail(ErrorCode::kForbidden, "forbidden");
    BOLE_TRY(MayRelease(tx, row, node, false));
    return Release(tx, who, "plan.publish", row, std::nullopt);
  });
}

}  // namespace bole::plans
