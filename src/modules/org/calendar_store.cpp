#include "modules/org/calendar_store.hpp"

#include "modules/org/library_store.hpp"

namespace bole::org::store {
namespace {

struct CalendarRow {
  std::string id, org_id, org_name, code, name_zh, name_en;
  db::Json<std::vector<std::int64_t>> rest_weekdays;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (), (id, org_id, org_name, code, name_zh, name_en, rest_weekdays, version))

std::vector<CalendarView> Select(db::Tx& tx, std::string_view name, std::string const& where, db::Cells const& values) {
  std::vector<CalendarView> out;
  for (auto const& row : tx.SelectWith<CalendarRow>(
           {name,
            "SELECT c.id, c.org_id, n.name AS org_name, c.code, c.name_zh, c.name_en, c.rest_weekdays, c.version FROM "
            "org_calendar c JOIN org_node n ON n.id = c.org_id WHERE " +
                where + " ORDER BY c.code"},
           values))
    out.push_back({row.id,
                   row.org_id,
                   row.org_name,
                   row.code,
                   row.name_zh,
                   row.name_en,
                   row.rest_weekdays.value,
                   {},
                   row.version});
  return out;
}

std::optional<CalendarView> WithDays(db::Tx& tx, std::vector<CalendarView> rows) {
  if (rows.empty()) return std::nullopt;
  rows[0].days =
      tx.Select<CalendarDay>({"org.calendar_days", "SELECT " + db::Columns<CalendarDay>() +
                                                       " FROM org_calendar_day WHERE calendar_id = ? ORDER BY day"},
                             rows[0].id);
  return std::move(rows[0]);
}

void InsertDays(db::Tx& tx, CalendarView const& calendar) {
  for (auto const& day : calendar.days)
    tx.Execute({"org.calendar_day",
                "INSERT INTO org_calendar_day (calendar_id, day, kind, name_zh, name_en) VALUES (?, ?, ?, ?, ?)"},
               calendar.id, day.day, day.kind, day.name_zh, day.name_en);
}

}  // namespace

std::vector<CalendarView> Calendars(db::Tx& tx, Scope const& scope) {
  auto const condition = UsableCondition(scope, "c.org_id");
  return Select(tx, "org.calendars", "1 = 1" + condition.sql, condition.parameters);
}

std::optional<CalendarView> Calendar(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const condition = UsableCondition(scope, "c.org_id");
  db::Cells values{id};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  return WithDays(tx, Select(tx, "org.calendar", "c.id = ?" + condition.sql, values));
}

std::optional<CalendarView> CalendarByCode(db::Tx& tx, std::string const& code) {
  return WithDays(tx, Select(tx, "org.calendar_by_code", "c.code = ?", {code}));
}

void Insert(db::Tx& tx, CalendarView const& c) {
  tx.Execute({"org.insert_calendar",
              "INSERT INTO org_calendar (id, org_id, code, name_zh, name_en, rest_weekdays, version) VALUES (?, ?, ?, "
              "?, ?, ?, ?)"},
             c.id, c.org_id, c.code, c.name_zh, c.name_en, db::Json<std::vector<std::int64_t>>{c.rest_weekdays},
             c.version);
  InsertDays(tx, c);
}

bool IsUsed(db::Tx& tx, CalendarView const& c) {
  return tx.Scalar<std::int64_t>({"org.calendar_used", "SELECT COUNT(*) FROM org_node_version WHERE calendar_id = ?"},
                                 c.id)
             .value_or(0) > 0;
}

void Delete(db::Tx& tx, CalendarView const& c) {
  tx.Execute({"org.delete_calendar_days", "DELETE FROM org_calendar_day WHERE calendar_id = ?"}, c.id);
  tx.Execute({"org.delete_calendar", "DELETE FROM org_calendar WHERE id = ?"}, c.id);
}

bool Update(db::Tx& tx, CalendarView const& c, std::int64_t expected) {
  if (tx.Execute({"org.update_calendar",
                  "UPDATE org_calendar SET name_zh = ?, name_en = ?, rest_weekdays = ?, version = ? WHERE id = ? AND "
                  "version = ?"},
                 c.name_zh, c.name_en, db::Json<std::vector<std::int64_t>>{c.rest_weekdays}, c.version, c.id,
                 expected) != 1)
    return false;
  tx.Execute({"org.clear_calendar", "DELETE FROM org_calendar_day WHERE calendar_id = ?"}, c.id);
  InsertDays(tx, c);
  return true;
}

}  // namespace bole::org::store
