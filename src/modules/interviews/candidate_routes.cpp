#include <charconv>

#include "modules/interviews/service.hpp"
#include "platform/http/routes.hpp"

namespace bole::interviews {
namespace {

using http::Reply;
using http::Request;
using http::Response;

constexpr std::size_t kMaxPieceBytes = 4U * 1024 * 1024;
constexpr std::size_t kMaxFrameBytes = 2U * 1024 * 1024;
constexpr std::chrono::hours kCookieAge{24};

std::string Token(Request const& r) { return std::string(r.Header("x-bole-invitation")); }

std::int64_t Number(std::string const& text) {
  std::int64_t out = -1;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : -1;
}

void InvitationRoutes(http::Routes& routes, Service& service) {
  routes.Get<InvitationPage>("/candidate/invitation",
                             {.permission = "public", .tag = "candidate", .summary = "What the link invites to"},
                             [&](Request const& r) { return service.Invitation(Token(r), r.who()); });
  routes.Post<RequestCode, CodeSent>(
      "/candidate/identity/code",
      {.permission = "public", .tag = "candidate", .summary = "Send me a one-time code", .rate_class = "sign_in"},
      [&](Request const& r, RequestCode const& in) { return service.SendCode(Token(r), r.locale, in); });
  routes.Post<VerifyIdentity, CandidateSession>(
      "/candidate/identity/verify",
      {.permission = "public", .tag = "candidate", .summary = "Show who I am", .rate_class = "sign_in"},
      [&](Request const& r, VerifyIdentity const& in) -> Result<Reply<CandidateSession>> {
        BOLE_ASSIGN(auto done, service.Verify(Token(r), in));
        return Reply<CandidateSession>{std::move(done.session),
                                       {{"bole_candidate", std::move(done.token), kCookieAge}}};
      });
  routes.Post<DeclineInterview, CandidateSession>(
      "/candidate/decline", {.permission = "public", .tag = "candidate", .summary = "No AI interview for me"},
      [&](Request const& r, DeclineInterview const& in) { return service.Decline(Token(r), r.who(), in); });
}

void SessionRoutes(http::Routes& routes, Service& service) {
  routes.Get<CandidateSession>("/candidate/session",
                               {.permission = "candidate", .tag = "candidate", .summary = "Where I am"},
                               [&](Request const& r) { return service.Session(r.who()); });
  routes.Post<GiveConsents, CandidateSession>(
      "/candidate/consents", {.permission = "candidate", .tag = "candidate", .summary = "What I agree to"},
      [&](Request const& r, GiveConsents const& in) { return service.GiveConsent(r.who(), in); });
  routes.Raw(http::Method::kPost, "/candidate/environment/frame",
             {.permission = "candidate",
              .tag = "candidate",
              .summary = "Check one picture of my camera",
              .rate_class = "media",
              .max_body = kMaxFrameBytes},
             {{"image/jpeg"}, {"application/json"}}, [&](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const seen, service.CheckFrame(r.body));
               return Response::Json(ToJsonText(seen));
             });
  routes.Raw(http::Method::kPost, "/candidate/environment/upload",
             {.permission = "candidate",
              .tag = "candidate",
              .summary = "Measure my upload speed",
              .rate_class = "media",
              .max_body = kMaxPieceBytes},
             {{"application/octet-stream"}, {"application/json"}}, [](Request const& r) -> Result<Response> {
               return Response::Json(ToJsonText(UploadProbe{static_cast<std::int64_t>(r.body.size())}));
             });
  routes.Post<EnvironmentReport, CandidateSession>(
      "/candidate/environment", {.permission = "candidate", .tag = "candidate", .summary = "Result of my device check"},
      [&](Request const& r, EnvironmentReport const& in) { return service.SaveEnvironment(r.who(), in); });
  routes.Raw(http::Method::kGet, "/candidate/stages/{key}/speech",
             {.permission = "candidate", .tag = "candidate", .summary = "The prompt read aloud", .rate_class = "media"},
             {{}, {"audio/wav"}}, [&](Request const& r) -> Result<Response> {
               auto const asked = i18n::ParseLocale(r.Query("locale")).value_or(r.locale);
               BOLE_ASSIGN(auto wav, service.Speak(r.who(), r.Param("key"), asked, r.Query("what") == "question"));
               return Response::Text(std::move(wav), "audio/wav");
             });
  routes.Raw(http::Method::kGet, "/candidate/stages/{key}/media/{what}",
             {.permission = "candidate",
              .tag = "candidate",
              .summary = "The picture or video of a question, or a recorded prompt (what: question, prompt)",
              .rate_class = "media"},
             {{}, {"image/*", "video/*", "audio/*"}},
             [&](Request const& r) { return service.StageMedia(r.who(), r, r.Param("key"), r.Param("what")); });
  routes.Raw(http::Method::kGet, "/candidate/events",
             {.permission = "candidate", .tag = "candidate", .summary = "Live captions and state"},
             {{}, {"text/event-stream"}},
             [&](Request const& r) -> Result<Response> { return Response::Events(service.Captions(r.who())); });
}

void AnswerRoutes(http::Routes& routes, Service& service) {
  routes.Post<StartAnswer, StartedAnswer>(
      "/candidate/answers",
      {.permission = "candidate", .tag = "candidate", .summary = "Begin or go on with an answer", .status = 201},
      [&](Request const& r, StartAnswer const& in) { return service.Start(r.who(), in); });
  routes.Raw(
      http::Method::kPut, "/candidate/answers/{id}/parts/{part}/pieces/{piece}",
      {.permission = "candidate",
       .tag = "candidate",
       .summary = "One piece of the recording",
       .rate_class = "media",
       .max_body = kMaxPieceBytes},
      {{"application/octet-stream", "video/*"}, {"application/json"}}, [&](Request const& r) -> Result<Response> {
        BOLE_ASSIGN(auto const kept,
                    service.Piece(r.who(), r.Param("id"), Number(r.Param("part")), Number(r.Param("piece")), r.body));
        return Response::Json(ToJsonText(kept));
      });
  routes.Post<FinishAnswer, CandidateSession>(
      "/candidate/answers/{id}/finish",
      {.permission = "candidate", .tag = "candidate", .summary = "The answer is complete"},
      [&](Request const& r, FinishAnswer const& in) { return service.Finish(r.who(), r.Param("id"), in); });
  routes.Post<http::NoBody, CandidateSession>(
      "/candidate/answers/{id}/retake", {.permission = "candidate", .tag = "candidate", .summary = "Answer once more"},
      [&](Request const& r) { return service.Retake(r.who(), r.Param("id")); });
}

}  // namespace

void RegisterCandidateRoutes(http::Routes& routes, Service& service) {
  InvitationRoutes(routes, service);
  SessionRoutes(routes, service);
  AnswerRoutes(routes, service);
}

}  // namespace bole::interviews
