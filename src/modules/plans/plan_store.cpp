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
};
BOOST_DESCRIBE_STRUCT(PlanListRow, (),
                      (id, org_id, org_name, org_path, job_id, job_name, name_zh, name_en, revision, status, has_draft,
                       published_revision, version, created_at, updated_at))

constexpr char const* kColumns =
    "p.id, p.org_id, n.name AS org_name, n.path AS org_path, p.job_id, j.name AS job_name, p.name_zh, p.name_en, "
    "p.revision, p.status, p.has_draft, p.published_revision, p.version, p.created_at, p.updated_at";
constexpr char const* kFrom = "plan p JOIN org_node n ON n.id = p.org_id LEFT JOIN org_job j ON j.id = p.job_id";
constexpr char const* kShared = "p.status = 'published'";

struct DocumentRow {
  std::string plan_id;
  std::int64_t revision = 1;
  db::Json<PlanDocument> document;
  Instant created_at{};
  std::optional<Instant> published_at;
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (), (plan_id, revision, document, created_at, published_at))

// Who only shares the plan sees what was published, never the draft.
std::optional<PlanView> ToView(db::Tx& tx, Scope const& scope, PlanListRow const& row,
                               std::optional<std::int64_t> revision) {
  bool const own = scope.Covers(row.org_path);
  auto const shown = revision.value_or(own ? row.revision : row.published_revision.value_or(0));
  if (!own && shown != row.published_revision) return std::nullopt;
  auto document = Document(tx, row.id, shown);
  if (!document) return std::nullopt;
  return PlanView{
      row.id,      row.org_id,     row.org_name,  row.job_id,           row.job_name.value_or(""), row.name_zh,
      row.name_en, shown,          row.status,    own && row.has_draft, row.published_revision,    std::move(*document),
      row.version, row.created_at, row.updated_at};
}

}  // namespace

Page<PlanView> Plans(db::Tx& tx, Scope const& scope, PlanFilter const& filter) {
  db::KeysetQuery query{.name = "plans.list",
                        .columns = kColumns,
                        .from = kFrom,
                        .id_column = "p.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(VisibleCondition(scope, "p.org_id", kShared));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "p.org_id"));
  if (!filter.job_id.empty()) query.And("p.job_id = ?", {filter.job_id});
  if (filter.status) query.And("p.status = ?", {db::ToValue(*filter.status)});
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
                     "has_draft = ?, published_revision = ?, version = ?, updated_at = ? WHERE id = ? AND "
                     "version = ?"},
                    row.job_id, row.name_zh, row.name_en, row.revision, row.status, row.has_draft,
                    row.published_revision, row.version, row.updated_at, row.id, expected) == 1;
}

std::optional<PlanDocument> Document(db::Tx& tx, std::string const& plan_id, std::int64_t revision) {
  auto row = tx.One<DocumentRow>({"plans.document", "SELECT " + db::Columns<DocumentRow>() +
                                                        " FROM plan_revision WHERE plan_id = ? AND revision = ?"},
                                 plan_id, revision);
  if (!row) return std::nullopt;
  return std::move(row->document.value);
}

void SaveDocument(db::Tx& tx, std::string const& plan_id, std::int64_t revision, PlanDocument const& document,
                  Instant at, std::optional<Instant> published_at) {
  auto const changed = tx.Execute({"plans.save",
                                   "UPDATE plan_revision SET document = ?, published_at = ? WHERE plan_id = ? "
                                   "AND revision = ? AND published_at IS NULL"},
                                  db::Json<PlanDocument>{document}, published_at, plan_id, revision);
  if (changed == 0) tx.Insert("plan_revision", DocumentRow{plan_id, revision, {document}, at, published_at});
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
