#include "platform/http/routes.hpp"
#include "modules/org/service.hpp"

namespace bole::org {

struct JobListQuery {
  std::optional<std::string> q, org_id;
  std::optional<JobFamily> family;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(JobListQuery, (), (q, org_id, family, limit, cursor))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::JobListQuery> = std::tuple{Field<&org::JobListQuery::q>{{.max_length = 100}},
                                                             Field<&org::JobListQuery::limit>{{.min = 1, .max = 200}},
                                                             Field<&org::JobListQuery::cursor>{{.max_length = 26}}};
}

namespace bole::org {

using http::Request;

void RegisterRoutes(http::Routes& routes, Service& service) {
  routes.Get<Items<OrgNodeView>>("/org/nodes", {.permission = "org.read", .tag = "org", .summary = "The visible tree"},
                                 [&](Request const& r) -> Result<Items<OrgNodeView>> { return service.Tree(r.who()); });
  routes.Post<CreateOrgNode, OrgNodeView>(
      "/org/nodes", {.permission = "org.write", .tag = "org", .summary = "Add a node", .status = 201},
      [&](Request const& r, CreateOrgNode const& in) { return service.CreateNode(r.who(), in); });
  routes.Get<OrgNodeView>("/org/nodes/{id}", {.permission = "org.read", .tag = "org", .summary = "One node"},
                          [&](Request const& r) { return service.GetNode(r.who(), r.Param("id")); });
  routes.Patch<PatchOrgNode, OrgNodeView>(
      "/org/nodes/{id}", {.permission = "org.write", .tag = "org", .summary = "Change a node"},
      [&](Request const& r, PatchOrgNode const& in) { return service.PatchNode(r.who(), r.Param("id"), in); });
  routes.Delete<http::NoContent>("/org/nodes/{id}",
                                 {.permission = "org.write", .tag = "org", .summary = "Remove an unused node"},
                                 [&](Request const& r) { return service.DeleteNode(r.who(), r.Param("id")); });

  routes.Get<JobListQuery, Page<JobView>>(
      "/jobs", {.permission = "job.read", .tag = "jobs", .summary = "The job library"},
      [&](Request const& r, JobListQuery const& q) {
        return service.ListJobs(r.who(), {q.q.value_or(""), q.family, "", q.limit.value_or(50), q.cursor.value_or("")},
                                q.org_id.value_or(""));
      });
  routes.Post<CreateJob, JobView>(
      "/jobs", {.permission = "job.write", .tag = "jobs", .summary = "Add a job", .status = 201},
      [&](Request const& r, CreateJob const& in) { return service.CreateJob(r.who(), in); });
  routes.Get<JobView>("/jobs/{id}", {.permission = "job.read", .tag = "jobs", .summary = "One job"},
                      [&](Request const& r) { return service.GetJob(r.who(), r.Param("id")); });
  routes.Patch<PatchJob, JobView>(
      "/jobs/{id}", {.permission = "job.write", .tag = "jobs", .summary = "Change a job"},
      [&](Request const& r, PatchJob const& in) { return service.PatchJob(r.who(), r.Param("id"), in); });
}

}  // namespace bole::org
