#include "platform/http/routes.hpp"
#include "modules/org/service.hpp"

namespace bole::org {

struct TreeQuery {
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(TreeQuery, (), (as_of))

struct ChangeListQuery {
  std::optional<ChangeState> state;
  std::optional<std::string> node_id, org_id;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(ChangeListQuery, (), (state, node_id, org_id, limit, cursor))

struct DayQuery {
  std::optional<Date> date;
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (date))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::ChangeListQuery> =
    std::tuple{Field<&org::ChangeListQuery::limit>{{.min = 1, .max = 200}},
               Field<&org::ChangeListQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<org::TreeQuery> =
    std::tuple{Field<&org::TreeQuery::as_of>{{.doc = "the chart of this day instead of today's"}}};
}  // namespace bole

namespace bole::org {
namespace {

using http::Request;

void RegisterChanges(http::Routes& routes, Service& service) {
  routes.Get<ChangeListQuery, Page<ChangeView>>(
      "/org/changes", {.permission = "org.read", .tag = "org", .summary = "Acts on the tree, newest first"},
      [&](Request const& r, ChangeListQuery const& q) {
        return service.Changes(r.who(),
                               {q.state, q.node_id.value_or(""), "", q.limit.value_or(50), q.cursor.value_or("")},
                               q.org_id.value_or(""));
      });
  routes.Post<NewChange, ChangeView>(
      "/org/changes",
      {.permission = "org.write", .tag = "org", .summary = "Change the tree, today or on a later day", .status = 201},
      [&](Request const& r, NewChange const& in) { return service.Change(r.who(), in); });
  routes.Post<NewChange, ChangePreview>(
      "/org/changes/preview",
      {.permission = "org.write", .tag = "org", .summary = "What a change would move, and what stands in its way"},
      [&](Request const& r, NewChange const& in) { return service.Preview(r.who(), in); });
  routes.Get<ChangeView>("/org/changes/{id}", {.permission = "org.read", .tag = "org", .summary = "One act"},
                         [&](Request const& r) { return service.GetChange(r.who(), r.Param("id")); });
  routes.Post<http::NoBody, ChangeView>(
      "/org/changes/{id}/cancel",
      {.permission = "org.write", .tag = "org", .summary = "Take back a change that is not yet in force"},
      [&](Request const& r) { return service.CancelChange(r.who(), r.Param("id")); });
}

void RegisterCalendars(http::Routes& routes, Service& service) {
  routes.Get<Items<CalendarView>>(
      "/org/calendars", {.permission = "org.read", .tag = "org", .summary = "Holiday calendars, without their days"},
      [&](Request const& r) -> Result<Items<CalendarView>> { return service.Calendars(r.who()); });
  routes.Post<CreateCalendar, CalendarView>(
      "/org/calendars", {.permission = "org.write", .tag = "org", .summary = "Add a calendar", .status = 201},
      [&](Request const& r, CreateCalendar const& in) { return service.CreateCalendar(r.who(), in); });
  routes.Get<CalendarView>("/org/calendars/{id}", {.permission = "org.read", .tag = "org", .summary = "One calendar"},
                           [&](Request const& r) { return service.GetCalendar(r.who(), r.Param("id")); });
  routes.Patch<PatchCalendar, CalendarView>(
      "/org/calendars/{id}", {.permission = "org.write", .tag = "org", .summary = "Change a calendar or its days"},
      [&](Request const& r, PatchCalendar const& in) { return service.PatchCalendar(r.who(), r.Param("id"), in); });
  routes.Get<DayQuery, WorkingDay>(
      "/org/nodes/{id}/working-day",
      {.permission = "org.read", .tag = "org", .summary = "Whether a day is worked at a unit, and the next that is"},
      [&](Request const& r, DayQuery const& q) { return service.GetDay(r.who(), r.Param("id"), q.date); });
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service) {
  routes.Get<TreeQuery, Items<OrgNodeView>>(
      "/org/nodes", {.permission = "org.read", .tag = "org", .summary = "The visible tree of today or another day"},
      [&](Request const& r, TreeQuery const& q) -> Result<Items<OrgNodeView>> {
        return service.Tree(r.who(), q.as_of);
      });
  routes.Get<Items<UnitName>>(
      "/org/names", {.permission = "org.read", .tag = "org", .summary = "Names of the visible units and those above"},
      [&](Request const& r) -> Result<Items<UnitName>> { return service.Names(r.who()); });
  routes.Post<CreateOrgNode, OrgNodeView>(
      "/org/nodes", {.permission = "org.write", .tag = "org", .summary = "Add a node", .status = 201},
      [&](Request const& r, CreateOrgNode const& in) { return service.CreateNode(r.who(), in); });
  routes.Get<OrgNodeView>("/org/nodes/{id}", {.permission = "org.read", .tag = "org", .summary = "One node"},
                          [&](Request const& r) { return service.GetNode(r.who(), r.Param("id")); });
  routes.Get<NodeHistory>(
      "/org/nodes/{id}/history",
      {.permission = "org.read", .tag = "org", .summary = "What a node was, is and will be, and why"},
      [&](Request const& r) { return service.History(r.who(), r.Param("id")); });
  routes.Patch<PatchOrgNode, OrgNodeView>(
      "/org/nodes/{id}", {.permission = "org.write", .tag = "org", .summary = "Change a node from today on"},
      [&](Request const& r, PatchOrgNode const& in) { return service.PatchNode(r.who(), r.Param("id"), in); });
  routes.Delete<http::NoContent>("/org/nodes/{id}",
                                 {.permission = "org.write", .tag = "org", .summary = "Remove an unused node"},
                                 [&](Request const& r) { return service.DeleteNode(r.who(), r.Param("id")); });
  RegisterChanges(routes, service);
  RegisterCalendars(routes, service);
}

}  // namespace bole::org
