#include "modules/identity/service.hpp"
#include "platform/http/routes.hpp"

// What a signed-in person does for himself.
namespace bole::identity {
namespace {

using http::NoBody;
using http::NoContent;
using http::Reply;
using http::Request;

http::RouteDoc Doc(char const* summary, int status = 200) {
  return {.permission = "signed_in", .tag = "session", .summary = summary, .status = status};
}
// For acts that check a password or code: as slow to guess as signing in.
http::RouteDoc Guarded(char const* summary) {
  return {.permission = "signed_in", .tag = "session", .summary = summary, .rate_class = "sign_in"};
}

void SessionRoutes(http::Routes& routes, Service& service) {
  auto& sessions = service.sessions;
  routes.Get<SessionView>("/session", Doc("Who am I"), [&](Request const& r) { return sessions.View(r.who()); });
  routes.Patch<PatchSession, SessionView>(
      "/session", Doc("My language"),
      [&](Request const& r, PatchSession const& in) { return sessions.SetLocale(r.who(), in); });
  auto out = Doc("Sign out");
  out.while_viewing = true;
  routes.Delete<NoContent>("/session", out, [&](Request const& r) -> Result<Reply<NoContent>> {
    BOLE_TRY(sessions.End(r.who()));
    return Reply<NoContent>{{}, {{"bole_session", ""}}};
  });
  routes.Get<Items<DeviceView>>("/session/devices", Doc("Where I am signed in"),
                                [&](Request const& r) { return sessions.Mine(r.who()); });
  routes.Delete<NoContent>("/session/devices/{id}", Doc("Sign out there"),
                           [&](Request const& r) { return sessions.EndMine(r.who(), r.Param("id")); });
  routes.Delete<NoContent>("/session/devices", Doc("Sign out everywhere else"),
                           [&](Request const& r) { return sessions.EndMyOthers(r.who()); });
  routes.Post<ViewAs, SessionView>(
      "/session/view-as",
      {.permission = "security.view_as", .tag = "session", .summary = "Look as another person, read-only (audited)"},
      [&](Request const& r, ViewAs const& in) { return sessions.BeginViewAs(r.who(), in); });
  auto end = Doc("Look as myself again");
  end.while_viewing = true;
  routes.Delete<SessionView>("/session/view-as", end, [&](Request const& r) { return sessions.EndViewAs(r.who()); });
}

void ProtectionRoutes(http::Routes& routes, Service& service) {
  auto& factor = service.second_factor;
  routes.Post<ChangePassword, NoContent>(
      "/session/password", Guarded("Change my password"),
      [&](Request const& r, ChangePassword const& in) { return service.sign_in.ChangeMine(r.who(), in); });
  routes.Get<ProtectionView>("/session/protection", Doc("How my account is protected"),
                             [&](Request const& r) { return factor.Protection(r.who()); });
  routes.Post<GivePassword, EnrolmentView>(
      "/session/second-factor", Guarded("Begin to set up an authenticator app"),
      [&](Request const& r, GivePassword const& in) { return factor.BeginMine(r.who(), in); });
  routes.Post<GiveCode, RecoveryCodes>(
      "/session/second-factor/confirm", Guarded("The first code of the app"),
      [&](Request const& r, GiveCode const& in) { return factor.ConfirmMine(r.who(), in); });
  routes.Post<GivePassword, RecoveryCodes>(
      "/session/second-factor/recovery-codes", Guarded("New recovery codes; the old ones end"),
      [&](Request const& r, GivePassword const& in) { return factor.NewCodes(r.who(), in); });
  routes.Post<GivePassword, NoContent>(
      "/session/second-factor/remove", Guarded("Sign in without an authenticator app again"),
      [&](Request const& r, GivePassword const& in) { return factor.RemoveMine(r.who(), in); });
}

void TokenRoutes(http::Routes& routes, Service& service) {
  auto& tokens = service.tokens;
  routes.Get<Items<TokenView>>("/session/tokens", Doc("My API tokens"),
                               [&](Request const& r) { return tokens.Mine(r.who()); });
  routes.Post<CreateToken, CreatedToken>(
      "/session/tokens", Doc("Make an API token; it is shown this once", 201),
      [&](Request const& r, CreateToken const& in) { return tokens.Create(r.who(), in); });
  routes.Delete<NoContent>("/session/tokens/{id}", Doc("End an API token"),
                           [&](Request const& r) { return tokens.RevokeMine(r.who(), r.Param("id")); });
}

}  // namespace

void RegisterMyRoutes(http::Routes& routes, Service& service) {
  SessionRoutes(routes, service);
  ProtectionRoutes(routes, service);
  TokenRoutes(routes, service);
}

}  // namespace bole::identity
