#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

namespace bole::plans {

Service::Service(AppContext& context, audit::Api& audit, org::Api& org) : context_(context), audit_(audit), org_(org) {
  if (auto const read = ReadDimensions(); !read)
    throw std::runtime_error(read.error().key + " " + read.error().params.at("file"));
}

// A job serves its own node and everything below it; a group plan may also serve the job of one branch.
bool Service::JobServes(db::Tx& tx, std::string const& job_id, org::OrgNodeView const& node) {
  auto const job = org_.Job(tx, Scope::Everything(), job_id);
  if (!job) return false;
  auto const owner = org_.Node(tx, Scope::Everything(), job->org_id);
  return owner && (node.path.starts_with(owner->path) || owner->path.starts_with(node.path));
}

std::optional<QuestionContent> Service::FindQuestion(db::Tx& tx, PlanStage const& stage, std::string const& node_path) {
  auto const owner = store::QuestionPath(tx, *stage.question_id);
  if (!owner || !node_path.starts_with(*owner)) return std::nullopt;
  return store::Content(tx, *stage.question_id, stage.question_revision);
}

FieldErrors Service::Problems(db::Tx& tx, PlanDocument const& document, std::string const& node_path) {
  bool const model = !document.scoring_model_id || store::Model(tx, *document.scoring_model_id);
  return plans::CheckPlan(
      document, [&](PlanStage const& stage) { return FindQuestion(tx, stage, node_path); }, model);
}

Result<Page<PlanView>> Service::Plans(Principal const& who, store::PlanFilter filter, std::string const& org_id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<PlanView>> {
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, org_.Node(tx, Scope(who, "plan.read"), org_id));
      filter.org_path = node.path;
    }
    return store::Plans(tx, Scope(who, "plan.read"), filter);
  });
}

Result<PlanView> Service::Plan(Principal const& who, std::string const& id, std::optional<std::int64_t> revision) {
  return context_.database.Read([&](db::Tx& tx) -> Result<PlanView> {
    if (auto view = store::Plan(tx, Scope(who, "plan.read"), id, revision)) return *view;
    return NotFound("plan");
  });
}

Result<PlanView> Service::AddPlan(db::Tx& tx, Principal const& who, char const* action,
                                  plans::CreatePlan const& input) {
  FieldErrors errors;
  auto const node = org_.OpenNode(tx, Scope(who, "plan.write"), input.org_id);
  if (!node) errors.push_back(org::UnitError("/org_id", node.error()));
  CheckPair(input.name_zh, input.name_en, "/name_zh", errors);
  auto const document = input.document ? *input.document : DefaultDocument(dimensions_);
  CheckLimits(document, errors);
  auto const job = input.job_id && !input.job_id->empty() ? input.job_id : std::nullopt;
  if (node && job && !JobServes(tx, *job, *node)) errors.push_back({"/job_id", "not_found"});
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const now = context_.clock.Now();
  store::PlanRow const row{NewUlid(now), node->id, job, input.name_zh, input.name_en, 1, PlanStatus::draft, true, {}, 1,
                           now,          now};
  auto const record = audit_.Begin(tx, who, {action, "plan", row.id, node->id, {}});
  store::Insert(tx, row);
  store::SaveDocument(tx, row.id, 1, document, now, {});
  audit_.Succeeded(tx, record);
  return *store::Plan(tx, Scope::Everything(), row.id);
}

Result<PlanView> Service::CreatePlan(Principal const& who, plans::CreatePlan const& input) {
  return context_.database.Write([&](db::Tx& tx) { return AddPlan(tx, who, "plan.create", input); });
}

Result<PlanView> Service::PutPlan(Principal const& who, std::string const& id, plans::PutPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, "plan.write"), id);
    if (!row) return NotFound("plan");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (row->status == PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.archived");
    FieldErrors errors;
    CheckPair(input.name_zh, input.name_en, "/name_zh", errors);
    CheckLimits(input.document, errors);
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row->org_id));
    row->job_id = input.job_id && !input.job_id->empty() ? input.job_id : std::nullopt;
    if (row->job_id && !JobServes(tx, *row->job_id, node)) errors.push_back({"/job_id", "not_found"});
    if (!errors.empty()) return FailFields(std::move(errors));
    row->name_zh = input.name_zh, row->name_en = input.name_en;
    if (!row->has_draft) ++row->revision, row->has_draft = true;
    auto const now = context_.clock.Now();
    row->updated_at = now;
    row->version = input.version + 1;
    auto const record = audit_.Begin(tx, who, {"plan.update", "plan", id, row->org_id, {{"revision", row->revision}}});
    if (!store::Update(tx, *row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    store::SaveDocument(tx, id, row->revision, input.document, now, {});
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::PublishPlan(Principal const& who, std::string const& id, VersionBody const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, "plan.publish"), id);
    if (!row) return NotFound("plan");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (row->status == PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.archived");
    if (!row->has_draft) return Fail(ErrorCode::kConflict, "plan.nothing_to_publish");
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row->org_id));
    auto document = *store::Document(tx, id, row->revision);
    if (auto problems = Problems(tx, document, node.path); !problems.empty()) return FailFields(std::move(problems));
    // From here on a later edit of a question does not reach this revision.
    for (auto& stage : document.stages)
      if (stage.question_id) stage.question_revision = FindQuestion(tx, stage, node.path)->revision;
    auto const now = context_.clock.Now();
    row->status = PlanStatus::published, row->has_draft = false, row->published_revision = row->revision;
    row->updated_at = now;
    row->version = input.version + 1;
    auto const record = audit_.Begin(tx, who, {"plan.publish", "plan", id, row->org_id, {{"revision", row->revision}}});
    if (!store::Update(tx, *row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    store::SaveDocument(tx, id, row->revision, document, now, now);
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::ArchivePlan(Principal const& who, std::string const& id) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, "plan.write"), id);
    if (!row) return NotFound("plan");
    if (row->status != PlanStatus::archived) {
      auto const record = audit_.Begin(tx, who, {"plan.archive", "plan", id, row->org_id, {}});
      row->status = PlanStatus::archived, row->updated_at = context_.clock.Now();
      auto const expected = row->version++;
      if (!store::Update(tx, *row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
      audit_.Succeeded(tx, record);
    }
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::CopyPlan(Principal const& who, std::string const& id, plans::CopyPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto const from = store::Plan(tx, Scope(who, "plan.read"), id);
    if (!from) return NotFound("plan");
    plans::CreatePlan copy{input.org_id, from->job_id, input.name_zh, input.name_en, from->document};
    for (auto& stage : copy.document->stages) stage.question_revision.reset();
    auto const node = org_.Node(tx, Scope(who, "plan.write"), input.org_id);
    if (node && copy.job_id && !JobServes(tx, *copy.job_id, *node)) copy.job_id.reset();  // another branch's job
    return AddPlan(tx, who, "plan.copy", copy);
  });
}

}  // namespace bole::plans
