#include <algorithm>

#include "modules/plans/base_rules.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/nightly.hpp"
#include "platform/events/events.hpp"
#include "platform/http/response.hpp"

namespace bole::plans {
Service::Service(AppContext& context, audit::Api& audit, org::Api& org)
    : context_(context), audit_(audit), org_(org), assets_(context, audit, org), dimensions_(context, audit, org) {
  if (auto const read = ReadTemplates(); !read)
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

Result<http::Response> Service::ServeAsset(http::Request const& request, std::string const& id) {
  return assets_.Serve(Scope::Everything(), request, id);
}

void Service::ScheduleCleaning() { ScheduleNightly(context_, kUnusedAssetsJob); }

FieldErrors Service::Problems(db::Tx& tx, PlanDocument const& document, std::string const& node_path,
                              std::optional<PlanDocument> const& base) {
  bool const model = !document.scoring_model_id || store::Model(tx, *document.scoring_model_id);
  auto errors = plans::CheckPlan(
      document, [&](PlanStage const& stage) { return FindQuestion(tx, stage, node_path); }, model);
  if (document.governance && document.governance->family) {
    auto const families = org_.Families(tx);  // an archived one may stay
    if (std::none_of(families.begin(), families.end(),
                     [&](auto const& f) { return f.key == document.governance->family; }))
      errors.push_back({"/document/governance/family", "unknown_family"});
  }
  for (std::size_t i = 0; i < document.stages.size(); ++i)
    if (auto const& id = document.stages[i].prompt_asset_id) {
      auto const asset = store::AssetFor(tx, *id, node_path);
      auto const pointer = "/document/stages/" + std::to_string(i) + "/prompt_asset_id";
      if (!asset)
        errors.push_back({pointer, "not_found"});
      else if (asset->kind == AssetKind::picture)
        errors.push_back({pointer, "asset_kind"});
    }
  dimensions_.CheckReach(tx, document, node_path, errors);
  if (base)
    for (auto& violation : CheckAgainstBase(*base, document)) errors.push_back(std::move(violation));
  return errors;
}

std::optional<PlanDocument> Service::BaseOf(db::Tx& tx, store::PlanRow const& row) {
  if (!row.base_plan_id || !row.base_revision) return std::nullopt;
  return store::Document(tx, *row.base_plan_id, *row.base_revision);
}

std::optional<PlanDocument> Service::BaseOf(db::Tx& tx, std::optional<PlanBase> const& base) {
  if (!base) return std::nullopt;
  return store::Document(tx, base->plan_id, base->revision);
}

Result<store::PlanRow> Service::Editable(db::Tx& tx, Scope const& scope, std::string const& id, std::int64_t version) {
  auto row = store::OwnPlan(tx, scope, id);
  if (!row) return NotFound("plan");
  if (row->version != version) return Fail(ErrorCode::kConflict, "conflict.stale");
  if (row->status == PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.archived");
  if (store::OpenApproval(tx, id)) return Fail(ErrorCode::kConflict, "plan.submitted");
  return *std::move(row);
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

Result<PlanView> Service::AddPlan(db::Tx& tx, Principal const& who, char const* action, NewPlan const& input) {
  FieldErrors errors;
  auto const node = org_.OpenNode(tx, Scope(who, "plan.write"), input.org_id);
  if (!node) errors.push_back(org::UnitError("/org_id", node.error()));
  CheckPair(input.name_zh, input.name_en, "/name_zh", errors);
  CheckLimits(input.document, errors);
  auto const job = input.job_id && !input.job_id->empty() ? input.job_id : std::nullopt;
  if (node && job && !JobServes(tx, *job, *node)) errors.push_back({"/job_id", "not_found"});
  store::PlanRow row;
  row.job_id = job, row.name_zh = input.name_zh, row.name_en = input.name_en;
  row.base_plan_id = input.base_plan_id, row.base_revision = input.base_revision;
  if (auto const base = BaseOf(tx, row))
    for (auto& violation : CheckAgainstBase(*base, input.document)) errors.push_back(std::move(violation));
  if (!errors.empty()) return FailFields(std::move(errors));
  row.org_id = node->id;
  InsertDraft(tx, who, row, input.document);
  auto const record = audit_.Begin(tx, who, {action, "plan", row.id, node->id, {}});
  audit_.Succeeded(tx, record);
  return *store::Plan(tx, Scope::Everything(), row.id);
}

void Service::CheckFamily(db::Tx& tx, PlanDocument const& document, std::optional<std::string> const& before,
                          FieldErrors& errors) {
  auto const family = document.governance ? document.governance->family : std::nullopt;
  if (family && family != before && !org_.IsFamily(tx, *family))
    errors.push_back({"/document/governance/family", "unknown_family"});
}

Result<PlanView> Service::CreatePlan(Principal const& who, plans::CreatePlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto document = input.document ? *input.document : DefaultDocument(dimensions_.shipped());
    if (!input.template_key.empty()) {
      if (input.document) return FailField("/template_key", "not_allowed");
      BOLE_ASSIGN(document, TemplateDocument(tx, input.template_key));
    }
    FieldErrors errors;
    CheckFamily(tx, document, std::nullopt, errors);
    if (auto const node = org_.Node(tx, Scope(who, "plan.write"), input.org_id))  // else AddPlan says so
      dimensions_.CheckChosen(tx, document, nullptr, node->path, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    return AddPlan(tx, who, "plan.create", {input.org_id, input.job_id, input.name_zh, input.name_en, document});
  });
}

Result<PlanView> Service::PutPlan(Principal const& who, std::string const& id, plans::PutPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    BOLE_ASSIGN(auto row, Editable(tx, Scope(who, "plan.write"), id, input.version));
    auto const before = store::Document(tx, id, row.revision);
    row.name_zh = input.name_zh, row.name_en = input.name_en;
    row.job_id = input.job_id && !input.job_id->empty() ? input.job_id : std::nullopt;
    if (auto errors = DraftErrors(tx, row, input.document, before ? &*before : nullptr); !errors.empty())
      return FailFields(std::move(errors));
    auto const record = audit_.Begin(
        tx, who,
        {"plan.update", "plan", id, row.org_id, {{"revision", row.has_draft ? row.revision : row.revision + 1}}});
    BOLE_TRY(SaveDraft(tx, who, row, input.document));
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<> Service::MayRelease(db::Tx& tx, store::PlanRow const& row, org::OrgNodeView const& node, bool approved) {
  auto const demands = store::DemandsOn(tx, node.path);
  if (demands.needs_approval && !approved) return Fail(ErrorCode::kConflict, "plan.needs_approval");
  if (demands.derived_only && !row.base_plan_id) return Fail(ErrorCode::kConflict, "plan.must_derive");
  return {};
}

Result<PlanView> Service::Release(db::Tx& tx, Principal const& who, char const* action, store::PlanRow row,
                                  std::optional<Instant> adopt_by) {
  if (!row.has_draft) return Fail(ErrorCode::kConflict, "plan.nothing_to_publish");
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
  auto revision = *store::Revision(tx, row.id, row.revision);
  auto& document = revision.document.value;
  if (auto problems = Problems(tx, document, node.path, BaseOf(tx, row)); !problems.empty())
    return FailFields(std::move(problems));
  // From here on a later edit of a question does not reach this revision.
  for (auto& stage : document.stages)
    if (stage.question_id) stage.question_revision = FindQuestion(tx, stage, node.path)->revision;
  auto const now = context_.clock.Now();
  if (adopt_by && *adopt_by <= now) return FailField("/adopt_by", "in_past");
  if (document.governance && row.published_revision)
    revision.adopt_by = adopt_by.value_or(now + std::chrono::days(document.governance->adopt_days));
  revision.published_at = now;
  row.status = PlanStatus::published, row.has_draft = false, row.published_revision = row.revision;
  row.published_base_revision = row.base_revision;
  row.updated_at = now;
  auto const expected = row.version++;
  auto const record = audit_.Begin(tx, who, {action, "plan", row.id, row.org_id, {{"revision", row.revision}}});
  if (!store::Update(tx, row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
  store::Save(tx, revision);
  if (revision.adopt_by) context_.bus.Publish(tx, kStandardPublished, row.id, {{"plan_id", row.id}});
  audit_.Succeeded(tx, record);
  return *store::Plan(tx, Scope::Everything(), row.id);
}

Result<PlanView> Service::PublishPlan(Principal const& who, std::string const& id, plans::PublishPlan const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    BOLE_ASSIGN(auto const row, Editable(tx, Scope(who, "plan.publish"), id, input.version));
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
    BOLE_TRY(MayRelease(tx, row, node, false));
    return Release(tx, who, "plan.publish", row, input.adopt_by);
  });
}

Result<PlanView> Service::ArchivePlan(Principal const& who, std::string const& id) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, "plan.write"), id);
    if (!row) return NotFound("plan");
    if (row->status != PlanStatus::archived) {
      if (store::OpenApproval(tx, id)) return Fail(ErrorCode::kConflict, "plan.submitted");
      auto const record = audit_.Begin(tx, who, {"plan.archive", "plan", id, row->org_id, {}});
      row->status = PlanStatus::archived, row->updated_at = context_.clock.Now();
      auto const expected = row->version++;
      if (!store::Update(tx, *row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
      if (!row->base_plan_id)
        context_.bus.Publish(tx, kStandardArchived, id + ":" + std::to_string(row->version), {{"plan_id", id}});
      audit_.Succeeded(tx, record);
    }
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

Result<PlanView> Service::RestorePlan(Principal const& who, std::string const& id) {
  return context_.database.Write([&](db::Tx& tx) -> Result<PlanView> {
    auto row = store::OwnPlan(tx, Scope(who, "plan.publish"), id);
    if (!row) return NotFound("plan");
    if (row->status != PlanStatus::archived) return Fail(ErrorCode::kConflict, "plan.not_archived");
    if (row->published_revision) {  // what was in use had its approval; what is demanded of its kind may be new
      BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row->org_id));
      BOLE_TRY(MayRelease(tx, *row, node, true));
    }
    auto const record = audit_.Begin(tx, who, {"plan.restore", "plan", id, row->org_id, {}});
    row->status = row->published_revision ? PlanStatus::published : PlanStatus::draft;
    row->updated_at = context_.clock.Now();
    auto const expected = row->version++;
    if (!store::Update(tx, *row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return *store::Plan(tx, Scope::Everything(), id);
  });
}

}  // namespace bole::plans
