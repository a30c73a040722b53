#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Holiday calendars.
namespace bole::org {

// workday: work on a day that would be rest (调休).
enum class DayKind { holiday, workday, half_day };
BOOST_DESCRIBE_ENUM(DayKind, holiday, workday, half_day)

struct CalendarDay {
  Date day{};
  DayKind kind = DayKind::holiday;
  std::string name_zh, name_en;
};
BOOST_DESCRIBE_STRUCT(CalendarDay, (), (day, kind, name_zh, name_en))

struct CalendarView {
  std::string id, org_id, org_name, code, name_zh, name_en;
  std::vector<std::int64_t> rest_weekdays;  // 1 Monday … 7 Sunday
  std::vector<CalendarDay> days;            // ascending; empty in lists
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CalendarView, (), (id, org_id, org_name, code, name_zh, name_en, rest_weekdays, days, version))

struct CreateCalendar {
  std::string org_id, code, name_zh, name_en;
  std::vector<std::int64_t> rest_weekdays;
  std::vector<CalendarDay> days;
};
BOOST_DESCRIBE_STRUCT(CreateCalendar, (), (org_id, code, name_zh, name_en, rest_weekdays, days))

struct PatchCalendar {
  std::int64_t version = 0;
  std::optional<std::string> name_zh, name_en;
  std::optional<std::vector<std::int64_t>> rest_weekdays;
  std::optional<std::vector<CalendarDay>> days;  // all of them
};
BOOST_DESCRIBE_STRUCT(PatchCalendar, (), (version, name_zh, name_en, rest_weekdays, days))

// What a day is at a unit.
struct WorkingDay {
  Date date{};
  double share = 1;  // of a working day: 1, 0.5 or 0
  std::string name_zh, name_en;
  std::optional<DayKind> kind;               // absent: an ordinary day of the week
  Date next_working_day{};                   // the first later day with work
  std::string calendar_id;                   // empty: no calendar, Saturday and Sunday rest
  std::optional<std::string> calendar_from;  // the unit that names the calendar
};
BOOST_DESCRIBE_STRUCT(WorkingDay, (),
                      (date, share, name_zh, name_en, kind, next_working_day, calendar_id, calendar_from))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::CalendarDay> = std::tuple{
    Field<&org::CalendarDay::day>{{.required = true}}, Field<&org::CalendarDay::kind>{{.required = true}},
    Field<&org::CalendarDay::name_zh>{{.max_length = 60}}, Field<&org::CalendarDay::name_en>{{.max_length = 60}}};
template <>
inline constexpr auto kRules<org::CreateCalendar> =
    std::tuple{Field<&org::CreateCalendar::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&org::CreateCalendar::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::CreateCalendar::name_zh>{{.min_length = 1, .max_length = 80}},
               Field<&org::CreateCalendar::name_en>{{.max_length = 80}},
               Field<&org::CreateCalendar::rest_weekdays>{{.min = 1, .max = 7, .max_length = 6}},
               Field<&org::CreateCalendar::days>{{.max_length = 2000}}};
template <>
inline constexpr auto kRules<org::PatchCalendar> =
    std::tuple{Field<&org::PatchCalendar::version>{{.required = true}},
               Field<&org::PatchCalendar::name_zh>{{.min_length = 1, .max_length = 80}},
               Field<&org::PatchCalendar::name_en>{{.max_length = 80}},
               Field<&org::PatchCalendar::rest_weekdays>{{.min = 1, .max = 7, .max_length = 6}},
               Field<&org::PatchCalendar::days>{{.max_length = 2000}}};
}  // namespace bole
