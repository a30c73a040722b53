#include "modules/identity/service.hpp"
#include "platform/http/routes.hpp"

namespace bole::identity {
namespace {

using http::Reply;
using http::Request;

constexpr std::chrono::hours kSessionCookie{168};  // the server ends sessions earlier, by policy
constexpr std::chrono::minutes kPendingCookie{10};

SignInFlow::Browser BrowserOf(Request const& request) {
  return {{std::string(request.Header("user-agent")), request.remote_address},
          std::string(request.Cookie("bole_session")),
          std::string(request.Cookie("bole_pending"))};
}

Result<Reply<SignInView>> Answer(Result<SignInFlow::Outcome> outcome) {
  if (!outcome) return tl::unexpected<Error>(std::move(outcome).error());
  Reply<SignInView> out{std::move(outcome->view)};
  if (!outcome->session.empty()) out.cookies.push_back({"bole_session", std::move(outcome->session), kSessionCookie});
  bool const pending = !outcome->pending.empty();
  out.cookies.push_back({"bole_pending", std::move(outcome->pending), pending ? kPendingCookie : kPendingCookie * 0});
  return out;
}

http::RouteDoc Doc(char const* summary) {
  return {.permission = "public", .tag = "session", .summary = summary, .rate_class = "sign_in"};
}

}  // namespace

void RegisterSignInRoutes(http::Routes& routes, Service& service) {
  auto& flow = service.sign_in;
  routes.Post<SignIn, SignInView>(
      "/session", Doc("Sign in; `step` says what comes next"),
      [&](Request const& r, SignIn const& in) { return Answer(flow.Begin(in, BrowserOf(r))); });
  routes.Post<GiveCode, SignInView>(
      "/session/code", Doc("The code of the second factor, or a recovery code"),
      [&](Request const& r, GiveCode const& in) { return Answer(flow.Code(in, BrowserOf(r))); });
  routes.Post<http::NoBody, EnrolmentView>("/session/enrolment",
                                           Doc("A secret for the authenticator app, while signing in"),
                                           [&](Request const& r) { return flow.Enrol(BrowserOf(r)); });
  routes.Post<GiveCode, SignInView>(
      "/session/enrolment/confirm", Doc("The first code of the app; answers with the recovery codes"),
      [&](Request const& r, GiveCode const& in) { return Answer(flow.ConfirmEnrolment(in, BrowserOf(r))); });
  routes.Post<NewPassword, SignInView>(
      "/session/new-password", Doc("A new password where one is due, while signing in"),
      [&](Request const& r, NewPassword const& in) { return Answer(flow.SetPassword(in, BrowserOf(r))); });
}

}  // namespace bole::identity
