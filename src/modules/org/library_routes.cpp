#include "modules/org/service.hpp"
#include "platform/http/routes.hpp"

namespace bole::org {

struct JobListQuery {
  std::optional<std::string> q, org_id;
  std::optional<std::string> family;
  std::optional<int> limit;
  std::optional<std::string> cursor;
  std::map<std::string, std::string> custom;
};
BOOST_DESCRIBE_STRUCT(JobListQuery, (), (q, org_id, family, limit, cursor, custom))

struct SameNameQuery {
  std::string name, org_id;
};
BOOST_DESCRIBE_STRUCT(SameNameQuery, (), (name, org_id))

struct PositionListQuery {
  std::optional<std::string> q, org_id, job_id;
  std::optional<Date> on;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(PositionListQuery, (), (q, org_id, job_id, on, limit, cursor))

struct HeadcountQuery {
  std::optional<Date> on;
};
BOOST_DESCRIBE_STRUCT(HeadcountQuery, (), (on))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::JobListQuery> = std::tuple{
    Field<&org::JobListQuery::q>{{.max_length = 100}}, Field<&org::JobListQuery::family>{{.max_length = 40}},
    Field<&org::JobListQuery::custom>{{.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}},
    Field<&org::JobListQuery::limit>{{.min = 1, .max = 200}}, Field<&org::JobListQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<org::SameNameQuery> =
    std::tuple{Field<&org::SameNameQuery::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::SameNameQuery::org_id>{{.min_length = 1, .max_length = 26}}};
template <>
inline constexpr auto kRules<org::PositionListQuery> =
    std::tuple{Field<&org::PositionListQuery::q>{{.max_length = 100}},
               Field<&org::PositionListQuery::limit>{{.min = 1, .max = 200}},
               Field<&org::PositionListQuery::cursor>{{.max_length = 26}}};
}  // namespace bole

namespace bole::org {
namespace {

using http::Request;

void RegisterJobs(http::Routes& routes, Service& service) {
  routes.Get<JobListQuery, Page<JobView>>(
      "/jobs", {.permission = "job.read", .tag = "jobs", .summary = "The job library, with the group's jobs"},
      [&](Request const& r, JobListQuery const& q) {
        return service.ListJobs(
            r.who(), {q.q.value_or(""), q.family.value_or(""), "", q.limit.value_or(50), q.cursor.value_or("")},
            q.org_id.value_or(""), q.custom);
      });
  routes.Post<CreateJob, JobView>(
      "/jobs", {.permission = "job.write", .tag = "jobs", .summary = "Add a job", .status = 201},
      [&](Request const& r, CreateJob const& in) { return service.CreateJob(r.who(), in); });
  routes.Get<SameNameQuery, Items<SameName>>(
      "/jobs/same-name",
      {.permission = "job.read", .tag = "jobs", .summary = "Jobs of this name that are visible or serve a unit"},
      [&](Request const& r, SameNameQuery const& q) { return service.SameNames(r.who(), q.name, q.org_id); });
  routes.Get<JobView>("/jobs/{id}", {.permission = "job.read", .tag = "jobs", .summary = "One job"},
                      [&](Request const& r) { return service.GetJob(r.who(), r.Param("id")); });
  routes.Patch<PatchJob, JobView>(
      "/jobs/{id}", {.permission = "job.write", .tag = "jobs", .summary = "Change a job"},
      [&](Request const& r, PatchJob const& in) { return service.PatchJob(r.who(), r.Param("id"), in); });
}

void RegisterGroupLibrary(http::Routes& routes, Service& service) {
  routes.Get<Items<CompetencyView>>(
      "/competencies",
      {.permission = "job.read", .tag = "jobs", .summary = "The group's competencies and their levels"},
      [&](Request const&) -> Result<Items<CompetencyView>> { return service.Competencies(); });
  routes.Put<PutCompetency, CompetencyView>(
      "/competencies/{key}", {.permission = "job.write", .tag = "jobs", .summary = "Add or change a competency"},
      [&](Request const& r, PutCompetency const& in) { return service.PutCompetency(r.who(), r.Param("key"), in); });
  routes.Get<Items<FamilyView>>(
      "/job-families",
      {.permission = "signed_in", .tag = "jobs", .summary = "Job families and the competency models jobs start from"},
      [&](Request const&) -> Result<Items<FamilyView>> { return service.Families(); });
  routes.Put<PutFamily, FamilyView>(
      "/job-families/{key}", {.permission = "job.write", .tag = "jobs", .summary = "Add or change a job family"},
      [&](Request const& r, PutFamily const& in) { return service.PutFamily(r.who(), r.Param("key"), in); });
  routes.Get<Items<GradeView>>("/grades", {.permission = "job.read", .tag = "jobs", .summary = "Grades by rank"},
                               [&](Request const&) -> Result<Items<GradeView>> { return service.Grades(); });
  routes.Put<PutGrade, GradeView>(
      "/grades/{key}", {.permission = "job.write", .tag = "jobs", .summary = "Add or change a grade"},
      [&](Request const& r, PutGrade const& in) { return service.PutGrade(r.who(), r.Param("key"), in); });
}

void RegisterPositions(http::Routes& routes, Service& service) {
  routes.Get<PositionListQuery, Page<PositionView>>(
      "/positions", {.permission = "job.read", .tag = "jobs", .summary = "Positions with their headcount"},
      [&](Request const& r, PositionListQuery const& q) {
        return service.Positions(
            r.who(), {q.q.value_or(""), q.job_id.value_or(""), "", q.on, q.limit.value_or(50), q.cursor.value_or("")},
            q.org_id.value_or(""));
      });
  routes.Post<CreatePosition, PositionView>(
      "/positions", {.permission = "job.write", .tag = "jobs", .summary = "Add a position", .status = 201},
      [&](Request const& r, CreatePosition const& in) { return service.CreatePosition(r.who(), in); });
  routes.Put<PutPosition, PositionView>(
      "/positions/{id}", {.permission = "job.write", .tag = "jobs", .summary = "Change a position"},
      [&](Request const& r, PutPosition const& in) { return service.PutPosition(r.who(), r.Param("id"), in); });
  routes.Get<HeadcountQuery, Items<HeadcountView>>(
      "/headcount", {.permission = "job.read", .tag = "jobs", .summary = "Seats per unit, own and in total"},
      [&](Request const& r, HeadcountQuery const& q) { return service.Headcount(r.who(), q.on); });
}

}  // namespace

void RegisterLibraryRoutes(http::Routes& routes, Service& service) {
  RegisterJobs(routes, service);
  RegisterGroupLibrary(routes, service);
  RegisterPositions(routes, service);
}

}  // namespace bole::org
