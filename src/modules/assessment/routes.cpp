#include "platform/http/routes.hpp"
#include "modules/assessment/report_documents.hpp"
#include "modules/assessment/service.hpp"
#include "platform/app/export_mark.hpp"
#include "platform/app/serve_blob.hpp"

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

// The last one is the watermark.
using Render = std::function<Result<std::string>(ReportView const&, i18n::Locale, std::string const&)>;

void AddDownload(http::Routes& routes, Service& service, i18n::Messages const& messages, char const* path,
                 char const* media_type, Render render) {
  routes.Raw(http::Method::kGet, std::string("/interviews/{id}/") + path,
             {.permission = "report.export",
              .tag = "reports",
              .summary = std::string("Download ") + path + "; needs the header X-Bole-Purpose (audited)"},
             {{}, {media_type}},
             [&service, &messages, path, media_type, render = std::move(render)](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
               BOLE_ASSIGN(auto const taken, service.Export(r.who(), r.Param("id"), path, purpose));
               auto const locale = LocaleOf(r);
               auto const mark = ExportMark(messages, locale, r.who(), taken.at, taken.record);
               BOLE_ASSIGN(auto body, render(taken.report, locale, mark));
               return Response::Download(std::move(body), media_type, FileName(taken.report, path));
             });
}

Result<Response> ServeMedia(Service& service, Request const& request) {
  BOLE_ASSIGN(auto const purpose, audit::PurposeOf(request));
  BOLE_ASSIGN(auto const recording,
              service.Media(request.who(), request.Param("id"), request.Param("answer_id"), purpose));
  BOLE_ASSIGN(std::shared_ptr<blob::Reader> reader, service.OpenBlob(recording.blob_id));
  return ServeBlob(request, std::move(reader), recording.size, recording.media_type,
                   recording.blob_id + "-" + std::to_string(recording.size));
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service, i18n::Messages const& messages) {
  routes.Get<ReportView>(
      "/interviews/{id}/report",
      {.permission = "report.read", .tag = "reports", .summary = "The report of an interview (audited)"},
      [&](Request const& r) -> Result<ReportView> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return service.Report(r.who(), r.Param("id"), purpose);
      });
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
  routes.Raw(http::Method::kGet, "/interviews/{id}/answers/{answer_id}/media",
             {.permission = "report.read",
              .tag = "reports",
              .summary = "The recording of an answer (audited)",
              .rate_class = "media"},
             {{}, {"video/webm", "video/mp4"}}, [&](Request const& r) { return ServeMedia(service, r); });
  routes.Raw(http::Method::kGet, "/interviews/{id}/stages/{key}/media",
             {.permission = "report.read",
              .tag = "reports",
              .summary = "The picture or video that the question of a stage showed",
              .rate_class = "media"},
             {{}, {"image/*", "video/*"}},
             [&](Request const& r) { return service.QuestionMedia(r.who(), r, r.Param("id"), r.Param("key")); });

  AddDownload(routes, service, messages, "report.pdf", "application/pdf",
              [&messages](ReportView const& report, i18n::Locale locale, std::string const& mark) {
                return ReportPdf(report, locale, messages, mark);
              });
  AddDownload(routes, service, messages, "report.json", "application/json",
              [](ReportView const& report, i18n::Locale, std::string const&) -> Result<std::string> {
                return ToJsonText(report, true);
              });
  AddDownload(
      routes, service, messages, "transcript.txt", "text/plain; charset=utf-8",
      [&messages](ReportView const& report, i18n::Locale locale, std::string const& mark) -> Result<std::string> {
        return TranscriptText(report, locale, messages, mark);
      });
  AddDownload(routes, service, messages, "transcript.srt", "application/x-subrip",
              [](ReportView const& report, i18n::Locale, std::string const&) -> Result<std::string> {
                return TranscriptSrt(report);
              });
  AddDownload(routes, service, messages, "transcript.docx",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
              [&messages](ReportView const& report, i18n::Locale locale, std::string const& mark) {
                return TranscriptDocx(report, locale, messages, mark);
              });
}

}  // namespace bole::assessment
