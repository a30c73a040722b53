#include "modules/personnel/store.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/db/keyset.hpp"

namespace bole::personnel::store {
namespace {

struct TakenRow {
  std::string position_id;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TakenRow, (), (position_id, count))

constexpr char const* kFrom =
    "employee e JOIN org_node n ON n.id = e.org_id LEFT JOIN org_job j ON j.id = e.job_id LEFT JOIN org_position p ON "
    "p.id = e.position_id LEFT JOIN employee m ON m.id = e.manager_id";

std::string ListColumns() {
  return db::Columns<EmployeeRow>("e.") +
         ", n.name AS org_name, n.path AS org_path, n.zone, j.name AS job_name, p.name AS position_name, "
         "m.person_id AS manager_person_id";
}

// The day of each unit as SQL: units have zones, and there are few of them.
db::Condition Today(db::Tx& tx, Instant now) {
  db::Condition out{"CASE n.zone", {}};
  for (auto const& cells : tx.Fetch({"personnel.zones", "SELECT DISTINCT zone FROM org_node"}, {}, {db::Kind::text})) {
    auto const& zone = std::get<std::string>(cells[0]);
    out.sql += " WHEN ? THEN ?";
    out.parameters.insert(out.parameters.end(), {zone, FormatInZone(now, zone, "%Y-%m-%d")});
  }
  out.sql += " END";
  return out;
}

// Mirrors StateOf.
void AddState(db::KeysetQuery& query, db::Condition const& today, EmployeeState state) {
  auto const add = [&](std::string const& before, std::string const& after = "") {
    query.And(before + today.sql + after, today.parameters);
  };
  if (state == EmployeeState::left) return add("e.left_on < ");
  add("(e.left_on IS NULL OR e.left_on >= ", ")");
  if (state == EmployeeState::upcoming) return add("e.hired_on > ");
  add("e.hired_on <= ");
  if (state == EmployeeState::probation) return add("e.probation_until >= ");
  add("(e.probation_until IS NULL OR e.probation_until < ", ")");
}

void AddText(db::KeysetQuery& query, Scope const& scope, EmployeeFilter const& filter) {
  std::string sql = "(LOWER(e.number) LIKE ? ESCAPE '\\'";
  db::Cells values{db::Contains(AsciiLower(filter.text))};
  if (filter.persons) {
    auto const& search = *filter.persons;
    sql += " OR (1 = 1" + search.condition.sql;
    values.insert(values.end(), search.condition.parameters.begin(), search.condition.parameters.end());
    if (search.field) {  // to find somebody by a value one may not see would tell the value
      auto const seen = db::ScopeCondition(scope.Where(*search.field, FieldLevel::masked), "e.org_id");
      sql += seen.sql;
      values.insert(values.end(), seen.parameters.begin(), seen.parameters.end());
    }
    sql += ")";
  }
  query.And(sql + ")", values);
}

struct EventRow {
  std::string id, employee_id;
  Instant at{};
  std::string kind, by_name;
  db::Json<json::object> params;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (id, employee_id, at, kind, by_name, params))

// What an event says beside its kind.
struct EventParams {
  std::vector<std::string> fields;
  std::optional<Date> on;
};
BOOST_DESCRIBE_STRUCT(EventParams, (), (fields, on))

}  // namespace

Page<ListRow> Employees(db::Tx& tx, Scope const& scope, EmployeeFilter const& filter) {
  db::KeysetQuery query{.name = "personnel.list", .columns = ListColumns(), .from = kFrom};
  query.id_column = "e.id", query.limit = filter.limit, query.cursor = filter.cursor;
  query.Add(db::ScopeCondition(scope, "e.org_id"));
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "e.org_id"));
  if (!filter.job_id.empty()) query.And("e.job_id = ?", {filter.job_id});
  if (!filter.person_id.empty()) query.And("e.person_id = ?", {filter.person_id});
  if (!filter.manager_id.empty()) query.And("e.manager_id = ?", {filter.manager_id});
  if (filter.state) AddState(query, Today(tx, filter.now), *filter.state);
  if (!filter.text.empty()) AddText(query, scope, filter);
  for (auto const& custom : filter.custom) query.Add(fields::ValueCondition(custom, "e.id"));
  return db::SelectPage<ListRow>(tx, query);
}

std::optional<ListRow> Employee(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const allowed = db::ScopeCondition(scope, "e.org_id");
  db::Cells values{id};
  values.insert(values.end(), allowed.parameters.begin(), allowed.parameters.end());
  auto rows = tx.SelectWith<ListRow>(
      {"personnel.employee", "SELECT " + ListColumns() + " FROM " + kFrom + " WHERE e.id = ?" + allowed.sql}, values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::optional<EmployeeRow> Row(db::Tx& tx, std::string const& id) {
  return tx.One<EmployeeRow>({"personnel.row", "SELECT " + db::Columns<EmployeeRow>() + " FROM employee WHERE id = ?"},
                             id);
}

std::optional<EmployeeRow> ByNumber(db::Tx& tx, std::string const& number) {
  return tx.One<EmployeeRow>(
      {"personnel.by_number", "SELECT " + db::Columns<EmployeeRow>() + " FROM employee WHERE number = ?"}, number);
}

std::vector<EmployeeRow> OfPerson(db::Tx& tx, std::string const& person_id) {
  return tx.Select<EmployeeRow>(
      {"personnel.of_person",
       "SELECT " + db::Columns<EmployeeRow>() + " FROM employee WHERE person_id = ? ORDER BY hired_on DESC, id DESC"},
      person_id);
}

std::vector<ListRow> LeftBefore(db::Tx& tx, Date const& day, std::string const& after_id, int limit) {
  return tx.Select<ListRow>({"personnel.left_before", "SELECT " + ListColumns() + " FROM " + kFrom +
                                                          " WHERE e.id > ? AND e.left_on < ? ORDER BY e.id LIMIT ?"},
                            after_id, day, limit);
}

std::optional<std::string> ManagerOf(db::Tx& tx, std::string const& id) {
  return tx.Scalar<std::string>({"personnel.manager_of", "SELECT manager_id FROM employee WHERE id = ?"}, id);
}

std::int64_t CountReports(db::Tx& tx, std::string const& id, Date const& today) {
  return *tx.Scalar<std::int64_t>(
      {"personnel.reports", "SELECT COUNT(*) FROM employee WHERE manager_id = ? AND (left_on IS NULL OR left_on >= ?)"},
      id, today);
}

std::int64_t CountBelow(db::Tx& tx, std::string const& org_path, Date on) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  db::Cells values{db::ToValue(on)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.Fetch({"personnel.count_below",
                              "SELECT COUNT(*) FROM employee WHERE (left_on IS NULL OR left_on >= ?)" + condition.sql},
                             values, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

std::map<std::string, std::int64_t> SeatsTaken(db::Tx& tx, std::vector<std::string> const& position_ids, Date on) {
  constexpr std::size_t kAtOnce = 500;
  std::map<std::string, std::int64_t> out;
  for (std::size_t begin = 0; begin < position_ids.size(); begin += kAtOnce) {
    db::Cells values{db::ToValue(on), db::ToValue(on)};
    std::string marks;
    for (auto i = begin; i < std::min(position_ids.size(), begin + kAtOnce); ++i) {
      marks += marks.empty() ? "?" : ", ?";
      values.emplace_back(position_ids[i]);
    }
    for (auto const& row : tx.SelectWith<TakenRow>(
             {"personnel.seats_taken",
              "SELECT position_id, COUNT(*) AS count FROM employee WHERE hired_on <= ? AND (left_on IS NULL OR left_on "
              ">= ?) AND position_id IN (" +
                  marks + ") GROUP BY position_id"},
             values))
      out[row.position_id] = row.count;
  }
  return out;
}

std::vector<std::string> Move(db::Tx& tx, org::HandOver const& over, Date today) {
  std::vector<std::string> out;
  for (auto const& row : tx.Select<EmployeeRow>(
           {"personnel.employed_at", "SELECT " + db::Columns<EmployeeRow>() +
                                         " FROM employee WHERE org_id = ? AND (left_on IS NULL OR left_on >= ?)"},
           over.from, today)) {
    bool const stays =
        over.jobs && (!row.job_id || std::find(over.jobs->begin(), over.jobs->end(), *row.job_id) == over.jobs->end());
    if (stays) continue;
    tx.Execute({"personnel.move", "UPDATE employee SET org_id = ?, version = version + 1 WHERE id = ?"}, over.to,
               row.id);
    out.push_back(row.id);
  }
  return out;
}

void Insert(db::Tx& tx, EmployeeRow const& row) { tx.Insert("employee", row); }

bool Update(db::Tx& tx, EmployeeRow const& row, std::int64_t expected) {
  return tx.Execute({"personnel.update",
                     "UPDATE employee SET number = ?, org_id = ?, job_id = ?, position_id = ?, grade = ?, "
                     "employment = ?, hired_on = ?, probation_until = ?, left_on = ?, leave_reason = ?, "
                     "manager_id = ?, version = ? WHERE id = ? AND version = ?"},
                    row.number, row.org_id, row.job_id, row.position_id, row.grade, row.employment, row.hired_on,
                    row.probation_until, row.left_on, row.leave_reason, row.manager_id, row.version, row.id,
                    expected) == 1;
}

void Erase(db::Tx& tx, std::string const& id) {
  tx.Execute({"personnel.erase_events", "DELETE FROM employee_event WHERE employee_id = ?"}, id);
  tx.Execute({"personnel.erase", "DELETE FROM employee WHERE id = ?"}, id);
}

std::map<std::string, std::int64_t> ErasePerson(db::Tx& tx, std::string const& person_id) {
  std::string const own = "(SELECT id FROM employee WHERE person_id = ?)";
  tx.Execute({"personnel.unlink", "UPDATE employee SET manager_id = NULL WHERE manager_id IN " + own}, person_id);
  std::map<std::string, std::int64_t> out;
  out["employee_event"] =
      tx.Execute({"personnel.erase_events_of", "DELETE FROM employee_event WHERE employee_id IN " + own}, person_id);
  out["employee"] = tx.Execute({"personnel.erase_of", "DELETE FROM employee WHERE person_id = ?"}, person_id);
  return out;
}

void AddEvent(db::Tx& tx, std::string const& employee_id, EmployeeEvent const& event) {
  tx.Insert("employee_event", EventRow{NewUlid(event.at),
                                       employee_id,
                                       event.at,
                                       event.kind,
                                       event.by_name,
                                       {WriteJson(EventParams{event.fields, event.on}).as_object()}});
}

std::vector<EmployeeEvent> Events(db::Tx& tx, std::string const& employee_id) {
  std::vector<EmployeeEvent> out;
  for (auto& row : tx.Select<EventRow>({"personnel.events", "SELECT " + db::Columns<EventRow>() +
                                                                " FROM employee_event WHERE employee_id = ? "
                                                                "ORDER BY id DESC LIMIT 500"},
                                       employee_id)) {
    auto const params = FromJson<EventParams>(row.params.value);
    out.push_back({row.at, row.kind, row.by_name, params ? params->fields : std::vector<std::string>{},
                   params ? params->on : std::nullopt});
  }
  return out;
}

std::optional<SeatRow> Seat(db::Tx& tx, std::string const& position_id) {
  return tx.One<SeatRow>({"personnel.seat", "SELECT org_id, job_id FROM org_position WHERE id = ?"}, position_id);
}

bool IsActiveGrade(db::Tx& tx, std::string const& key) {
  return tx
      .Scalar<std::string>({"personnel.grade", "SELECT key FROM org_grade WHERE key = ? AND state = 'active'"}, key)
      .has_value();
}

std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code) {
  return tx.Scalar<std::string>({"personnel.job_by_code", "SELECT id FROM org_job WHERE code = ?"}, code);
}

std::optional<std::string> PositionByCode(db::Tx& tx, std::string const& code) {
  return tx.Scalar<std::string>({"personnel.position_by_code", "SELECT id FROM org_position WHERE code = ?"}, code);
}

std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code) {
  return tx.One<UnitRow>({"personnel.unit_by_code", "SELECT id, path FROM org_node WHERE code = ?"}, code);
}

}  // namespace bole::personnel::store
