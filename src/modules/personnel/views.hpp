#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of employees as clients see them.
namespace bole::personnel {

enum class Employment { full_time, part_time, intern, contractor };
BOOST_DESCRIBE_ENUM(Employment, full_time, part_time, intern, contractor)
// By the day of the unit. upcoming: begins later. left: the last day is over.
enum class EmployeeState { upcoming, probation, active, left };
BOOST_DESCRIBE_ENUM(EmployeeState, upcoming, probation, active, left)
enum class LeaveReason { resignation, dismissal, contract_end, retirement, other };
BOOST_DESCRIBE_ENUM(LeaveReason, resignation, dismissal, contract_end, retirement, other)

struct EmployeeView {
  std::string id, person_id, number, name;
  std::string gender;  // "" | female | male | other
  std::optional<Date> birth_date;
  std::string phone_masked, email_masked, id_number_masked;
  std::string org_id, org_name;
  std::optional<std::string> job_id;
  std::string job_name;
  std::optional<std::string> position_id;
  std::string position_name, grade;
  Employment employment = Employment::full_time;
  EmployeeState state = EmployeeState::active;
  Date hired_on{};
  std::optional<Date> probation_until;  // last day
  std::optional<Date> left_on;          // last day
  std::optional<LeaveReason> leave_reason;
  std::optional<std::string> manager_id;
  std::string manager_name;
  std::optional<std::string> candidate_id;  // where the person came from
  Instant created_at{};
  std::int64_t version = 1;
  std::optional<json::object> custom{};  // in details only
};
BOOST_DESCRIBE_STRUCT(EmployeeView, (),
                      (id, person_id, number, name, gender, birth_date, phone_masked, email_masked, id_number_masked,
                       org_id, org_name, job_id, job_name, position_id, position_name, grade, employment, state,
                       hired_on, probation_until, left_on, leave_reason, manager_id, manager_name, candidate_id,
                       created_at, version, custom))

// A new person by name and facts, or a candidate by `candidate_id`: then the facts given here are filled in.
struct CreateEmployee {
  std::string number, org_id;
  std::optional<std::string> candidate_id;
  std::optional<std::string> name, gender;
  std::optional<Date> birth_date;
  std::optional<std::string> phone, email, id_number;
  std::optional<std::string> job_id, position_id, grade;
  Employment employment = Employment::full_time;
  Date hired_on{};
  std::optional<Date> probation_until;
  std::optional<std::string> manager_id;
  std::optional<json::object> custom{};  // custom fields: key → value
};
BOOST_DESCRIBE_STRUCT(CreateEmployee, (),
                      (number, org_id, candidate_id, name, gender, birth_date, phone, email, id_number, job_id,
                       position_id, grade, employment, hired_on, probation_until, manager_id, custom))

// Another employment of the same person.
struct RehireEmployee {
  std::string number, org_id;
  std::optional<std::string> job_id, position_id, grade;
  Employment employment = Employment::full_time;
  Date hired_on{};
  std::optional<Date> probation_until;
  std::optional<std::string> manager_id;
  std::optional<json::object> custom{};
};
BOOST_DESCRIBE_STRUCT(RehireEmployee, (),
                      (number, org_id, job_id, position_id, grade, employment, hired_on, probation_until, manager_id,
                       custom))

// Absent members stay. An empty text removes phone, email, id_number, gender, job_id, position_id, grade or manager_id;
// no_probation removes probation_until.
struct PatchEmployee {
  std::int64_t version = 0;
  std::optional<std::string> number, org_id;
  std::optional<std::string> name, gender;
  std::optional<Date> birth_date;
  std::optional<std::string> phone, email, id_number;
  std::optional<std::string> job_id, position_id, grade;
  std::optional<Employment> employment;
  std::optional<Date> hired_on, probation_until;
  bool no_probation = false;
  std::optional<std::string> manager_id;
  std::optional<json::object> custom{};  // only the keys that change
};
BOOST_DESCRIBE_STRUCT(PatchEmployee, (),
                      (version, number, org_id, name, gender, birth_date, phone, email, id_number, job_id, position_id,
                       grade, employment, hired_on, probation_until, no_probation, manager_id, custom))

// Again for somebody who has left: corrects it.
struct LeaveEmployee {
  std::int64_t version = 0;
  Date left_on{};  // last day
  LeaveReason reason = LeaveReason::other;
};
BOOST_DESCRIBE_STRUCT(LeaveEmployee, (), (version, left_on, reason))

// Somebody stays who was to leave, or whose leaving was entered by mistake.
struct StayEmployee {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StayEmployee, (), (version))

struct RevealedEmployee {
  std::string phone, email, id_number;
  json::object custom{};  // sensitive custom fields
};
BOOST_DESCRIBE_STRUCT(RevealedEmployee, (), (phone, email, id_number, custom))

struct EmployeeEvent {
  Instant at{};
  std::string kind;  // hired | rehired | imported | changed | left | leave_changed | stays
  std::string by_name;
  std::vector<std::string> fields;  // what changed: names, of custom fields "custom.<key>"
  std::optional<Date> on;           // first or last day
};
BOOST_DESCRIBE_STRUCT(EmployeeEvent, (), (at, kind, by_name, fields, on))

struct EmployeeFile {
  EmployeeView employee;
  std::vector<EmployeeEvent> events;  // newest first
  std::vector<EmployeeView> others;   // the person's other employments that one may see
  std::int64_t reports = 0;           // current employees whose manager this is
};
BOOST_DESCRIBE_STRUCT(EmployeeFile, (), (employee, events, others, reports))

}  // namespace bole::personnel

namespace bole {
template <>
inline constexpr auto kRules<personnel::CreateEmployee> =
    std::tuple{Field<&personnel::CreateEmployee::number>{{.min_length = 1, .max_length = 40}},
               Field<&personnel::CreateEmployee::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&personnel::CreateEmployee::candidate_id>{{.max_length = 26}},
               Field<&personnel::CreateEmployee::name>{{.max_length = 80, .pii = true}},
               Field<&personnel::CreateEmployee::gender>{{.doc = "\"\" | female | male | other", .max_length = 10}},
               Field<&personnel::CreateEmployee::phone>{{.max_length = 30, .pii = true}},
               Field<&personnel::CreateEmployee::email>{{.max_length = 254, .pii = true}},
               Field<&personnel::CreateEmployee::id_number>{{.max_length = 30, .pii = true}},
               Field<&personnel::CreateEmployee::job_id>{{.max_length = 26}},
               Field<&personnel::CreateEmployee::position_id>{{.max_length = 26}},
               Field<&personnel::CreateEmployee::grade>{{.max_length = 40}},
               Field<&personnel::CreateEmployee::hired_on>{{.required = true}},
               Field<&personnel::CreateEmployee::manager_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<personnel::RehireEmployee> =
    std::tuple{Field<&personnel::RehireEmployee::number>{{.min_length = 1, .max_length = 40}},
               Field<&personnel::RehireEmployee::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&personnel::RehireEmployee::job_id>{{.max_length = 26}},
               Field<&personnel::RehireEmployee::position_id>{{.max_length = 26}},
               Field<&personnel::RehireEmployee::grade>{{.max_length = 40}},
               Field<&personnel::RehireEmployee::hired_on>{{.required = true}},
               Field<&personnel::RehireEmployee::manager_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<personnel::PatchEmployee> =
    std::tuple{Field<&personnel::PatchEmployee::version>{{.required = true}},
               Field<&personnel::PatchEmployee::number>{{.min_length = 1, .max_length = 40}},
               Field<&personnel::PatchEmployee::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&personnel::PatchEmployee::name>{{.min_length = 1, .max_length = 80, .pii = true}},
               Field<&personnel::PatchEmployee::gender>{{.max_length = 10}},
               Field<&personnel::PatchEmployee::phone>{{.max_length = 30, .pii = true}},
               Field<&personnel::PatchEmployee::email>{{.max_length = 254, .pii = true}},
               Field<&personnel::PatchEmployee::id_number>{{.max_length = 30, .pii = true}},
               Field<&personnel::PatchEmployee::job_id>{{.max_length = 26}},
               Field<&personnel::PatchEmployee::position_id>{{.max_length = 26}},
               Field<&personnel::PatchEmployee::grade>{{.max_length = 40}},
               Field<&personnel::PatchEmployee::manager_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<personnel::LeaveEmployee> =
    std::tuple{Field<&personnel::LeaveEmployee::version>{{.required = true}},
               Field<&personnel::LeaveEmployee::left_on>{{.required = true}},
               Field<&personnel::LeaveEmployee::reason>{{.required = true}}};
template <>
inline constexpr auto kRules<personnel::StayEmployee> =
    std::tuple{Field<&personnel::StayEmployee::version>{{.required = true}}};
}  // namespace bole
