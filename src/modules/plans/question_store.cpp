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
};
BOOST_DESCRIBE_STRUCT(QuestionListRow, (),
                      (id, org_id, code, revision, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, shipped, status, version, created_at, updated_at))

constexpr char const* kColumns =
    "q.id, q.org_id, q.code, r.revision, r.text_zh, r.text_en, r.kind, r.asset_id, r.family, r.competency, "
    "r.difficulty, r.suggested_seconds, r.rubric, q.shipped, q.status, q.version, q.created_at, q.updated_at";
constexpr char const* kShared = "q.status = 'active'";

QuestionView ToView(QuestionListRow const& r) {
  return {r.id,           r.org_id,   r.code,   r.revision,   r.text_zh,    r.text_en,
          r.kind,         r.asset_id, r.family, r.competency, r.difficulty, r.suggested_seconds,
          r.rubric.value, r.shipped,  r.status, r.version,    r.created_at, r.updated_at};
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
  std::string created_by;
};
BOOST_DESCRIBE_STRUCT(RevisionRow, (),
                      (question_id, revision, text_zh, text_en, kind, asset_id, family, competency, difficulty,
                       suggested_seconds, rubric, created_at, created_by))

}  // namespace

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
  return db::MapPage<QuestionView>(db::SelectPage<QuestionListRow>(tx, query), ToView);
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
  return ToView(rows[0]);
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
  return QuestionContent{row->question_id, row->revision,          row->text_zh,     row->text_en,
                         row->kind,        row->asset_id,          row->family,      row->competency,
                         row->difficulty,  row->suggested_seconds, row->rubric.value};
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

void DeleteQuestion(db::Tx& tx, std::string const& id) {
  tx.Execute({"plans.delete_revisions", "DELETE FROM question_revision WHERE question_id = ?"}, id);
  tx.Execute({"plans.delete_question", "DELETE FROM question WHERE id = ?"}, id);
}

void InsertRevision(db::Tx& tx, QuestionContent const& c, Instant at, std::string const& author) {
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
                                             author});
}

}  // namespace bole::plans::store
