#include "platform/http/routes.hpp"
#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"

namespace bole::personnel {

using http::Request;
using http::Response;

// EmployeeQuery with the format of the file.
struct EmployeeExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q, org_id, job_id;
  std::optional<EmployeeState> state;
  std::map<std::string, std::string> custom;
};
BOOST_DESCRIBE_STRUCT(EmployeeExportQuery, (), (format, q, org_id, job_id, state, custom))

}  // namespace bole::personnel

namespace bole {
template <>
inline constexpr auto kRules<personnel::EmployeeExportQuery> =
    std::tuple{Field<&personnel::EmployeeExportQuery::q>{{.max_length = 100, .pii = true}},
               Field<&personnel::EmployeeExportQuery::org_id>{{.max_length = 26}},
               Field<&personnel::EmployeeExportQuery::job_id>{{.max_length = 26}},
               Field<&personnel::EmployeeExportQuery::custom>{
                   {.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}}};
}

namespace bole::personnel {
namespace {

void ReadingRoutes(http::Routes& routes, Service& service) {
  routes.Get<EmployeeQuery, Page<EmployeeView>>(
      "/employees",
      {.permission = "employee.read",
       .tag = "employees",
       .summary = "Employees; q is a part of a name or number, or a whole phone, e-mail or ID number"},
      [&](Request const& r, EmployeeQuery const& q) { return service.List(r.who(), q); });
  routes.Get<EmployeeView>("/employees/{id}",
                           {.permission = "employee.read", .tag = "employees", .summary = "One employee"},
                           [&](Request const& r) { return service.Get(r.who(), r.Param("id")); });
  routes.Get<EmployeeFile>(
      "/employees/{id}/file",
      {.permission = "employee.read", .tag = "employees", .summary = "The employee with what happened (audited)"},
      [&](Request const& r) -> Result<EmployeeFile> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return service.File(r.who(), r.Param("id"), purpose);
      });
  routes.Get<RevealedEmployee>(
      "/employees/{id}/reveal",
      {.permission = "employee.reveal",
       .tag = "employees",
       .summary = "Phone, e-mail, ID number and sensitive fields in full; needs the header X-Bole-Purpose (audited)"},
      [&](Request const& r) -> Result<RevealedEmployee> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return service.Reveal(r.who(), r.Param("id"), purpose);
      });
}

void WritingRoutes(http::Routes& routes, Service& service) {
  routes.Post<CreateEmployee, EmployeeView>(
      "/employees",
      {.permission = "employee.write",
       .tag = "employees",
       .summary = "Hire a new person, or a candidate by candidate_id",
       .status = 201},
      [&](Request const& r, CreateEmployee const& in) { return service.Create(r.who(), in); });
  routes.Patch<PatchEmployee, EmployeeView>(
      "/employees/{id}", {.permission = "employee.write", .tag = "employees", .summary = "Change an employee"},
      [&](Request const& r, PatchEmployee const& in) { return service.Patch(r.who(), r.Param("id"), in); });
  routes.Post<LeaveEmployee, EmployeeView>(
      "/employees/{id}/leave",
      {.permission = "employee.write", .tag = "employees", .summary = "The last day and why; again to correct it"},
      [&](Request const& r, LeaveEmployee const& in) { return service.Leave(r.who(), r.Param("id"), in); });
  routes.Post<StayEmployee, EmployeeView>(
      "/employees/{id}/stay", {.permission = "employee.write", .tag = "employees", .summary = "Take a leave back"},
      [&](Request const& r, StayEmployee const& in) { return service.Stay(r.who(), r.Param("id"), in); });
  routes.Post<RehireEmployee, EmployeeView>(
      "/employees/{id}/rehire",
      {.permission = "employee.write",
       .tag = "employees",
       .summary = "Another employment of somebody who has left",
       .status = 201},
      [&](Request const& r, RehireEmployee const& in) { return service.Rehire(r.who(), r.Param("id"), in); });
}

void ExportRoute(http::Routes& routes, AppContext& context, Service& service) {
  routes.Raw<EmployeeExportQuery>(
      http::Method::kGet, "/employees/export",
      {.permission = "employee.export",
       .tag = "employees",
       .summary = "The list as xlsx or csv; needs the header X-Bole-Purpose (audited)"},
      {{}, documents::TableMediaTypes()}, [&](Request const& r, EmployeeExportQuery const& q) -> Result<Response> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        auto const format = q.format.value_or(documents::TableFormat::xlsx);
        EmployeeQuery query;
        query.q = q.q, query.org_id = q.org_id, query.job_id = q.job_id, query.state = q.state, query.custom = q.custom;
        BOLE_ASSIGN(auto file, service.Export(r.who(), query, format, r.locale, purpose));
        return Response::Download(
            std::move(file), documents::MediaTypeOf(format),
            context.messages.Text(r.locale, "employee.file.export") + documents::ExtensionOf(format));
      });
}

}  // namespace

void RegisterRoutes(AppContext& context, Service& service) {
  ReadingRoutes(context.routes, service);
  WritingRoutes(context.routes, service);
  ExportRoute(context.routes, context, service);
}

}  // namespace bole::personnel
