#include "platform/http/routes.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::people {

using http::Request;
using http::Response;

struct TemplateQuery {
  std::optional<std::string> locale;
};
BOOST_DESCRIBE_STRUCT(TemplateQuery, (), (locale))

namespace {

constexpr char const* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t kMaxUpload = 20U << 20;

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

void WorkbookRoutes(http::Routes& routes, AppContext& context, Service& service, Imports& imports) {
  auto const download = [&context](Request const& r, Result<std::string> book, char const* name) -> Result<Response> {
    if (!book) return tl::unexpected<Error>(book.error());
    return Response::Download(*std::move(book), kXlsx, context.messages.Text(r.locale, name) + ".xlsx");
  };
  routes.Raw<CandidateQuery>(
      http::Method::kGet, "/candidates/export.xlsx",
      {.permission = "candidate.export",
       .tag = "candidates",
       .summary = "The list as a workbook; needs the header X-Bole-Purpose (audited)"},
      {{}, {kXlsx}}, [&service, download](Request const& r, CandidateQuery const& q) -> Result<Response> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return download(r, service.Export(r.who(), q, r.locale, purpose), "candidate.file.export");
      });
  routes.Raw<TemplateQuery>(
      http::Method::kGet, "/candidates/import-template.xlsx",
      {.permission = "candidate.import", .tag = "candidates", .summary = "An empty workbook for the import"},
      {{}, {kXlsx}}, [&imports, download](Request const& r, TemplateQuery const& q) {
        auto const locale = i18n::ParseLocale(q.locale.value_or("")).value_or(r.locale);
        return download(r, imports.Template(locale), "candidate.file.template");
      });
  routes.Raw<ImportQuery>(http::Method::kPost, "/candidates/import",
                          {.permission = "candidate.import",
                           .tag = "candidates",
                           .summary = "Import a workbook in the background",
                           .status = 202,
                           .max_body = kMaxUpload},
                          {{kXlsx, "application/octet-stream"}, {"application/json"}},
                          [&imports](Request const& r, ImportQuery const& q) -> Result<Response> {
                            BOLE_ASSIGN(auto const view, imports.Start(r.who(), q, r.body, r.locale));
                            return Response::Json(ToJsonText(view), 202);
                          });
  routes.Get<ImportView>("/candidates/imports/{id}",
                         {.permission = "candidate.import", .tag = "candidates", .summary = "How far an import is"},
                         [&](Request const& r) { return imports.Get(r.who(), r.Param("id"), r.locale); });
  routes.Raw(http::Method::kGet, "/candidates/imports/{id}/errors.xlsx",
             {.permission = "candidate.import", .tag = "candidates", .summary = "The broken rows as a workbook"},
             {{}, {kXlsx}}, [&imports, download](Request const& r) {
               return download(r, imports.ErrorsWorkbook(r.who(), r.Param("id"), r.locale), "candidate.file.errors");
             });
}

}  // namespace

void RegisterRoutes(AppContext& context, Service& service, Imports& imports) {
  CandidateRoutes(context.routes, service);
  WorkbookRoutes(context.routes, context, service, imports);
}

}  // namespace bole::people
