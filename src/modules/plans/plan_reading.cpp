#include "modules/plans/assets.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

// Plans as interviews, previews and checks read them.
namespace bole::plans {

Result<ResolvedPlan> Service::Resolve(db::Tx& tx, PlanView const& plan) {
  ResolvedPlan out{plan.id,       plan.org_id, plan.name_zh, plan.name_en, plan.job_name, plan.job_id, plan.revision,
                   plan.document, {}};
  for (auto const& stage : out.document.stages) {
    if (!stage.question_id) continue;
    if (auto content = store::Content(tx, *stage.question_id, stage.question_revision))
      out.questions.emplace(stage.key, std::move(*content));
  }
  FillTexts(out.document, out.questions);
  auto const show = [&](std::optional<std::string> const& id, std::string const& key, auto& media) {
    if (!id) return;
    if (auto const asset = store::Asset(tx, Scope::Everything(), *id))
      media[key] = {asset->id, {static_cast<StageMediaKind>(asset->kind), asset->media_type, ""}};
  };
  for (auto const& stage : out.document.stages) {
    show(stage.prompt_asset_id, stage.key, out.prompt_media);
    if (auto const question = out.questions.find(stage.key); question != out.questions.end())
      show(question->second.asset_id, stage.key, out.question_media);
  }
  return out;
}

Result<ResolvedPlan> Service::PublishedPlan(db::Tx& tx, Scope const& scope, std::string const& plan_id) {
  auto const plan = store::Plan(tx, scope, plan_id);
  if (!plan) return NotFound("plan");
  if (plan->status == PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.archived");
  if (!plan->published_revision) return Fail(ErrorCode::kConflict, "plan.not_published");
  if (plan->base && plan->base->archived) return Fail(ErrorCode::kConflict, "plan.base_archived");
  if (plan->base && plan->base->adopt_by && *plan->base->adopt_by <= context_.clock.Now())
    return Fail(ErrorCode::kConflict, "plan.base_outdated");
  return PlanRevision(tx, plan_id, *plan->published_revision);
}

Result<ResolvedPlan> Service::PlanRevision(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  auto const plan = store::Plan(tx, Scope::Everything(), plan_id, revision);
  if (!plan) return NotFound("plan");
  return Resolve(tx, *plan);
}

Result<PlanProblems> Service::CheckPlan(Principal const& who, std::string const& id, i18n::Locale locale) {
  return context_.database.Read([&](db::Tx& tx) -> Result<PlanProblems> {
    auto const plan = store::Plan(tx, Scope(who, "plan.read"), id);
    if (!plan) return NotFound("plan");
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), plan->org_id));
    PlanProblems out;
    for (auto const& problem : Problems(tx, plan->document, node.path, BaseOf(tx, plan->base)))
      out.problems.push_back(
          {problem.pointer, problem.code, context_.messages.Text(locale, "field." + problem.code, problem.params)});
    return out;
  });
}

Result<CandidateSession> Service::Preview(Principal const& who, std::string const& id, i18n::Locale locale,
                                          bool draft) {
  return context_.database.Read([&](db::Tx& tx) -> Result<CandidateSession> {
    Scope const scope(who, "plan.read");
    auto plan = store::Plan(tx, scope, id);
    if (plan && !draft && plan->published_revision) plan = store::Plan(tx, scope, id, plan->published_revision);
    if (!plan) return NotFound("plan");
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), plan->org_id));
    // A draft has not been checked: a question of another branch stays as unseen in it as one that does not exist.
    for (auto& stage : plan->document.stages) {
      if (stage.question_id && !FindQuestion(tx, stage, node.path)) stage.question_id.reset();
      if (stage.prompt_asset_id && !store::AssetFor(tx, *stage.prompt_asset_id, node.path))
        stage.prompt_asset_id.reset();
    }
    BOLE_ASSIGN(auto const resolved, Resolve(tx, *plan));
    auto const company = org_.Root(tx);
    PromptVariables variables;
    variables.candidate_name = context_.messages.Text(locale, "plan.preview.candidate_name");
    variables.branch_zh = node.name, variables.branch_en = node.name_en;
    if (company) variables.company_zh = company->name, variables.company_en = company->name_en;
    variables.job_zh = variables.job_en = context_.messages.Text(locale, "plan.preview.job");
    if (plan->job_id) {
      BOLE_ASSIGN(auto const job, org_.Job(tx, Scope::Everything(), *plan->job_id));
      variables.job_zh = job.name, variables.job_en = job.name_en;
    }
    auto const either = [](std::string const& a, std::string const& b) { return a.empty() ? b : a; };
    CandidateSession out;
    out.state = "in_progress", out.preview = true, out.environment_done = true;
    out.candidate_name = variables.candidate_name;
    out.company = either(variables.company_zh, variables.company_en);
    out.company_en = either(variables.company_en, variables.company_zh);
    out.job_name = either(variables.job_zh, variables.job_en);
    out.job_name_en = either(variables.job_en, variables.job_zh);
    out.language = LanguageFor(resolved.document, std::string(i18n::LocaleName(locale)));
    out.server_time = context_.clock.Now();
    out.expires_at = out.server_time + std::chrono::hours(24) * resolved.document.valid_days;
    out.stages = StagesFor(resolved.document, variables);
    for (auto& stage : out.stages)
      for (auto const& [from, to] : {std::pair(&resolved.question_media, &stage.question_media),
                                     std::pair(&resolved.prompt_media, &stage.prompt_media)})
        if (auto const asset = from->find(stage.key); asset != from->end()) {
          *to = asset->second.media;
          (*to)->url = "/api/v1/assets/" + asset->second.id;
        }
    if (!out.stages.empty()) {
      out.stages[0].state = CandidateStageState::current;
      out.current_stage = 0;
    }
    auto const& document = resolved.document;
    out.welcome_zh = FillPrompt(document.welcome_zh, variables, TextLanguage::zh);
    out.welcome_en = FillPrompt(document.welcome_en, variables, TextLanguage::en);
    out.closing_zh = FillPrompt(document.closing_zh, variables, TextLanguage::zh);
    out.closing_en = FillPrompt(document.closing_en, variables, TextLanguage::en);
    return out;
  });
}

}  // namespace bole::plans
