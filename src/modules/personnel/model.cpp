#include "modules/personnel/model.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace bole::personnel {
namespace {

constexpr int kKeptYears = 2;
constexpr int kEarliestYear = 1950;

std::chrono::sys_days DayOf(Date const& date) { return {date.value}; }

}  // namespace

EmployeeState StateOf(Period const& period, Date const& today) {
  if (period.left_on && *period.left_on < today) return EmployeeState::left;
  if (period.hired_on > today) return EmployeeState::upcoming;
  if (period.probation_until && *period.probation_until >= today) return EmployeeState::probation;
  return EmployeeState::active;
}

void CheckPeriod(Period const& period, Date const& today, FieldErrors& errors) {
  if (DayOf(period.hired_on) > DayOf(today) + std::chrono::days(366) ||
      static_cast<int>(period.hired_on.value.year()) < kEarliestYear)
    errors.push_back({"/hired_on", "implausible_date"});
  if (period.probation_until && *period.probation_until < period.hired_on)
    errors.push_back({"/probation_until", "before_hired"});
  if (period.left_on && *period.left_on < period.hired_on) errors.push_back({"/left_on", "before_hired"});
}

bool Overlap(Period const& a, Period const& b) {
  return (!a.left_on || *a.left_on >= b.hired_on) && (!b.left_on || *b.left_on >= a.hired_on);
}

std::string CheckNumber(std::string const& number, FieldErrors& errors) {
  std::string out(Trim(number));
  if (out.empty()) errors.push_back({"/number", "required"});
  bool const control = std::any_of(out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (control || !IsValidUtf8(out)) errors.push_back({"/number", "bad_characters"});
  return out;
}

bool MakesCircle(std::string const& id, std::string const& manager_id, ManagerOf const& manager_of) {
  std::set<std::string> seen;
  for (std::optional<std::string> at = manager_id; at && seen.insert(*at).second; at = manager_of(*at))
    if (*at == id) return true;
  return false;
}

bool MustKeep(std::optional<Date> const& left_on, Date const& today) {
  if (!left_on) return true;
  auto until = left_on->value + std::chrono::years(kKeptYears);
  if (!until.ok()) until = until.year() / until.month() / std::chrono::last;
  return DayOf(today) <= std::chrono::sys_days(until);
}

}  // namespace bole::personnel
