#include <algorithm>

#include "modules/plans/base_rules.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

// Former revisions of questions and plans: who wrote them, what changed since, and back to them.
namespace bole::plans {
namespace {

// What RebasePlan leaves out, because a branch has no rules of its own.
void AddGovernance(PlanDocument const& before, PlanDocument const& after, std::vector<PlanChange>& changes) {
  auto const members = [](PlanDocument const& document) {
    return document.governance ? WriteJson(*document.governance).as_object() : json::object{};
  };
  auto const old = members(before), now = members(after);
  auto const all = WriteJson(PlanGovernance{}).as_object();
  for (auto const& [name, unused] : all) {
    auto const of = [&](json::object const& rules) {
      auto const* value = rules.if_contains(name);
      return value ? *value : json::value();
    };
    if (of(old) == of(now)) continue;
    changes.push_back({"/governance/" + std::string(name), "", "", ChangeKind::standard, false, of(old), of(now), {}});
  }
}

}  // namespace

Result<Items<QuestionRevisionView>> Service::QuestionRevisions(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<QuestionRevisionView>> {
    if (!store::Question(tx, Scope(who, "question.read"), id)) return NotFound("question");
    Items<QuestionRevisionView> out;
    for (auto const& row : store::QuestionRevisions(tx, id))
      out.items.push_back({row.revision, row.created_at, row.created_by_name, row.created_by == store::kShippedBy});
    return out;
  });
}

Result<QuestionView> Service::RestoreQuestion(Principal const& who, std::string const& id, std::int64_t revision,
                                              VersionBody const& input) {
  auto const former = context_.database.Read(
      [&](db::Tx& tx) { return store::Question(tx, Scope(who, "question.write"), id, revision); });
  if (!former) return NotFound("question");
  plans::PatchQuestion patch;
  patch.version = input.version;
  patch.text_zh = former->text_zh, patch.text_en = former->text_en;
  patch.kind = former->kind, patch.asset_id = former->asset_id.value_or("");
  patch.family = former->family, patch.competency = former->competency;
  patch.difficulty = former->difficulty, patch.suggested_seconds = former->suggested_seconds;
  patch.rubric = former->rubric;
  patch.job_ids.emplace();
  for (auto const& job : former->jobs) patch.job_ids->push_back(job.id);
  return ChangeQuestion(who, "question.restore", id, patch);
}

Result<Items<PlanRevisionView>> Service::PlanRevisions(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<PlanRevisionView>> {
    Scope const scope(who, "plan.read");
    auto const plan = store::Plan(tx, scope, id);
    if (!plan) return NotFound("plan");
    bool const own = store::OwnPlan(tx, scope, id).has_value();
    Items<PlanRevisionView> out;
    for (auto const& row : store::Revisions(tx, id)) {
      bool const in_use = row.revision == plan->published_revision;
      if (!own && !in_use) continue;
      out.items.push_back({row.revision,
                           in_use             ? PlanRevisionState::in_use
                           : row.published_at ? PlanRevisionState::former
                                              : PlanRevisionState::draft,
                           row.created_at, row.published_at, row.adopt_by, row.edited_by_name});
    }
    return out;
  });
}

Result<PlanRevisionDifference> Service::RevisionDifference(Principal const& who, std::string const& id,
                                                           std::int64_t revision) {
  return context_.database.Read([&](db::Tx& tx) -> Result<PlanRevisionDifference> {
    Scope const scope(who, "plan.read");
    auto const now = store::Plan(tx, scope, id);
    auto const former = store::Plan(tx, scope, id, revision);
    if (!now || !former) return NotFound("plan");
    PlanRevisionDifference out{former->revision, now->revision, {}};
    out.changes = plans::RebasePlan(former->document, now->document, former->document, {}).changes;
    AddGovernance(former->document, now->document, out.changes);
    return out;
  });
}

Result<PlanView> Service::RestorePlanRevision(Principal const& who, std::string const& id, std::int64_t revision,
                                              VersionBody const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    BOLE_ASSIGN(auto row, Editable(tx, Scope(who, "plan.write"), id, input.version));
    auto const former = store::Document(tx, id, revision);
    if (!former) return NotFound("plan");
    FieldErrors errors;
    if (auto const base = BaseOf(tx, row)) errors = CheckAgainstBase(*base, *former);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record =
        audit_.Begin(tx, who,
                     {"plan.restore_revision",
                      "plan",
                      id,
                      row.org_id,
                      {{"from", revision}, {"revision", row.has_draft ? row.revision : row.revision + 1}}});
    BOLE_TRY(SaveDraft(tx, who, row, *former));
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

}  // namespace bole::plans
