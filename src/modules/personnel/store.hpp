#pragma once
#include "modules/fields/api.hpp"
#include "modules/org/api.hpp"
#include "modules/people/persons.hpp"
#include "modules/personnel/views.hpp"
#include "platform/db/scope_filter.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction.
namespace bole::personnel::store {

struct EmployeeRow {
  std::string id, person_id, number, org_id;
  std::optional<std::string> job_id, position_id;
  std::string grade;
  Employment employment = Employment::full_time;
  Date hired_on{};
  std::optional<Date> probation_until, left_on;
  std::optional<LeaveReason> leave_reason;
  std::optional<std::string> manager_id, candidate_id;
  Instant created_at{};
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(EmployeeRow, (),
                      (id, person_id, number, org_id, job_id, position_id, grade, employment, hired_on, probation_until,
                       left_on, leave_reason, manager_id, candidate_id, created_at, version))

// A row with what stands beside it; names of persons are to be looked up.
struct ListRow {
  std::string id, person_id, number, org_id;
  std::optional<std::string> job_id, position_id;
  std::string grade;
  Employment employment = Employment::full_time;
  Date hired_on{};
  std::optional<Date> probation_until, left_on;
  std::optional<LeaveReason> leave_reason;
  std::optional<std::string> manager_id, candidate_id;
  Instant created_at{};
  std::int64_t version = 1;
  std::string org_name, org_path, zone;
  std::optional<std::string> job_name, position_name, manager_person_id;
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, person_id, number, org_id, job_id, position_id, grade, employment, hired_on, probation_until,
                       left_on, leave_reason, manager_id, candidate_id, created_at, version, org_name, org_path, zone,
                       job_name, position_name, manager_person_id))

struct EmployeeFilter {
  std::string text;                             // a part of a number, or what `persons` finds
  std::optional<people::PersonSearch> persons;  // together with `text`
  std::string org_path, job_id, person_id, manager_id;
  std::optional<EmployeeState> state;
  Instant now{};  // for `state`
  int limit = 50;
  std::string cursor;
  std::vector<fields::ValueFilter> custom{};
};
// One page, newest first. Indexes lead by unit, job, person and manager; text and state are tested row by row.
Page<ListRow> Employees(db::Tx& tx, Scope const& scope, EmployeeFilter const& filter);
std::optional<ListRow> Employee(db::Tx& tx, Scope const& scope, std::string const& id);

std::optional<EmployeeRow> Row(db::Tx& tx, std::string const& id);
std::optional<EmployeeRow> ByNumber(db::Tx& tx, std::string const& number);
// Every employment of the person, whatever the scope, newest first.
std::vector<EmployeeRow> OfPerson(db::Tx& tx, std::string const& person_id);
// Whose last day lies before `day`, in order of id.
std::vector<ListRow> LeftBefore(db::Tx& tx, Date const& day, std::string const& after_id, int limit);
std::optional<std::string> ManagerOf(db::Tx& tx, std::string const& id);
std::int64_t CountReports(db::Tx& tx, std::string const& id, Date const& today);
// Employed on the day or later, below a path.
std::int64_t CountBelow(db::Tx& tx, std::string const& org_path, Date on);
// Of these positions, those with somebody employed on the day.
std::map<std::string, std::int64_t> SeatsTaken(db::Tx& tx, std::vector<std::string> const& position_ids, Date on);
// Who is employed today goes along to another unit; their ids.
std::vector<std::string> Move(db::Tx& tx, org::HandOver const& over, Date today);

void Insert(db::Tx& tx, EmployeeRow const& row);
// False when the row's version is no longer `expected`.
bool Update(db::Tx& tx, EmployeeRow const& row, std::int64_t expected);
void Erase(db::Tx& tx, std::string const& id);  // with events; throws db::DatabaseError while somebody reports to it
// All employments of a person; who reported to them reports to nobody. How many rows of each kind went.
std::map<std::string, std::int64_t> ErasePerson(db::Tx& tx, std::string const& person_id);

void AddEvent(db::Tx& tx, std::string const& employee_id, EmployeeEvent const& event);
std::vector<EmployeeEvent> Events(db::Tx& tx, std::string const& employee_id);

// A seat of the unit and whose job it is for.
struct SeatRow {
  std::string org_id, job_id;
};
BOOST_DESCRIBE_STRUCT(SeatRow, (), (org_id, job_id))
std::optional<SeatRow> Seat(db::Tx& tx, std::string const& position_id);
bool IsActiveGrade(db::Tx& tx, std::string const& key);

// By code, for imports; whether it serves the unit is for the service.
std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code);
std::optional<std::string> PositionByCode(db::Tx& tx, std::string const& code);
struct UnitRow {
  std::string id, path;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, path))
std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code);

}  // namespace bole::personnel::store
