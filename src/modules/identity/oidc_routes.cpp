#include "modules/identity/service.hpp"
#include "platform/fetch/fetch.hpp"
#include "platform/http/routes.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::identity {

struct SignInOptions {
  std::optional<std::string> oidc_label;  // the button for the identity provider
  std::optional<std::string> problem;     // what went wrong on the way back from it
};
BOOST_DESCRIBE_STRUCT(SignInOptions, (), (oidc_label, problem))

struct OptionsQuery {
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(OptionsQuery, (), (problem))

namespace {

using http::Request;
using http::Response;

constexpr std::chrono::minutes kRoundTripCookie{10};
constexpr std::chrono::hours kSessionCookie{168};

// Not an API answer but a step of the browser: failures lead to the sign-in page, which asks for the words.
Response Redirect(std::string address) {
  auto out = Response::Text("see Location\n");
  out.status = 302;
  out.Set("Location", std::move(address));
  return out;
}
Response BackToSignIn(Error const& error) { return Redirect("/sign-in?problem=" + fetch::PercentEncode(error.key)); }
// The round trip to the provider is over, however it went.
Response Ended(Response out) {
  out.cookies.push_back({"bole_oidc", "", std::chrono::seconds(0), "/", true});
  return out;
}

http::RouteDoc Doc(char const* summary) {
  return {.permission = "public", .tag = "session", .summary = summary, .status = 302, .rate_class = "sign_in"};
}

}  // namespace

void RegisterOidcRoutes(http::Routes& routes, Service& service) {
  routes.Get<OptionsQuery, SignInOptions>("/session/options",
                                          {.permission = "public", .tag = "session", .summary = "Ways to sign in"},
                                          [&](Request const& r, OptionsQuery const& q) -> Result<SignInOptions> {
                                            SignInOptions out;
                                            if (service.oidc.enabled()) out.oidc_label = service.oidc.settings().label;
                                            auto const& messages = service.shared.context.messages;
                                            auto const key = "error." + q.problem.value_or("");
                                            if (key.starts_with("error.oidc.") && messages.Has(r.locale, key))
                                              out.problem = messages.Text(r.locale, key);
                                            return out;
                                          });
  routes.Raw(http::Method::kGet, "/session/oidc/start", Doc("To the identity provider"), {{}, {"text/plain"}},
             [&](Request const& r) -> Result<Response> {
               auto begun = service.oidc.Begin(std::string(r.Query("return_to")));
               if (!begun) return BackToSignIn(begun.error());
               auto out = Redirect(std::move(begun->address));
               out.cookies.push_back({"bole_oidc", std::move(begun->browser), kRoundTripCookie, "/", true});
               return out;
             });
  routes.Raw(
      http::Method::kGet, "/session/oidc/callback", Doc("Back from the identity provider"), {{}, {"text/plain"}},
      [&](Request const& r) -> Result<Response> {
        auto done = service.oidc.Finish(
            {std::string(r.Query("code")), std::string(r.Query("state")), std::string(r.Query("error")),
             std::string(r.Cookie("bole_oidc"))},
            {{std::string(r.Header("user-agent")), r.remote_address}, std::string(r.Cookie("bole_session")), ""});
        if (!done) return Ended(BackToSignIn(done.error()));
        auto& outcome = done->outcome;
        if (outcome.pending.empty()) {
          auto out = Redirect(std::move(done->return_to));
          out.cookies.push_back({"bole_session", std::move(outcome.session), kSessionCookie});
          return Ended(std::move(out));
        }
        auto out = Redirect(std::string("/sign-in?step=") + boost::describe::enum_to_string(outcome.view.step, "") +
                            "&next=" + fetch::PercentEncode(done->return_to));
        out.cookies.push_back({"bole_pending", std::move(outcome.pending), kRoundTripCookie});
        return Ended(std::move(out));
      });
}

}  // namespace bole::identity
