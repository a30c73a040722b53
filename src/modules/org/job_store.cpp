#include "modules/org/library_store.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/imports/api.hpp"

namespace bole::org::store {
namespace {

struct JobRow {
  std::string id, org_id, code, name, name_key, name_en;
  std::string family;
  std::string grade, duties, requirements;
  db::Json<std::vector<CompetencyWeight>> competencies;
  JobStatus status = JobStatus::active;
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, org_id, code, name, name_key, name_en, family, grade, duties, requirements, competencies,
                       status, version, created_at))

// JobRow with the name of its node, as lists and details show it.
struct JobListRow {
  std::string id, org_id, org_name, code, name, name_en;
  std::string family;
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

struct FamilyRow {
  std::string key, name_zh, name_en;
  std::int64_t rank = 0;
  JobStatus state = JobStatus::active;
  db::Json<std::vector<CompetencyWeight>> competencies;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(FamilyRow, (), (key, name_zh, name_en, rank, state, competencies, version))

std::vector<FamilyView> SelectFamilies(db::Tx& tx, char const* where, db::Cells const& values) {
  std::vector<FamilyView> out;
  for (auto& row :
       tx.SelectWith<FamilyRow>({"org.families", "SELECT " + db::Columns<FamilyRow>() + " FROM org_job_family WHERE " +
                                                     where + " ORDER BY rank, key"},
                                values))
    out.push_back(
        {row.key, row.name_zh, row.name_en, row.rank, row.state, std::move(row.competencies.value), row.version});
  return out;
}

struct NamedRow {
  std::string id, code, name, org_id, org_name, path;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, code, name, org_id, org_name, path))

struct NamelessRow {
  std::string id, name;
};
BOOST_DESCRIBE_STRUCT(NamelessRow, (), (id, name))

// Active ones, highest first.
std::vector<NamedRow> Named(db::Tx& tx, std::string const& condition, db::Cells values) {
  values.insert(values.begin(), db::ToValue(JobStatus::active));
  return tx.SelectWith<NamedRow>(
      {"org.same_names",
       "SELECT j.id, j.code, j.name, j.org_id, n.name AS org_name, n.path FROM org_job j JOIN org_node n ON n.id = "
       "j.org_id WHERE j.status = ? AND " +
           condition + " ORDER BY n.depth, j.id"},
      values);
}

struct IdRow {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

}  // namespace

db::Condition UsableCondition(Scope const& scope, std::string const& org_column) {
  auto out = db::ScopeCondition(scope, org_column);
  if (scope.everything() || scope.paths().empty()) return out;
  std::set<std::string> above;
  for (auto const& path : scope.paths())
    for (auto const& id : Split(path, '/'))
      if (!id.empty()) above.insert(std::string(id));
  out.sql = " AND ((1 = 1" + out.sql + ") OR " + org_column + " IN (";
  for (bool first = true; auto const& id : above) {
    out.sql += std::exchange(first, false) ? "?" : ", ?";
    out.parameters.emplace_back(id);
  }
  out.sql += "))";
  return out;
}

Page<JobView> Jobs(db::Tx& tx, Scope const& scope, JobFilter const& filter) {
  db::KeysetQuery query{.name = "org.jobs",
                        .columns = kJobColumns,
                        .from = kJobFrom,
                        .id_column = "j.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(UsableCondition(scope, "j.org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "j.org_id"));
  for (auto const& custom : filter.custom) query.Add(fields::ValueCondition(custom, "j.id"));
  if (!filter.family.empty()) query.And("j.family = ?", {filter.family});
  if (!filter.text.empty()) {
    auto const like = db::Contains(AsciiLower(filter.text));
    query.And(
        "(LOWER(j.name) LIKE ? ESCAPE '\\' OR LOWER(j.name_en) LIKE ? ESCAPE '\\' OR LOWER(j.code) LIKE ? ESCAPE '\\')",
        {like, like, like});
  }
  return db::MapPage<JobView>(db::SelectPage<JobListRow>(tx, query), ToView);
}

std::optional<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id, bool usable) {
  auto const condition = usable ? UsableCondition(scope, "j.org_id") : db::ScopeCondition(scope, "j.org_id");
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.SelectWith<JobListRow>(
      {"org.job", std::string("SELECT ") + kJobColumns + " FROM " + kJobFrom + " WHERE j.id = ?" + condition.sql},
      values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0]);
}

std::optional<JobView> JobByCode(db::Tx& tx, Scope const& scope, std::string const& code) {
  auto const condition = db::ScopeCondition(scope, "j.org_id");
  db::Cells values{code};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.SelectWith<JobListRow>({"org.job_by_code", std::string("SELECT ") + kJobColumns + " FROM " +
                                                                      kJobFrom + " WHERE j.code = ?" + condition.sql},
                                              values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0]);
}

void DeleteJob(db::Tx& tx, std::string const& id) {
  tx.Execute({"org.delete_job", "DELETE FROM org_job WHERE id = ?"}, id);
}

bool JobCodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id) {
  return tx.Scalar<std::int64_t>({"org.job_code", "SELECT 1 FROM org_job WHERE code = ? AND id <> ?"}, code, except_id)
      .has_value();
}

bool HasJobs(db::Tx& tx, std::string const& org_id) {
  return tx.Scalar<std::int64_t>({"org.has_jobs", "SELECT 1 FROM org_job WHERE org_id = ? LIMIT 1"}, org_id)
      .has_value();
}

std::int64_t CountJobs(db::Tx& tx, std::string const& org_path, Date /*on*/) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  db::Cells values{db::ToValue(JobStatus::active)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.Fetch({"org.count_jobs", "SELECT COUNT(*) FROM org_job WHERE status = ?" + condition.sql},
                             values, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

std::vector<std::string> MoveJobs(db::Tx& tx, HandOver const& over) {
  std::vector<std::string> out;
  for (auto const& row :
       tx.Select<IdRow>({"org.jobs_of", "SELECT id FROM org_job WHERE org_id = ? ORDER BY id"}, over.from)) {
    if (over.jobs && std::find(over.jobs->begin(), over.jobs->end(), row.id) == over.jobs->end()) continue;
    tx.Execute({"org.move_job", "UPDATE org_job SET org_id = ?, version = version + 1 WHERE id = ?"}, over.to, row.id);
    out.push_back(row.id);
  }
  return out;
}

std::vector<SameName> SameNames(db::Tx& tx, Scope const& scope, std::string const& name, std::string const& org_path) {
  std::vector<SameName> out;
  for (auto const& row : Named(tx, "(j.name_key = ? OR (j.name_en <> '' AND LOWER(j.name_en) = ?))",
                               {imports::Folded(name), AsciiLower(name)})) {
    bool const above = org_path.starts_with(row.path);
    if (above || scope.Covers(row.path)) out.push_back({row.id, row.code, row.name, row.org_id, row.org_name, above});
  }
  return out;
}

std::optional<SameName> NameTaken(db::Tx& tx, std::string const& name, std::string const& org_path,
                                  std::string const& except_id) {
  for (auto const& row : Named(tx, "j.name_key = ? AND j.id <> ?", {imports::Folded(name), except_id}))
    if (org_path.starts_with(row.path)) return SameName{row.id, row.code, row.name, row.org_id, row.org_name, true};
  return std::nullopt;
}

void FillNameKeys(db::Tx& tx) {
  for (auto const& row :
       tx.Select<NamelessRow>({"org.nameless", "SELECT id, name FROM org_job WHERE name_key = ? AND name <> ?"},
                              std::string(), std::string()))
    tx.Execute({"org.name_key", "UPDATE org_job SET name_key = ? WHERE id = ?"}, imports::Folded(row.name), row.id);
}

void Insert(db::Tx& tx, JobView const& job) {
  tx.Insert("org_job", JobRow{job.id,
                              job.org_id,
                              job.code,
                              job.name,
                              imports::Folded(job.name),
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
                     "UPDATE org_job SET code = ?, name = ?, name_key = ?, name_en = ?, family = ?, grade = ?, "
                     "duties = ?, requirements = ?, competencies = ?, status = ?, version = ? "
                     "WHERE id = ? AND version = ?"},
                    job.code, job.name, imports::Folded(job.name), job.name_en, job.family, job.grade, job.duties,
                    job.requirements, db::Json<std::vector<CompetencyWeight>>{job.competencies}, job.status,
                    job.version, job.id, expected) == 1;
}

std::vector<FamilyView> Families(db::Tx& tx) { return SelectFamilies(tx, "1 = 1", {}); }

std::optional<FamilyView> Family(db::Tx& tx, std::string const& key) {
  auto rows = SelectFamilies(tx, "key = ?", {key});
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void Insert(db::Tx& tx, FamilyView const& f) {
  tx.Insert("org_job_family", FamilyRow{f.key, f.name_zh, f.name_en, f.rank, f.state, {f.competencies}, f.version});
}

bool Update(db::Tx& tx, FamilyView const& f, std::int64_t expected) {
  return tx.Execute({"org.update_family",
                     "UPDATE org_job_family SET name_zh = ?, name_en = ?, rank = ?, state = ?, competencies = ?, "
                     "version = ? WHERE key = ? AND version = ?"},
                    f.name_zh, f.name_en, f.rank, f.state, db::Json<std::vector<CompetencyWeight>>{f.competencies},
                    f.version, f.key, expected) == 1;
}

}  // namespace bole::org::store
