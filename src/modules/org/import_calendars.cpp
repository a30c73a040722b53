#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/org/import_targets.hpp"
#include "modules/org/service.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::org {
namespace {

using imports::Column;
using imports::ColumnType;
using imports::Existing;
using imports::Fate;
using imports::Row;
using imports::Verdict;
using imports::Written;

constexpr std::size_t kMostDays = 2000;

json::value DayJson(CalendarDay const* day) { return day ? WriteJson(*day) : json::value(); }

// The days of a calendar with one more, one other or one less.
std::vector<CalendarDay> With(CalendarView const& calendar, Date day, std::optional<CalendarDay> const& wanted) {
  auto out = calendar.days;
  std::erase_if(out, [&](auto const& each) { return each.day == day; });
  if (wanted) out.push_back(*wanted);
  return out;
}

// What of a calendar somebody may have changed beside its days.
json::array Facts(CalendarView const& calendar) {
  return {calendar.name_zh, calendar.name_en, WriteJson(calendar.rest_weekdays)};
}

// One row is one day of a calendar; its record is "<calendar>/<day>".
class CalendarSession final : public imports::Session {
 public:
  CalendarSession(Service& service, imports::Place place) : service_(service), place_(std::move(place)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    auto const code = row.Text("calendar");
    Verdict out{{}, {{"date", code + " " + row.Text("date")}}, {}};
    for (auto const& day : row.List("rest"))
      if (day.size() != 1 || day[0] < '1' || day[0] > '7') out.problems.push_back({"rest", "not_allowed"});
    auto const known = store::CalendarByCode(tx, code);
    if (!known) {
      if (!row.Has("calendar_zh") && !coming_.contains(code)) out.problems.push_back({"calendar", "unknown_calendar"});
      coming_.insert(code);
      return out;
    }
    auto const calendar = store::Calendar(tx, Scope(place_.who, "org.read"), known->id);
    if (!calendar)
      out.problems.push_back({"calendar", "unknown_calendar"});
    else if (!store::Node(tx, Scope(place_.who, "org.write"), calendar->org_id))
      out.problems.push_back({"calendar", "calendar_of_others"});
    else if (auto const* day = NamedDay(*calendar, DayOf(row)))
      out.existing = Existing{calendar->id + "/" + row.Text("date"), day->name_zh, "date"};
    else if (calendar->days.size() >= kMostDays)
      out.problems.push_back({"date", "too_many", {{"max", std::to_string(kMostDays)}}});
    return out;
  }

  Result<Written> Create(db::Tx& tx, Row const& row) override {
    if (store::CalendarByCode(tx, row.Text("calendar"))) return Put(tx, row);
    std::vector<std::int64_t> rest;
    for (auto const& day : row.List("rest")) rest.push_back(day[0] - '0');
    if (rest.empty()) rest = {6, 7};
    BOLE_ASSIGN(auto const made,
                service_.AddCalendar(
                    tx, place_.who,
                    {place_.org_id, row.Text("calendar"), row.Text("calendar_zh"), row.Text("calendar_en"), rest, {}}));
    BOLE_ASSIGN(auto written, Put(tx, row));
    written.before["made"] = Facts(made);
    return written;
  }
  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& /*existing*/) override { return Put(tx, row); }

 private:
  static Date DayOf(Row const& row) { return ParseDate(row.Text("date")).value_or(Date{}); }

  Result<Written> Put(db::Tx& tx, Row const& row) {
    auto const known = store::CalendarByCode(tx, row.Text("calendar"));
    if (!known) return FailField("/calendar", "unknown_calendar");
    auto const calendar = *store::Calendar(tx, Scope::Everything(), known->id);
    auto const day = DayOf(row);
    auto const* before = NamedDay(calendar, day);
    auto wanted = before ? *before : CalendarDay{day, DayKind::holiday, "", ""};
    if (auto const kind = row.Given("kind")) boost::describe::enum_from_string(kind->c_str(), wanted.kind);
    wanted.name_zh = row.Given("name_zh").value_or(wanted.name_zh);
    wanted.name_en = row.Given("name_en").value_or(wanted.name_en);
    auto const id = calendar.id + "/" + row.Text("date");
    if (before && ToJsonText(*before) == ToJsonText(wanted)) return Written{id, 1, {}};
    json::object trace{{"before", DayJson(before)}, {"after", DayJson(&wanted)}};
    org::PatchCalendar patch;
    patch.version = calendar.version, patch.days = With(calendar, day, wanted);
    BOLE_TRY(service_.ChangeCalendar(tx, place_.who, calendar.id, patch));
    return Written{id, 1, std::move(trace)};
  }

  Service& service_;
  imports::Place place_;
  std::set<std::string> coming_;  // calendars that earlier rows of this file will make
};

class CalendarTarget final : public imports::Target {
 public:
  CalendarTarget(AppContext& context, Service& service) : context_(context), service_(service) {}

  [[nodiscard]] std::string key() const override { return "calendars"; }
  [[nodiscard]] std::string permission() const override { return "org.write"; }

  std::vector<Column> Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) override {
    std::vector<Column> out{
        {.key = "calendar", .type = ColumnType::identifier, .required = true, .max_length = 40, .example = "CN"},
        {.key = "date", .type = ColumnType::date, .required = true, .example = "2026-10-01"},
        {.key = "kind", .type = ColumnType::choice, .required = true, .choices = DayWords(), .example = "休息"},
        {.key = "name_zh", .max_length = 60, .example = "国庆节"},
        {.key = "name_en", .max_length = 60, .example = "National Day"},
        {.key = "calendar_zh", .max_length = 80, .example = "中国大陆"},
        {.key = "calendar_en", .max_length = 80, .example = "Mainland China"},
        {.key = "rest", .type = ColumnType::list, .max_length = 1, .example = "6, 7"}};
    imports::AddTexts(out, context_.messages, "org.import.calendar.", "org.import.calendar_help.");
    return out;
  }
  Result<std::unique_ptr<imports::Session>> Begin(db::Tx& /*tx*/, imports::Place const& place) override {
    return std::make_unique<CalendarSession>(service_, place);
  }
  Fate Undo(db::Tx& tx, Principal const& who, imports::Trace const& trace) override {
    if (trace.before.empty()) return Fate::undone;  // it changed nothing
    auto const slash = trace.id.find('/');
    auto const day = ParseDate(trace.id.substr(slash + 1));
    auto const calendar = store::Calendar(tx, Scope::Everything(), trace.id.substr(0, slash));
    auto const *before = trace.before.if_contains("before"), *after = trace.before.if_contains("after");
    if (!day || !calendar || !before || !after) return Fate::changed;
    if (DayJson(NamedDay(*calendar, *day)) != *after) return Fate::changed;
    std::optional<CalendarDay> former;
    if (!before->is_null()) {
      auto read = FromJson<CalendarDay>(*before);
      if (!read) return Fate::changed;
      former = *read;
    }
    org::PatchCalendar patch;
    patch.version = calendar->version, patch.days = With(*calendar, *day, former);
    auto const* made = trace.before.if_contains("made");
    if (made && patch.days->empty() && Facts(*calendar) == *made) return Remove(tx, who, *calendar);
    return service_.ChangeCalendar(tx, who, calendar->id, patch) ? Fate::undone : Fate::changed;
  }

 private:
  // Nothing is left of it but what the import made.
  Fate Remove(db::Tx& tx, Principal const& who, CalendarView const& calendar) {
    if (store::IsUsed(tx, calendar)) return Fate::in_use;
    return service_.RemoveCalendar(tx, who, calendar) ? Fate::undone : Fate::changed;
  }

  AppContext& context_;
  Service& service_;
};

}  // namespace

std::vector<imports::Choice> const& DayWords() {
  static std::vector<imports::Choice> const all{{"holiday", {"休息", "Rest", "节假日", "放假", "holiday"}},
                                                {"workday", {"上班", "Work", "调休上班", "workday"}},
                                                {"half_day", {"半天", "Half day", "half_day"}}};
  return all;
}

std::unique_ptr<imports::Target> MakeCalendarTarget(AppContext& context, Service& service) {
  return std::make_unique<CalendarTarget>(context, service);
}

}  // namespace bole::org
