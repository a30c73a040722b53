#include <algorithm>
#include <set>

#include "modules/org/service.hpp"

namespace bole::org {
namespace {

constexpr int kLongestRest = 400;  // days without work before the search for the next one gives up

void CheckDays(std::vector<CalendarDay>& days, FieldErrors& errors) {
  std::set<Date> seen;
  for (std::size_t i = 0; i < days.size(); ++i)
    if (!seen.insert(days[i].day).second) errors.push_back({"/days/" + std::to_string(i) + "/day", "duplicate"});
  std::sort(days.begin(), days.end(), [](auto const& a, auto const& b) { return a.day < b.day; });
}

void CheckWeekdays(std::vector<std::int64_t>& weekdays) {
  std::sort(weekdays.begin(), weekdays.end());
  weekdays.erase(std::unique(weekdays.begin(), weekdays.end()), weekdays.end());
}

}  // namespace

Result<WorkingDay> Service::DayAt(db::Tx& tx, std::string const& node_id, Date date) {
  BOLE_ASSIGN(auto const node, Node(tx, Scope::Everything(), node_id));
  CalendarView calendar{"", "", "", "", "", "", {6, 7}, {}, 0};
  WorkingDay out;
  // The unit as it was on that day; before it existed, as it is today.
  for (std::optional<std::string> at = node.id; at;) {
    auto const today = store::Node(tx, Scope::Everything(), *at);
    auto const then = store::VersionOn(tx, *at, date);
    auto const& named = then ? then->calendar_id : today ? today->calendar_id : std::nullopt;
    if (named) {
      if (auto found = store::Calendar(tx, Scope::Everything(), *named)) calendar = *std::move(found);
      out.calendar_from = *at;
      break;
    }
    at = then ? then->parent_id : today ? today->parent_id : std::nullopt;
  }
  out.date = date;
  out.share = WorkShare(calendar, date);
  out.calendar_id = calendar.id;
  if (auto const* named = NamedDay(calendar, date))
    out.kind = named->kind, out.name_zh = named->name_zh, out.name_en = named->name_en;
  out.next_working_day = AddDays(date, 1);
  for (int i = 0; i < kLongestRest && WorkShare(calendar, out.next_working_day) == 0; ++i)
    out.next_working_day = AddDays(out.next_working_day, 1);
  return out;
}

Result<WorkingDay> Service::GetDay(Principal const& who, std::string const& node_id, std::optional<Date> date) {
  return database_.Read([&](db::Tx& tx) -> Result<WorkingDay> {
    BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "org.read"), node_id));
    return DayAt(tx, node_id, date.value_or(DayIn(clock_.Now(), node.zone)));
  });
}

Items<CalendarView> Service::Calendars(Principal const& who) {
  return {database_.Read([&](db::Tx& tx) { return store::Calendars(tx, Scope(who, "org.read")); })};
}

Result<CalendarView> Service::GetCalendar(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<CalendarView> {
    if (auto calendar = store::Calendar(tx, Scope(who, "org.read"), id)) return *calendar;
    return NotFound("calendar");
  });
}

Result<CalendarView> Service::CreateCalendar(Principal const& who, org::CreateCalendar const& input) {
  return database_.Write([&](db::Tx& tx) { return AddCalendar(tx, who, input); });
}

Result<CalendarView> Service::AddCalendar(db::Tx& tx, Principal const& who, org::CreateCalendar const& input) {
  FieldErrors errors;
  auto const node = OpenNode(tx, Scope(who, "org.write"), input.org_id);
  if (!node) errors.push_back(UnitError("/org_id", node.error()));
  if (store::CalendarByCode(tx, input.code)) errors.push_back({"/code", "taken"});
  CalendarView calendar{NewUlid(clock_.Now()), input.org_id,        "",         input.code, input.name_zh,
                        input.name_en,         input.rest_weekdays, input.days, 1};
  CheckDays(calendar.days, errors);
  CheckWeekdays(calendar.rest_weekdays);
  if (!errors.empty()) return FailFields(std::move(errors));
  calendar.org_name = node->name;
  auto const record =
      audit_.Begin(tx, who, {"calendar.create", "calendar", calendar.id, node->id, {{"code", calendar.code}}});
  store::Insert(tx, calendar);
  audit_.Succeeded(tx, record);
  return calendar;
}

Result<CalendarView> Service::PatchCalendar(Principal const& who, std::string const& id,
                                            org::PatchCalendar const& input) {
  return database_.Write([&](db::Tx& tx) { return ChangeCalendar(tx, who, id, input); });
}

Result<CalendarView> Service::ChangeCalendar(db::Tx& tx, Principal const& who, std::string const& id,
                                             org::PatchCalendar const& input) {
  auto calendar = store::Calendar(tx, Scope(who, "org.read"), id);
  if (!calendar) return NotFound("calendar");
  // Read by all below, changed only where it belongs.
  if (!store::Node(tx, Scope(who, "org.write"), calendar->org_id))
    return Fail(ErrorCode::kForbidden, "org.owner_only", {{"name", calendar->org_name}});
  if (input.name_zh) calendar->name_zh = *input.name_zh;
  if (input.name_en) calendar->name_en = *input.name_en;
  if (input.rest_weekdays) calendar->rest_weekdays = *input.rest_weekdays;
  if (input.days) calendar->days = *input.days;
  FieldErrors errors;
  CheckDays(calendar->days, errors);
  CheckWeekdays(calendar->rest_weekdays);
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const record = audit_.Begin(tx, who,
                                   {"calendar.update",
                                    "calendar",
                                    id,
                                    calendar->org_id,
                                    {{"days", static_cast<std::int64_t>(calendar->days.size())}}});
  calendar->version = input.version + 1;
  if (!store::Update(tx, *calendar, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  audit_.Succeeded(tx, record);
  return *calendar;
}

Result<> Service::RemoveCalendar(db::Tx& tx, Principal const& who, CalendarView const& calendar) {
  if (!store::Node(tx, Scope(who, "org.write"), calendar.org_id))
    return Fail(ErrorCode::kForbidden, "org.owner_only", {{"name", calendar.org_name}});
  auto const record =
      audit_.Begin(tx, who, {"calendar.remove", "calendar", calendar.id, calendar.org_id, {{"code", calendar.code}}});
  store::Delete(tx, calendar);
  audit_.Succeeded(tx, record);
  return {};
}

}  // namespace bole::org
