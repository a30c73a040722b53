#include "platform/http/routes.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::people {

using http::Request;
using http::Response;

// CandidateQuery with the format of the file.
struct CandidateExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q, org_id, job_id;
  std::optional<Source> source;
  std::optional<std::string> tag;
  std::map<std::string, std::string> custom;
  std::optional<bool> mine;
};
BOOST_DESCRIBE_STRUCT(CandidateExportQuery, (), (format, q, org_id, job_id, source, tag, custom, mine))

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::CandidateExportQuery> =
    std::tuple{Field<&people::CandidateExportQuery::q>{{.max_length = 100, .pii = true}},
               Field<&people::CandidateExportQuery::org_id>{{.max_length = 26}},
               Field<&people::CandidateExportQuery::job_id>{{.max_length = 26}},
               Field<&people::CandidateExportQuery::tag>{{.max_length = 40}},
               Field<&people::CandidateExportQuery::custom>{
                   {.doc = "custom.<key>=<value> for filterable custom fields", .max_length = 10}}};
}

namespace bole::people {
namespace {

void CandidateRoutes(http::Routes& routes, Service& service) {
  routes.Get<CandidateQuery, Page<CandidateView>>(
      "/candidates",
      {.permission = "candidate.read",
       .tag = "candidates",
       .summary = "The candidate pool; q is the beginning of a name or a whole phone, e-mail or ID number"},
      [&](Request const& r, CandidateQuery const& q) { return service.List(r.who(), q); });
  routes.Post<CreateCandidate, CandidateView>(
      "/candidates",
      {.permission = "candidate.write", .tag = "candidates", .summary = "Add a candidate", .status = 201},
      [&](Request const& r, CreateCandidate const& in) { return service.Create(r.who(), in); });
  routes.Get<CandidateView>("/candidates/{id}",
                            {.permission = "candidate.read", .tag = "candidates", .summary = "One candidate"},
                            [&](Request const& r) { return service.Get(r.who(), r.Param("id")); });
  routes.Patch<PatchCandidate, CandidateView>(
      "/candidates/{id}", {.permission = "candidate.write", .tag = "candidates", .summary = "Change a candidate"},
      [&](Request const& r, PatchCandidate const& in) { return service.Patch(r.who(), r.Param("id"), in); });
  routes.Get<RevealedContact>(
      "/candidates/{id}/reveal",
      {.permission = "candidate.reveal",
       .tag = "candidates",
       .summary = "Phone, e-mail and ID number in full; needs the header X-Bole-Purpose (audited)"},
      [&](Request const& r) -> Result<RevealedContact> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return service.Reveal(r.who(), r.Param("id"), purpose);
      });
  routes.Get<PersonFile>(
      "/candidates/{id}/file",
      {.permission = "candidate.read", .tag = "candidates", .summary = "The person's file (audited)"},
      [&](Request const& r) -> Result<PersonFile> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return service.File(r.who(), r.Param("id"), purpose);
      });
}

void ExportRoute(http::Routes& routes, AppContext& context, Service& service) {
  routes.Raw<CandidateExportQuery>(
      http::Method::kGet, "/candidates/export",
      {.permission = "candidate.export",
       .tag = "candidates",
       .summary = "The list as xlsx or csv; needs the header X-Bole-Purpose (audited)"},
      {{}, documents::TableMediaTypes()}, [&](Request const& r, CandidateExportQuery const& q) -> Result<Response> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        auto const format = q.format.value_or(documents::TableFormat::xlsx);
        CandidateQuery const query{q.q, q.org_id, q.job_id, q.source, q.tag, {}, {}, q.custom, q.mine};
        BOLE_ASSIGN(auto file, service.Export(r.who(), query, format, r.locale, purpose));
        return Response::Download(
            std::move(file), documents::MediaTypeOf(format),
            context.messages.Text(r.locale, "candidate.file.export") + documents::ExtensionOf(format));
      });
}

}  // namespace

void RegisterRoutes(AppContext& context, Service& service) {
  CandidateRoutes(context.routes, service);
  ExportRoute(context.routes, context, service);
}

}  // namespace bole::people
