#include "modules/org/store.hpp"

#include "base/text.hpp"

namespace bole::org::store {
namespace {

// JobRow with the name of its node, as lists and details show it.
struct JobListRow {
  std::string id, org_id, org_name, code, name, name_en;
  JobFamily family = JobFamily::general;
  std::string grade, duties, requirements;
  db::Json<std::vector<CompetencyWeight>> competencies;
  JobStatus status = JobStatus::active;
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(JobListRow, (),
                      (id, org_id, org_name, code, name, name_en, family, grade, duties, requirements, competencies,
                       status, version, created_at))

constexpr char const* kJobColumns =
    "j.id, j.org_id, n.name AS org_name, j.code, j.name, j.name_en, j.family, j.grade, j.duties, j.requirements, "
    "j.competencies, j.status, j.version, j.created_at";
constexpr char const* kJobFrom = "org_job j JOIN org_node n ON n.id = j.org_id";

JobView ToView(JobListRow const& row) {
  return {row.id,
          row.org_id,
          row.org_name,
          row.code,
          row.name,
          row.name_en,
          row.family,
          row.grade,
          row.duties,
          row.requirements,
          row.competencies.value,
          row.status,
          row.version,
          row.created_at};
}

std::vector<OrgNodeView> SelectNodes(db::Tx& tx, std::string_view name, std::string const& where,
                                     db::Cells const& values) {
  return tx.SelectWith<OrgNodeView>(
      {name, "SELECT " + db::Columns<OrgNodeView>() + " FROM org_node WHERE " + where + " ORDER BY path"}, values);
}

}  // namespace

std::vector<OrgNodeView> Nodes(db::Tx& tx, Scope const& scope) {
  auto const condition = db::ScopeCondition(scope, "id");
  return SelectNodes(tx, "org.nodes", "1 = 1" + condition.sql, condition.parameters);
}

std::optional<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const rows = SelectNodes(tx, "org.node", "id = ?", {id});
  if (rows.empty() || !scope.Covers(rows[0].path)) return std::nullopt;
  return rows[0];
}

std::optional<OrgNodeView> Root(db::Tx& tx) {
  auto const rows = SelectNodes(tx, "org.root", "parent_id IS NULL", {});
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

bool CodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id) {
  return tx
      .Scalar<std::int64_t>({"org.code_taken", "SELECT 1 FROM org_node WHERE code = ? AND id <> ?"}, code, except_id)
      .has_value();
}

void Insert(db::Tx& tx, OrgNodeView const& node) { tx.Insert("org_node", node); }

bool Update(db::Tx& tx, OrgNodeView const& node, std::int64_t expected) {
  return tx.Execute({"org.update",
                     "UPDATE org_node SET code = ?, name = ?, name_en = ?, kind = ?, city = ?, zone = ?, "
                     "locale = ?, version = ? WHERE id = ? AND version = ?"},
                    node.code, node.name, node.name_en, node.kind, node.city, node.zone, node.locale, node.version,
                    node.id, expected) == 1;
}

bool HasChildren(db::Tx& tx, std::string const& id) {
  return tx.Scalar<std::int64_t>({"org.children", "SELECT 1 FROM org_node WHERE parent_id = ? LIMIT 1"}, id)
      .has_value();
}

void Delete(db::Tx& tx, std::string const& id) { tx.Execute({"org.delete", "DELETE FROM org_node WHERE id = ?"}, id); }

Page<JobView> Jobs(db::Tx& tx, Scope const& scope, JobFilter const& filter) {
  db::KeysetQuery query{.name = "org.jobs",
                        .columns = kJobColumns,
                        .from = kJobFrom,
                        .id_column = "j.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(db::ScopeCondition(scope, "j.org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "j.org_id"));
  if (filter.family) query.And("j.family = ?", {db::ToValue(*filter.family)});
  if (!filter.text.empty()) {
    auto const like = db::Contains(AsciiLower(filter.text));
    query.And(
        "(LOWER(j.name) LIKE ? ESCAPE '\\' OR LOWER(j.name_en) LIKE ? ESCAPE '\\' OR LOWER(j.code) LIKE ? ESCAPE '\\')",
        {like, like, like});
  }
  return db::MapPage<JobView>(db::SelectPage<JobListRow>(tx, query), ToView);
}

std::optional<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const condition = db::ScopeCondition(scope, "j.org_id");
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.SelectWith<JobListRow>(
      {"org.job", std::string("SELECT ") + kJobColumns + " FROM " + kJobFrom + " WHERE j.id = ?" + condition.sql},
      values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0]);
}

bool JobCodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id) {
  return tx.Scalar<std::int64_t>({"org.job_code", "SELECT 1 FROM org_job WHERE code = ? AND id <> ?"}, code, except_id)
      .has_value();
}

void Insert(db::Tx& tx, JobView const& job) {
  tx.Insert("org_job", JobRow{job.id,
                              job.org_id,
                              job.code,
                              job.name,
                              job.name_en,
                              job.family,
                              job.grade,
                              job.duties,
                              job.requirements,
                              {job.competencies},
                              job.status,
                              job.version,
                              job.created_at});
}

bool Update(db::Tx& tx, JobView const& job, std::int64_t expected) {
  return tx.Execute({"org.job_update",
                     "UPDATE org_job SET code = ?, name = ?, name_en = ?, family = ?, grade = ?, "
                     "duties = ?, requirements = ?, competencies = ?, status = ?, version = ? "
                     "WHERE id = ? AND version = ?"},
                    job.code, job.name, job.name_en, job.family, job.grade, job.duties, job.requirements,
                    db::Json<std::vector<CompetencyWeight>>{job.competencies}, job.status, job.version, job.id,
                    expected) == 1;
}

}  // namespace bole::org::store
