#include "base/text.hpp"
#include "modules/org/library_store.hpp"

namespace bole::org::store {
namespace {

struct CompetencyRow {
  std::string key, name_zh, name_en, description_zh, description_en;
  db::Json<std::vector<CompetencyLevel>> levels;
  JobStatus state = JobStatus::active;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CompetencyRow, (),
                      (key, name_zh, name_en, description_zh, description_en, levels, state, version))

std::vector<CompetencyView> SelectCompetencies(db::Tx& tx, std::string const& where, db::Cells const& values) {
  std::vector<CompetencyView> out;
  for (auto const& row :
       tx.SelectWith<CompetencyRow>({"org.competencies", "SELECT " + db::Columns<CompetencyRow>() +
                                                             " FROM org_competency WHERE " + where + " ORDER BY key"},
                                    values))
    out.push_back({row.key, row.name_zh, row.name_en, row.description_zh, row.description_en, row.levels.value,
                   row.state, row.version});
  return out;
}

constexpr char const* kPositionColumns =
    "p.id, p.org_id, n.name AS org_name, p.job_id, j.name AS job_name, j.name_en AS job_name_en, p.code, p.name, "
    "p.name_en, p.headcount, p.valid_from, p.valid_to, p.version, CAST(NULL AS BIGINT) AS filled";
constexpr char const* kPositionFrom =
    "org_position p JOIN org_node n ON n.id = p.org_id JOIN org_job j ON j.id = p.job_id";

std::optional<PositionView> OnePosition(db::Tx& tx, Scope const& scope, std::string_view condition,
                                        std::string const& value) {
  db::KeysetQuery query{
      .name = "org.position", .columns = kPositionColumns, .from = kPositionFrom, .id_column = "p.id", .limit = 1};
  query.Add(db::ScopeCondition(scope, "p.org_id")).And(condition, {value});
  auto page = db::SelectPage<PositionView>(tx, query);
  if (page.items.empty()) return std::nullopt;
  return std::move(page.items.front());
}

struct SeatRow {
  std::string id, org_id;
};
BOOST_DESCRIBE_STRUCT(SeatRow, (), (id, org_id))

}  // namespace

std::vector<CompetencyView> Competencies(db::Tx& tx) { return SelectCompetencies(tx, "1 = 1", {}); }

std::optional<CompetencyView> Competency(db::Tx& tx, std::string const& key) {
  auto rows = SelectCompetencies(tx, "key = ?", {key});
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void Insert(db::Tx& tx, CompetencyView const& c) {
  tx.Insert(
      "org_competency",
      CompetencyRow{c.key, c.name_zh, c.name_en, c.description_zh, c.description_en, {c.levels}, c.state, c.version});
}

bool Update(db::Tx& tx, CompetencyView const& c, std::int64_t expected) {
  return tx.Execute({"org.update_competency",
                     "UPDATE org_competency SET name_zh = ?, name_en = ?, description_zh = ?, description_en = ?, "
                     "levels = ?, state = ?, version = ? WHERE key = ? AND version = ?"},
                    c.name_zh, c.name_en, c.description_zh, c.description_en,
                    db::Json<std::vector<CompetencyLevel>>{c.levels}, c.state, c.version, c.key, expected) == 1;
}

std::vector<GradeView> Grades(db::Tx& tx) {
  return tx.Select<GradeView>(
      {"org.grades", "SELECT " + db::Columns<GradeView>() + " FROM org_grade ORDER BY rank, key"});
}

std::optional<GradeView> Grade(db::Tx& tx, std::string const& key) {
  return tx.One<GradeView>({"org.grade", "SELECT " + db::Columns<GradeView>() + " FROM org_grade WHERE key = ?"}, key);
}

void Insert(db::Tx& tx, GradeView const& grade) { tx.Insert("org_grade", grade); }

bool Update(db::Tx& tx, GradeView const& g, std::int64_t expected) {
  return tx.Execute({"org.update_grade",
                     "UPDATE org_grade SET name_zh = ?, name_en = ?, rank = ?, state = ?, version = ? WHERE key = ? "
                     "AND version = ?"},
                    g.name_zh, g.name_en, g.rank, g.state, g.version, g.key, expected) == 1;
}

Page<PositionView> Positions(db::Tx& tx, Scope const& scope, PositionFilter const& filter) {
  db::KeysetQuery query{.name = "org.positions",
                        .columns = kPositionColumns,
                        .from = kPositionFrom,
                        .id_column = "p.id",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(db::ScopeCondition(scope, "p.org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "p.org_id"));
  if (!filter.job_id.empty()) query.And("p.job_id = ?", {filter.job_id});
  if (filter.on)
    query.And("p.valid_from <= ? AND (p.valid_to IS NULL OR p.valid_to >= ?)",
              {db::ToValue(*filter.on), db::ToValue(*filter.on)});
  if (!filter.text.empty()) {
    auto const like = db::Contains(AsciiLower(filter.text));
    query.And(
        "(LOWER(p.name) LIKE ? ESCAPE '\\' OR LOWER(p.name_en) LIKE ? ESCAPE '\\' OR LOWER(p.code) LIKE ? ESCAPE '\\')",
        {like, like, like});
  }
  return db::SelectPage<PositionView>(tx, query);
}

std::optional<PositionView> Position(db::Tx& tx, Scope const& scope, std::string const& id) {
  return OnePosition(tx, scope, "p.id = ?", id);
}

std::optional<PositionView> PositionByCode(db::Tx& tx, Scope const& scope, std::string const& code) {
  return OnePosition(tx, scope, "p.code = ?", code);
}

void DeletePosition(db::Tx& tx, std::string const& id) {
  tx.Execute({"org.delete_position", "DELETE FROM org_position WHERE id = ?"}, id);
}

std::int64_t CountPositions(db::Tx& tx, std::string const& org_path, Date on) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  db::Cells values{db::ToValue(on)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows =
      tx.Fetch({"org.count_positions",
                "SELECT COUNT(*) FROM org_position WHERE (valid_to IS NULL OR valid_to >= ?)" + condition.sql},
               values, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

void MovePositions(db::Tx& tx, HandOver const& over) {
  constexpr char const* kMove = "UPDATE org_position SET org_id = ?, version = version + 1 WHERE org_id = ?";
  if (!over.jobs) {
    tx.Execute({"org.move_positions", kMove}, over.to, over.from);
    return;
  }
  for (auto const& job : *over.jobs)
    tx.Execute({"org.move_seats", std::string(kMove) + " AND job_id = ?"}, over.to, over.from, job);
}

std::vector<std::string> SeatsOf(db::Tx& tx, std::string const& job_id) {
  std::vector<std::string> out;
  for (auto const& row :
       tx.Select<OrgSum>({"org.seats_of",
                          "SELECT org_id, COUNT(*) AS positions, CAST(SUM(headcount) AS BIGINT) AS headcount FROM "
                          "org_position WHERE job_id = ? GROUP BY org_id ORDER BY org_id"},
                         job_id))
    out.push_back(row.org_id);
  return out;
}

bool PositionCodeTaken(db::Tx& tx, std::string const& code) {
  return tx.Scalar<std::int64_t>({"org.position_code", "SELECT 1 FROM org_position WHERE code = ?"}, code).has_value();
}

std::map<std::string, std::string> UnitsOfSeats(db::Tx& tx, Scope const& scope, Date on) {
  auto const condition = db::ScopeCondition(scope, "org_id");
  db::Cells values{db::ToValue(on), db::ToValue(on)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  std::map<std::string, std::string> out;
  for (auto const& row : tx.SelectWith<SeatRow>(
           {"org.seats",
            "SELECT id, org_id FROM org_position WHERE valid_from <= ? AND (valid_to IS NULL OR valid_to "
            ">= ?)" +
                condition.sql},
           values))
    out.emplace(row.id, row.org_id);
  return out;
}

std::vector<OrgSum> Headcount(db::Tx& tx, Scope const& scope, Date on) {
  auto const condition = db::ScopeCondition(scope, "org_id");
  db::Cells values{FormatDate(on), FormatDate(on)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  return tx.SelectWith<OrgSum>(
      {"org.headcount",
       "SELECT org_id, COUNT(*) AS positions, CAST(SUM(headcount) AS BIGINT) AS headcount FROM org_position WHERE "
       "valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)" +
           condition.sql + " GROUP BY org_id"},
      values);
}

void Insert(db::Tx& tx, PositionView const& p) {
  tx.Execute({"org.insert_position",
              "INSERT INTO org_position (id, org_id, job_id, code, name, name_en, headcount, valid_from, valid_to, "
              "version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
             p.id, p.org_id, p.job_id, p.code, p.name, p.name_en, p.headcount, p.valid_from, p.valid_to, p.version);
}

bool Update(db::Tx& tx, PositionView const& p, std::int64_t expected) {
  return tx.Execute({"org.update_position",
                     "UPDATE org_position SET name = ?, name_en = ?, headcount = ?, valid_from = ?, valid_to = ?, "
                     "version = ? WHERE id = ? AND version = ?"},
                    p.name, p.name_en, p.headcount, p.valid_from, p.valid_to, p.version, p.id, expected) == 1;
}

}  // namespace bole::org::store
