#pragma once
#include <functional>
#include <unordered_map>

#include "modules/org/calendar_views.hpp"
#include "modules/org/change_views.hpp"

// The rules of the organisation over time, without a database.
namespace bole::org {

inline constexpr std::int64_t kMaxDepth = 20;

// What some or all units are on every day from some day on. Versions of one unit never overlap.
class Timeline {
 public:
  explicit Timeline(std::vector<NodeVersion> versions);

  // Null when the unit does not exist on that day.
  [[nodiscard]] NodeVersion const* At(std::string const& id, Date on) const;
  [[nodiscard]] std::vector<NodeVersion const*> Chart(Date on) const;
  [[nodiscard]] std::vector<NodeVersion const*> OpenChildren(std::string const& id, Date on) const;
  // The units at and below `id`, itself first.
  [[nodiscard]] std::vector<NodeVersion const*> Subtree(std::string const& id, Date on) const;
  // "/<root>/…/<id>/"; empty when it does not exist or hangs in a circle.
  [[nodiscard]] std::string PathOf(std::string const& id, Date on) const;
  // `from` and every later day on which something changes.
  [[nodiscard]] std::vector<Date> DaysFrom(Date from) const;
  // Whether another unit has this code on `from` or a later day.
  [[nodiscard]] bool CodeTaken(std::string const& code, std::string const& except_id, Date from) const;
  // The version of one of these units that begins after `on`, or on it when `same_day` counts.
  [[nodiscard]] NodeVersion const* FirstLater(std::vector<std::string> const& ids, Date on, bool same_day) const;

  // From version.valid_from on the unit is as `version` says. Nothing of it may begin later.
  void Put(NodeVersion version);
  // Takes back what a change wrote; what was true before goes on. Nothing of its units may begin later.
  void Withdraw(std::string const& change_id);
  [[nodiscard]] std::vector<std::string> NodesOf(std::string const& change_id) const;

 private:
  std::unordered_map<std::string, std::vector<NodeVersion>> nodes_;  // each ascending by day
};

// A rule that does not hold on some day. `other_change`: the act, not `own`, that stands in the way; may be empty.
struct Violation {
  std::string code;  // parent_missing, parent_closed, cycle, too_deep, code_taken
  Date date{};
  std::string node_id, other_change;
};
// At most `limit` of them. Every open unit has an open parent or is the group, no circle, no deeper than kMaxDepth,
// no code twice: on every day from `from` on.
[[nodiscard]] std::vector<Violation> Violations(Timeline const& timeline, Date from, std::string const& own,
                                                std::size_t limit = 20);

// The versions a change writes, one for each unit it touches, all from `on`. Broken fields of the change itself are
// named; what it means for the rest of the tree is for Violations. `new_id` makes ids of new units.
[[nodiscard]] Result<std::vector<NodeVersion>> DraftChange(Timeline const& timeline, NewChange const& change, Date on,
                                                           std::string const& change_id,
                                                           std::function<std::string()> const& new_id);

// The chart of one day in the form of the projection: paths and depths computed, ordered by path.
[[nodiscard]] std::vector<OrgNodeView> ChartOf(Timeline const& timeline, Date on);

// The calendar day at `now` in a zone, and the first instant of a day there.
[[nodiscard]] Date DayIn(Instant now, std::string const& zone);
[[nodiscard]] Instant StartOfDay(Date day, std::string const& zone);
[[nodiscard]] Date AddDays(Date day, int days);
// How much of a working day it is: 1, 0.5 or 0. A named day counts before the day of the week.
[[nodiscard]] double WorkShare(CalendarView const& calendar, Date day);
[[nodiscard]] CalendarDay const* NamedDay(CalendarView const& calendar, Date day);

}  // namespace bole::org
