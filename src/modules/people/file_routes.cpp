#include "modules/people/files.hpp"
#include "platform/app/nightly.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::people {

using http::Request;
using http::Response;

namespace {

std::vector<std::string> MediaTypes() {
  std::vector<std::string> out;
  using documents::FileKind;
  for (auto const kind : {FileKind::pdf, FileKind::docx, FileKind::png, FileKind::jpeg})
    out.emplace_back(documents::MediaTypeOf(kind));
  out.emplace_back("text/plain");
  return out;
}

std::vector<std::string> Accepted() {
  auto out = MediaTypes();
  out.emplace_back("application/octet-stream");
  return out;
}

}  // namespace

void ScheduleFileCleaning(AppContext const& context) { ScheduleNightly(context, kUnfinishedFilesJob); }

void RegisterFiles(AppContext& context, audit::Api& audit, org::Api& org, documents::TextReader read) {
  auto const files = std::make_shared<Files>(context, audit, org, std::move(read));
  auto& routes = context.routes;
  routes.Get<Items<CandidateFileView>>(
      "/candidates/{id}/files",
      {.permission = "candidate.read", .tag = "candidates", .summary = "Résumés and attachments, newest first"},
      [files](Request const& r) { return files->List(r.who(), r.Param("id")); });
  routes.Raw<FileUpload>(http::Method::kPost, "/candidates/{id}/files",
                         {.permission = "candidate.write",
                          .tag = "candidates",
                          .summary = "Add a file: PDF, Word (docx), text, PNG or JPEG, told by its content; 20 MB",
                          .status = 201,
                          .max_body = kLargestFile},
                         {Accepted(), {"application/json"}},
                         [files](Request const& r, FileUpload const& in) -> Result<Response> {
                           BOLE_ASSIGN(auto const made, files->Upload(r.who(), r.Param("id"), in, r.body));
                           return Response::Json(ToJsonText(made), 201);
                         });
  routes.Raw(http::Method::kGet, "/candidates/{id}/files/{file}/content",
             {.permission = "candidate.reveal",
              .tag = "candidates",
              .summary = "The file as it came; needs the header X-Bole-Purpose (audited)",
              .rate_class = "media"},
             {{}, MediaTypes()}, [files](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
               return files->Content(r.who(), r, r.Param("id"), r.Param("file"), purpose);
             });
  routes.Get<CandidateFileText>("/candidates/{id}/files/{file}/text",
                                {.permission = "candidate.reveal",
                                 .tag = "candidates",
                                 .summary = "The text of a file by pages; needs the header X-Bole-Purpose (audited)"},
                                [files](Request const& r) -> Result<CandidateFileText> {
                                  BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
                                  return files->Text(r.who(), r.Param("id"), r.Param("file"), purpose);
                                });
  routes.Delete<http::NoContent>(
      "/candidates/{id}/files/{file}",
      {.permission = "candidate.write", .tag = "candidates", .summary = "Remove a file for good"},
      [files](Request const& r) { return files->Delete(r.who(), r.Param("id"), r.Param("file")); });
  RegisterNightly(context, kUnfinishedFilesJob, [files] { return files->RemoveUnfinished(); });
}

}  // namespace bole::people
