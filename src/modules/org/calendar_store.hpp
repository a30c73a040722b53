#pragma once
#include "modules/org/calendar_views.hpp"
#include "platform/db/database.hpp"
#include "platform/security/principal.hpp"

// SQL of holiday calendars.
namespace bole::org::store {

// Calendars of the scope's units and of those above them, which they may use. Without days. Ordered by code.
std::vector<CalendarView> Calendars(db::Tx& tx, Scope const& scope);
std::optional<CalendarView> Calendar(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<CalendarView> CalendarByCode(db::Tx& tx, std::string const& code);
void Insert(db::Tx& tx, CalendarView const& calendar);
bool IsUsed(db::Tx& tx, CalendarView const& calendar);  // by a unit, on any day
void Delete(db::Tx& tx, CalendarView const& calendar);
// False when the row's version is no longer `expected`. Replaces the days.
bool Update(db::Tx& tx, CalendarView const& calendar, std::int64_t expected);

}  // namespace bole::org::store
