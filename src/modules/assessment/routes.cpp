#include "platform/http/routes.hpp"
#include "modules/assessment/report_documents.hpp"
#include "modules/assessment/service.hpp"

namespace bole::assessment {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kMaxTranscriptBytes = 1024UL * 1024;

i18n::Locale LocaleOf(Request const& request) {
  return i18n::ParseLocale(request.Query("locale")).value_or(request.locale);
}

// "张三-report.pdf"; the name of a person is data: http::Response::Download escapes it.
std::string FileName(ReportView const& report, char const* what) {
  return report.interview.candidate_name + "-" + what;
}

using Render = std::function<Result<std::string>(ReportView const&, i18n::Locale)>;

void AddDownload(http::Routes& routes, Service& service, char const* path, char const* file, char const* media_type,
                 Render render) {
  routes.Raw(http::Method::kGet, std::string("/interviews/{id}/") + path,
             {.permission = "report.export", .tag = "reports", .summary = std::string("Download ") + path},
             {{}, {media_type}},
             [&service, file, media_type, render = std::move(render)](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const report, service.Report(r.who(), r.Param("id")));
               if (report.status != "ready") return Fail(ErrorCode::kConflict, "report.not_ready");
               BOLE_ASSIGN(auto body, render(report, LocaleOf(r)));
               service.RecordExport(r.who(), r.Param("id"), file);
               return Response::Download(std::move(body), media_type, FileName(report, file));
             });
}

Result<Response> ServeMedia(Service& service, Request const& request) {
  auto const range = request.Header("range");
  BOLE_ASSIGN(auto const recording, service.Media(request.who(), request.Param("id"), request.Param("answer_id"),
                                                  range.empty() || range.starts_with("bytes=0-")));
  BOLE_ASSIGN(std::shared_ptr<blob::Reader> reader, service.OpenBlob(recording.blob_id));
  auto source =
      http::MakeSource(recording.size, [reader](std::uint64_t offset, std::size_t max) -> Result<std::string> {
        std::string out(max, '\0');
        BOLE_ASSIGN(auto const read,
                    reader->ReadAt(offset, std::span(reinterpret_cast<std::uint8_t*>(out.data()), max)));
        out.resize(read);
        return out;
      });
  return http::ServeRange(request, std::move(source), recording.media_type,
                          recording.blob_id + "-" + std::to_string(recording.size), "private, max-age=3600");
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service, i18n::Messages const& messages) {
  routes.Get<ReportView>("/interviews/{id}/report",
                         {.permission = "report.read", .tag = "reports", .summary = "The report of an interview"},
                         [&](Request const& r) { return service.Report(r.who(), r.Param("id")); });
  routes.Post<http::NoBody, http::NoContent>(
      "/interviews/{id}/reanalyse",
      {.permission = "interview.invite", .tag = "reports", .summary = "Analyse the recordings once more"},
      [&](Request const& r) { return service.Reanalyse(r.who(), r.Param("id")); });
  routes.Raw(http::Method::kPut, "/interviews/{id}/answers/{answer_id}/transcript",
             {.permission = "interview.invite",
              .tag = "reports",
              .summary = "Bring a transcript (SRT or WebVTT)",
              .status = 204,
              .max_body = kMaxTranscriptBytes},
             {{"text/plain", "text/vtt", "application/x-subrip"}, {}}, [&](Request const& r) -> Result<Response> {
               BOLE_TRY(service.SetTranscript(r.who(), r.Param("id"), r.Param("answer_id"), r.body));
               return Response{.status = 204};
             });
  routes.Raw(
      http::Method::kGet, "/interviews/{id}/answers/{answer_id}/media",
      {.permission = "report.read", .tag = "reports", .summary = "The recording of an answer", .rate_class = "media"},
      {{}, {"video/webm", "video/mp4"}}, [&](Request const& r) { return ServeMedia(service, r); });

  AddDownload(
      routes, service, "report.pdf", "report.pdf", "application/pdf",
      [&messages](ReportView const& report, i18n::Locale locale) { return ReportPdf(report, locale, messages); });
  AddDownload(routes, service, "report.json", "report.json", "application/json",
              [](ReportView const& report, i18n::Locale) -> Result<std::string> { return ToJsonText(report, true); });
  AddDownload(routes, service, "transcript.txt", "transcript.txt", "text/plain; charset=utf-8",
              [&messages](ReportView const& report, i18n::Locale locale) -> Result<std::string> {
                return TranscriptText(report, locale, messages);
              });
  AddDownload(routes, service, "transcript.srt", "transcript.srt", "application/x-subrip",
              [](ReportView const& report, i18n::Locale) -> Result<std::string> { return TranscriptSrt(report); });
  AddDownload(
      routes, service, "transcript.docx", "transcript.docx",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      [&messages](ReportView const& report, i18n::Locale locale) { return TranscriptDocx(report, locale, messages); });
}

}  // namespace bole::assessment
