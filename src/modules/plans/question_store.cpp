#include <map>

#include "modules/plans/store.hpp"
#include "modules/plans/visible.hpp"

namespace bole::plans::store {
namespace {

struct QuestionListRow {
  std::string id, org_id, code;
  std::int64_t revision = 1;
  std::string text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::optional<std::string> asset_id;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3, suggested_seconds = 120;
  db::Json<Rubric> rubric;
  bool shipped = false;
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
  db::Json<std::vector<std::string>> job_ids;
};
BOOST_DESCRIBE_STRUCT(QuestionListRow, (),
                      (id, org_id, code, revision, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, shipped, status, version, created_at, updated_at, job_ids))

constexpr char const* kColumns =
    "q.id, q.org_id, q.code, r.revision, r.text_zh, r.text_en, r.kind, r.asset_id, r.family, r.competency, "
    "r.difficulty, r.suggested_seconds, r.rubric, q.shipped, q.status, q.version, q.created_at, q.updated_at, "
    "r.job_ids";
constexpr char const* kShared = "q.status = 'active'";

QuestionView ToView(QuestionListRow const& r) {
  QuestionView out{r.id,           r.org_id,   r.code,   r.revision,   r.text_zh,    r.text_en,
                   r.kind,         r.asset_id, r.family, r.competency, r.difficulty, r.suggested_seconds,
                   r.rubric.value, r.shipped,  r.status, r.version,    r.created_at, r.updated_at};
  for (auto const& job : r.job_ids.value) out.jobs.push_back({job, "", "", ""});
  return out;
}

// Names of jobs; one that is gone is left out.
void FillJobs(db::Tx& tx, std::vector<QuestionView>& questions) {
  std::map<std::string, QuestionJob> known;
  for (auto const& question : questions)
    for (auto const& job : question.jobs) known[job.id];
  if (known.empty()) return;
  db::Cells ids;
  std::string marks;
  for (auto const& [id, job] : known) marks += ids.empty() ? "?" : ", ?", ids.emplace_back(id);
  known.clear();
  for (auto& job : tx.SelectWith<QuestionJob>(
           {"plans.question_jobs", "SELECT id, code, name, name_en FROM org_job WHERE id IN (" + marks + ")"}, ids))
    known[job.id] = job;
  for (auto& question : questions) {
    std::erase_if(question.jobs, [&](auto const& job) { return !known.contains(job.id); });
    for (auto& job : question.jobs) job = known.at(job.id);
  }
}

constexpr char const* kNamesJob = "EXISTS (SELECT 1 FROM question_job x WHERE x.question_id = q.id AND x.job_id = ?)";
constexpr char const* kNamesNone = "NOT EXISTS (SELECT 1 FROM question_job x WHERE x.question_id = q.id)";

void FilterByJob(db::KeysetQuery& query, QuestionFilter const& filter) {
  if (filter.job_id.empty()) return;
  auto const none = std::string(kNamesNone);
  if (filter.fit == JobFit::named)
    query.And(kNamesJob, {filter.job_id});
  else if (filter.fit == JobFit::family)
    query.And(none + " AND q.family = ? AND q.family <> ?", {filter.job_family, std::string(org::kGeneralFamily)});
  else if (filter.fit == JobFit::general)
    query.And(none + " AND q.family = ?", {std::string(org::kGeneralFamily)});
  else
    query.And("(" + std::string(kNamesJob) + " OR (" + none + " AND q.family IN (?, ?)))",
              {filter.job_id, filter.job_family, std::string(org::kGeneralFamily)});
}

struct RevisionRow {
  std::string question_id;
  std::int64_t revision = 1;
  std::string text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::optional<std::string> asset_id;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3, suggested_seconds = 120;
  db::Json<Rubric> rubric;
  Instant created_at{};
  std::string created_by, created_by_name;
  db::Json<std::vector<std::string>> job_ids;
};
BOOST_DESCRIBE_STRUCT(RevisionRow, (),
                      (question_id, revision, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, created_at, created_by, created_by_name, job_ids))

}  // namespace

BOOST_DESCRIBE_STRUCT(QuestionRevisionRow, (), (revision, created_at, created_by, created_by_name))

Page<QuestionView> Questions(db::Tx& tx, Scope const& scope, QuestionFilter const& filter) {
  db::KeysetQuery query{
      .name = "plans.questions",
      .columns = kColumns,
      .from = "question q JOIN question_revision r ON r.question_id = q.id AND r.revision = q.revision",
      .id_column = "q.id",
      .limit = filter.limit,
      .cursor = filter.cursor};
  query.Add(VisibleCondition(scope, "q.org_id", kShared));
  if (filter.family) query.And("q.family = ?", {db::ToValue(*filter.family)});
  if (!filter.competency.empty()) query.And("q.competency = ?", {filter.competency});
  if (filter.difficulty) query.And("q.difficulty = ?", {db::ToValue(*filter.difficulty)});
  if (filter.status) query.And("q.status = ?", {db::ToValue(*filter.status)});
  if (!filter.text.empty()) query.And("q.search_text LIKE ? ESCAPE '\\'", {db::Contains(AsciiLower(filter.text))});
  FilterByJob(query, filter);
  auto out = db::MapPage<QuestionView>(db::SelectPage<QuestionListRow>(tx, query), ToView);
  FillJobs(tx, out.items);
  return out;
}

std::optional<QuestionView> Question(db::Tx& tx, Scope const& scope, std::string const& id,
                                     std::optional<std::int64_t> revision) {
  auto const visible = VisibleCondition(scope, "q.org_id", kShared);
  std::string sql = std::string("SELECT ") + kColumns +
                    " FROM question q JOIN question_revision r ON r.question_id = q.id "
                    "AND r.revision = " +
                    (revision ? "?" : "q.revision") + " WHERE q.id = ?" + visible.sql;
  db::Cells values;
  if (revision) values.emplace_back(*revision);
  values.emplace_back(id);
  values.insert(values.end(), visible.parameters.begin(), visible.parameters.end());
  auto const rows = tx.SelectWith<QuestionListRow>({"plans.question", sql}, values);
  if (rows.empty()) return std::nullopt;
  std::vector<QuestionView> out{ToView(rows[0])};
  FillJobs(tx, out);
  return out[0];
}

std::optional<QuestionRow> OwnQuestion(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const own = db::ScopeCondition(scope, "org_id");
  db::Cells values{id};
  values.insert(values.end(), own.parameters.begin(), own.parameters.end());
  auto const rows = tx.SelectWith<QuestionRow>(
      {"plans.own_question", "SELECT " + db::Columns<QuestionRow>() + " FROM question WHERE id = ?" + own.sql}, values);
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

std::optional<QuestionRow> QuestionByCode(db::Tx& tx, std::string const& org_id, std::string const& code) {
  return tx.One<QuestionRow>(
      {"plans.question_code", "SELECT " + db::Columns<QuestionRow>() + " FROM question WHERE org_id = ? AND code = ?"},
      org_id, code);
}

std::optional<QuestionContent> Content(db::Tx& tx, std::string const& id, std::optional<std::int64_t> revision) {
  std::string const columns = db::Columns<RevisionRow>();
  auto const row = revision
                       ? tx.One<RevisionRow>(
                             {"plans.revision",
                              "SELECT " + columns + " FROM question_revision WHERE question_id = ? AND revision = ?"},
                             id, *revision)
                       : tx.One<RevisionRow>({"plans.newest", "SELECT " + columns +
                                                                  " FROM question_revision WHERE question_id = ? "
                                                                  "ORDER BY revision DESC LIMIT 1"},
                                             id);
  if (!row) return std::nullopt;
  return QuestionContent{row->question_id, row->revision,          row->text_zh,      row->text_en,
                         row->kind,        row->asset_id,          row->family,       row->competency,
                         row->difficulty,  row->suggested_seconds, row->rubric.value, row->job_ids.value};
}

std::optional<std::string> QuestionPath(db::Tx& tx, std::string const& id) {
  return tx.Scalar<std::string>(
      {"plans.question_path", "SELECT n.path FROM question q JOIN org_node n ON n.id = q.org_id WHERE q.id = ?"}, id);
}

std::string RevisionAuthor(db::Tx& tx, std::string const& id, std::int64_t revision) {
  return tx
      .Scalar<std::string>(
          {"plans.revision_author", "SELECT created_by FROM question_revision WHERE question_id = ? AND revision = ?"},
          id, revision)
      .value_or("");
}

void Insert(db::Tx& tx, QuestionRow const& row) { tx.Insert("question", row); }

bool Update(db::Tx& tx, QuestionRow const& row, std::int64_t expected) {
  return tx.Execute(
             {"plans.question_update",
              "UPDATE question SET code = ?, revision = ?, family = ?, competency = ?, difficulty = ?, search_text = "
              "?, "
              "shipped = ?, shipped_hash = ?, status = ?, version = ?, updated_at = ? WHERE id = ? AND version = ?"},
             row.code, row.revision, row.family, row.competency, row.difficulty, row.search_text, row.shipped,
             row.shipped_hash, row.status, row.version, row.updated_at, row.id, expected) == 1;
}

bool IsInPlans(db::Tx& tx, std::string const& id) {
  return tx
      .Scalar<std::int64_t>(
          {"plans.question_used", "SELECT 1 FROM plan_revision WHERE document LIKE ? ESCAPE '\\' LIMIT 1"},
          db::Contains(id))
      .has_value();
}

void SetJobs(db::Tx& tx, std::string const& question_id, std::vector<std::string> const& job_ids) {
  tx.Execute({"plans.clear_jobs", "DELETE FROM question_job WHERE question_id = ?"}, question_id);
  for (auto const& job : job_ids)
    tx.Execute({"plans.add_job", "INSERT INTO question_job (question_id, job_id) VALUES (?, ?)"}, question_id, job);
}

std::vector<QuestionJob> JobsFor(db::Tx& tx, std::string const& node_path) {
  return tx.Select<QuestionJob>({"plans.jobs_for",
                                 "SELECT j.id, j.code, j.name, j.name_en FROM org_job j JOIN org_node n ON n.id = "
                                 "j.org_id WHERE j.status = 'active' AND ? LIKE n.path || '%'"},
                                node_path);
}

std::set<std::string> SharedJobNames(db::Tx& tx) {
  std::set<std::string> seen, out;
  for (auto const& job :
       tx.Select<QuestionJob>({"plans.jobs", "SELECT id, code, name, name_en FROM org_job WHERE status = 'active'"}))
    for (auto const& name : std::set{job.name, job.name_en})
      if (!name.empty() && !seen.insert(name).second) out.insert(name);
  return out;
}

std::vector<QuestionRevisionRow> QuestionRevisions(db::Tx& tx, std::string const& id) {
  return tx.Select<QuestionRevisionRow>({"plans.question_revisions",
                                         "SELECT revision, created_at, created_by, created_by_name FROM "
                                         "question_revision WHERE question_id = ? ORDER BY revision DESC"},
                                        id);
}

void DeleteQuestion(db::Tx& tx, std::string const& id) {
  SetJobs(tx, id, {});
  tx.Execute({"plans.delete_revisions", "DELETE FROM question_revision WHERE question_id = ?"}, id);
  tx.Execute({"plans.delete_question", "DELETE FROM question WHERE id = ?"}, id);
}

void InsertRevision(db::Tx& tx, QuestionContent const& c, Instant at, Author const& author) {
  tx.Insert("question_revision", RevisionRow{c.question_id,
                                             c.revision,
                                             c.text_zh,
                                             c.text_en,
                                             c.kind,
                                             c.asset_id,
                                             c.family,
                                             c.competency,
                                             c.difficulty,
                                             c.suggested_seconds,
                                             {c.rubric},
                                             at,
                                             author.id,
                                             author.name,
                                             {c.job_ids}});
}

}  // namespace bole::plans::store
