#pragma once
#include <functional>
#include <optional>
#include <string>

#include "modules/personnel/views.hpp"

// Pure rules of employment. No I/O.
namespace bole::personnel {

// First day, last day of probation, last day.
struct Period {
  Date hired_on{};
  std::optional<Date> probation_until, left_on;
};
[[nodiscard]] EmployeeState StateOf(Period const& period, Date const& today);
// Errors at /hired_on, /probation_until, /left_on. Begins at most a year ahead.
void CheckPeriod(Period const& period, Date const& today, FieldErrors& errors);
// Both are employed on some day. The last day of one and the first of the other must differ.
[[nodiscard]] bool Overlap(Period const& a, Period const& b);

// Trimmed; an error at /number when it is empty or holds control characters.
[[nodiscard]] std::string CheckNumber(std::string const& number, FieldErrors& errors);

// Whether `id` would stand above itself with this manager. `manager_of` gives the manager of an employee.
using ManagerOf = std::function<std::optional<std::string>(std::string const&)>;
[[nodiscard]] bool MakesCircle(std::string const& id, std::string const& manager_id, ManagerOf const& manager_of);

// Contracts are kept for two years after they end (Labour Contract Law of the PRC, article 50): until then nobody
// erases who was employed.
[[nodiscard]] bool MustKeep(std::optional<Date> const& left_on, Date const& today);

}  // namespace bole::personnel
