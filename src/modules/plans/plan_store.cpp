#include "modules/plans/assets.hpp"
#include "modules/plans/store.hpp"
#include "modules/plans/visible.hpp"

namespace bole::plans::store {
namespace {

struct PlanListRow {
  std::string id, org_id, org_name, org_path;
  std::optional<std::string> job_id, job_name;
  std::string name_zh, name_en;
  std::int64_t revision = 1;
  PlanStatus status = PlanStatus::draft;
  bool has_draft = true;
  std::optional<std::int64_t> published_revision;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
  bool standard = false;
  std::optional<std::string> family;
  std::optional<std::string> base_plan_id;
  std::optional<std::int64_t> base_revision, published_base_revision;
  std::optional<std::string> base_name_zh, base_name_en, base_org_name;
  std::optional<std::int64_t> base_current;
  std::optional<PlanStatus> base_status;
  std::int64_t open_approvals = 0, policies = 0;
};
BOOST_DESCRIBE_STRUCT(PlanListRow, (),
                      (id, org_id, org_name, org_path, job_id, job_name, name_zh, name_en, revision, status, has_draft,
                       published_revision, version, created_at, updated_at, standard, family, base_plan_id,
                       base_revision, published_base_revision, base_name_zh, base_name_en, base_org_name, base_current,
                       base_status, open_approvals, policies))

constexpr char const* kColumns =
    "p.id, p.org_id, n.name AS org_name, n.path AS org_path, p.job_id, j.name AS job_name, p.name_zh, p.name_en, "
    "p.revision, p.status, p.has_draft, p.published_revision, p.version, p.created_at, p.updated_at, p.standard, "
    "COALESCE(p.family, j.family) AS family, p.base_plan_id, p.base_revision, p.published_base_revision, "
    "b.name_zh AS base_name_zh, b.name_en AS base_name_en, bn.name AS base_org_name, "
    "b.published_revision AS base_current, b.status AS base_status, "
    "(SELECT COUNT(*) FROM plan_approval a WHERE a.plan_id = p.id AND a.state = 'submitted') AS open_approvals, "
    "(SELECT COUNT(*) FROM plan_policy y JOIN org_node yn ON yn.id = y.org_id "
    "WHERE y.needs_approval = 1 AND n.path LIKE yn.path || '%') AS policies";
constexpr char const* kFrom =
    "plan p JOIN org_node n ON n.id = p.org_id LEFT JOIN org_job j ON j.id = p.job_id "
    "LEFT JOIN plan b ON b.id = p.base_plan_id LEFT JOIN org_node bn ON bn.id = b.org_id";
constexpr char const* kShared = "p.status = 'published'";
constexpr char const* kBehind =
    "p.status <> 'archived' AND (b.status = 'archived' OR (b.status = 'published' AND "
    "COALESCE(p.published_base_revision, p.base_revision) < b.published_revision))";

std::optional<PlanBase> BaseOf(db::Tx& tx, PlanListRow const& row) {
  if (!row.base_plan_id) return std::nullopt;
  PlanBase out;
  out.plan_id = *row.base_plan_id, out.org_name = row.base_org_name.value_or("");
  out.name_zh = row.base_name_zh.value_or(""), out.name_en = row.base_name_en.value_or("");
  out.revision = row.base_revision.value_or(1), out.published_revision = row.published_base_revision;
  out.current_revision = row.base_current.value_or(1);
  auto const in_use = row.published_base_revision.value_or(out.revision);
  out.behind =
      row.status != PlanStatus::archived && row.base_status == PlanStatus::published && in_use < out.current_revision;
  out.archived = row.base_status == PlanStatus::archived;
  if (out.behind) out.adopt_by = AdoptBy(tx, out.plan_id, in_use);
  auto const document = Document(tx, out.plan_id, out.revision);
  if (!document) return out;
  if (document->governance) out.governance = *document->governance;
  out.bands = document->bands;
  for (auto const& stage : document->stages) out.stage_keys.push_back(stage.key);
  for (auto const& dimension : document->dimensions) out.dimension_keys.push_back(dimension.key);
  return out;
}

PlanApprovalNeed NeedOf(PlanListRow const& row) {
  if (row.open_approvals > 0) return PlanApprovalNeed::submitted;
  return row.policies > 0 ? PlanApprovalNeed::needed : PlanApprovalNeed::none;
}

// Who only shares the plan sees what was published, never the draft.
std::optional<PlanView> ToView(db::Tx& tx, Scope const& scope, PlanListRow const& row,
                               std::optional<std::int64_t> revision) {
  bool const own = scope.Covers(row.org_path);
  auto const shown = revision.value_or(own ? row.revision : row.published_revision.value_or(0));
  if (!own && shown != row.published_revision) return std::nullopt;
  auto document = Document(tx, row.id, shown);
  if (!document) return std::nullopt;
  PlanView out{row.id,
               row.org_id,
               row.org_name,
               row.job_id,
               row.job_name.value_or(""),
               row.name_zh,
               row.name_en,
               shown,
               row.status,
               own && row.has_draft,
               row.published_revision,
               std::move(*document),
               row.version,
               row.created_at,
               row.updated_at,
               row.standard,
               row.family,
               BaseOf(tx, row)};
  if (own) out.approval = NeedOf(row);
  return out;
}

Page<PlanView> List(db::Tx& tx, Scope const& scope, db::Condition const& visible, PlanFilter const& filter) {
  db::KeysetQuery query{.name = "plans.list",
                        .columns = kColumns,
                        .from = kFrom,
                        .id_column = "p.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(visible);
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "p.org_id"));
  if (!filter.job_id.empty()) query.And("p.job_id = ?", {filter.job_id});
  if (filter.status) query.And("p.status = ?", {db::ToValue(*filter.status)});
  if (filter.standard) query.And("p.standard = ?", {db::ToValue(*filter.standard)});
  if (filter.family) query.And("COALESCE(p.family, j.family) = ?", {db::ToValue(*filter.family)});
  if (filter.behind) query.And(kBehind);
  if (filter.submitted)
    query.And("EXISTS (SELECT 1 FROM plan_approval a WHERE a.plan_id = p.id AND a.state = 'submitted')");
  if (!filter.base_plan_id.empty()) query.And("p.base_plan_id = ?", {filter.base_plan_id});
  if (!filter.text.empty()) {
    auto const like = db::Contains(AsciiLower(filter.text));
    query.And("(LOWER(p.name_zh) LIKE ? ESCAPE '\\' OR LOWER(p.name_en) LIKE ? ESCAPE '\\')", {like, like});
  }
  auto const rows = db::SelectPage<PlanListRow>(tx, query);
  Page<PlanView> out{{}, rows.next_cursor, rows.total, rows.total_exact};
  for (auto const& row : rows.items)
    if (auto view = ToView(tx, scope, row, std::nullopt)) out.items.push_back(std::move(*view));
  return out;
}

}  // namespace

Page<PlanView> Plans(db::Tx& tx, Scope const& scope, PlanFilter const& filter) {
  return List(tx, scope, VisibleCondition(scope, "p.org_id", kShared), filter);
}

Page<PlanView> OwnPlans(db::Tx& tx, Scope const& scope, PlanFilter const& filter) {
  return List(tx, scope, db::ScopeCondition(scope, "p.org_id"), filter);
}

std::int64_t CountPlans(db::Tx& tx, Scope const& scope) {
  auto const visible = VisibleCondition(scope, "p.org_id", kShared);
  auto const rows = tx.Fetch({"plans.count", "SELECT COUNT(*) FROM plan p WHERE p.status <> 'archived'" + visible.sql},
                             visible.parameters, {db::Kind::integer});
  return std::get<std::int64_t>(rows[0][0]);
}

std::optional<PlanView> Plan(db::Tx& tx, Scope const& scope, std::string const& id,
                             std::optional<std::int64_t> revision) {
  auto const visible = VisibleCondition(scope, "p.org_id", kShared);
  db::Cells values{id};
  values.insert(values.end(), visible.parameters.begin(), visible.parameters.end());
  auto const rows = tx.SelectWith<PlanListRow>(
      {"plans.plan", std::string("SELECT ") + kColumns + " FROM " + kFrom + " WHERE p.id = ?" + visible.sql}, values);
  if (rows.empty()) return std::nullopt;
  return ToView(tx, scope, rows[0], revision);
}

std::optional<PlanRow> OwnPlan(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const own = db::ScopeCondition(scope, "org_id");
  db::Cells values{id};
  values.insert(values.end(), own.parameters.begin(), own.parameters.end());
  auto const rows = tx.SelectWith<PlanRow>(
      {"plans.own", "SELECT " + db::Columns<PlanRow>() + " FROM plan WHERE id = ?" + own.sql}, values);
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

void Insert(db::Tx& tx, PlanRow const& row) { tx.Insert("plan", row); }

bool Update(db::Tx& tx, PlanRow const& row, std::int64_t expected) {
  return tx.Execute({"plans.update",
                     "UPDATE plan SET job_id = ?, name_zh = ?, name_en = ?, revision = ?, status = ?, "
                     "has_draft = ?, published_revision = ?, version = ?, updated_at = ?, base_revision = ?, "
                     "published_base_revision = ?, standard = ?, family = ? WHERE id = ? AND version = ?"},
                    row.job_id, row.name_zh, row.name_en, row.revision, row.status, row.has_draft,
                    row.published_revision, row.version, row.updated_at, row.base_revision, row.published_base_revision,
                    row.standard, row.family, row.id, expected) == 1;
}

std::optional<PlanRevisionRow> Revision(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  return tx.One<PlanRevisionRow>({"plans.revision", "SELECT " + db::Columns<PlanRevisionRow>() +
                                                        " FROM plan_revision WHERE plan_id = ? AND revision = ?"},
                                 plan_id, revision);
}

std::vector<PlanRevisionRow> Revisions(db::Tx& tx, std::string const& plan_id) {
  return tx.Select<PlanRevisionRow>({"plans.revisions", "SELECT " + db::Columns<PlanRevisionRow>() +
                                                            " FROM plan_revision WHERE plan_id = ? "
                                                            "ORDER BY revision DESC"},
                                    plan_id);
}

std::optional<PlanDocument> Document(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  auto row = Revision(tx, plan_id, revision);
  if (!row) return std::nullopt;
  return std::move(row->document.value);
}

void Save(db::Tx& tx, PlanRevisionRow const& row) {
  for (auto const& stage : row.document.value.stages)
    if (stage.prompt_asset_id) UseAsset(tx, *stage.prompt_asset_id, row.created_at);
  auto const changed = tx.Execute(
      {"plans.save",
       "UPDATE plan_revision SET document = ?, published_at = ?, adopt_by = ?, "
       "edited_by = ?, edited_by_name = ? WHERE plan_id = ? AND revision = ? AND published_at IS NULL"},
      row.document, row.published_at, row.adopt_by, row.edited_by, row.edited_by_name, row.plan_id, row.revision);
  if (changed == 0) tx.Insert("plan_revision", row);
}

std::optional<Instant> AdoptBy(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  return tx.Scalar<Instant>({"plans.adopt_by",
                             "SELECT MIN(adopt_by) FROM plan_revision WHERE plan_id = ? AND revision > ? AND "
                             "published_at IS NOT NULL"},
                            plan_id, revision);
}

std::vector<ModelRow> Models(db::Tx& tx) {
  return tx.Select<ModelRow>(
      {"plans.models", "SELECT " + db::Columns<ModelRow>() + " FROM scoring_model ORDER BY id DESC"});
}

std::optional<ModelRow> Model(db::Tx& tx, std::string const& id) {
  return tx.One<ModelRow>({"plans.model", "SELECT " + db::Columns<ModelRow>() + " FROM scoring_model WHERE id = ?"},
                          id);
}

void Insert(db::Tx& tx, ModelRow const& row) { tx.Insert("scoring_model", row); }

void ArchiveModels(db::Tx& tx, std::string const& name, std::string const& except_id) {
  tx.Execute({"plans.archive_models", "UPDATE scoring_model SET status = 'archived' WHERE name = ? AND id <> ?"}, name,
             except_id);
}

}  // namespace bole::plans::store
