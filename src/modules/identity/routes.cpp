#include "platform/http/routes.hpp"
#include "modules/identity/service.hpp"

namespace bole::identity {

struct UserListQuery {
  std::optional<std::string> q;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(UserListQuery, (), (q, limit, cursor))

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::UserListQuery> =
    std::tuple{Field<&identity::UserListQuery::q>{{.max_length = 100}},
               Field<&identity::UserListQuery::limit>{{.min = 1, .max = 200}},
               Field<&identity::UserListQuery::cursor>{{.max_length = 26}}};
}

namespace bole::identity {
namespace {

using http::Reply;
using http::Request;

constexpr std::chrono::hours kCookieAge{12};

void SessionRoutes(http::Routes& routes, Service& service) {
  routes.Post<SignIn, SessionView>(
      "/session", {.permission = "public", .tag = "session", .summary = "Sign in", .rate_class = "sign_in"},
      [&](Request const&, SignIn const& in) -> Result<Reply<SessionView>> {
        BOLE_ASSIGN(auto done, service.Begin(in));
        return Reply<SessionView>{std::move(done.view), {{"bole_session", std::move(done.token), kCookieAge}}};
      });
  routes.Get<SessionView>("/session", {.permission = "signed_in", .tag = "session", .summary = "Who am I"},
                          [&](Request const& r) { return service.Session(r.who()); });
  routes.Patch<PatchSession, SessionView>(
      "/session", {.permission = "signed_in", .tag = "session", .summary = "My language"},
      [&](Request const& r, PatchSession const& in) { return service.SetLocale(r.who(), in); });
  routes.Delete<http::NoContent>("/session", {.permission = "signed_in", .tag = "session", .summary = "Sign out"},
                                 [&](Request const& r) -> Result<Reply<http::NoContent>> {
                                   BOLE_TRY(service.End(r.who()));
                                   return Reply<http::NoContent>{{}, {{"bole_session", ""}}};
                                 });
  routes.Post<ChangePassword, http::NoContent>(
      "/session/password",
      {.permission = "signed_in", .tag = "session", .summary = "Change my password", .rate_class = "sign_in"},
      [&](Request const& r, ChangePassword const& in) { return service.SetPassword(r.who(), in); });
}

void AccountRoutes(http::Routes& routes, Service& service) {
  routes.Get<Items<RoleView>>(
      "/roles", {.permission = "signed_in", .tag = "users", .summary = "Roles and their rights"},
      [](Request const&) -> Result<Items<RoleView>> { return Items<RoleView>{ShippedRoles()}; });
  routes.Get<UserListQuery, Page<UserView>>(
      "/users", {.permission = "user.read", .tag = "users", .summary = "Accounts"},
      [&](Request const& r, UserListQuery const& q) -> Result<Page<UserView>> {
        return service.Users(r.who(), q.q.value_or(""), q.limit.value_or(50), q.cursor.value_or(""));
      });
  routes.Post<CreateUser, UserView>(
      "/users", {.permission = "user.write", .tag = "users", .summary = "Add an account", .status = 201},
      [&](Request const& r, CreateUser const& in) { return service.CreateUser(r.who(), in); });
  routes.Get<UserView>("/users/{id}", {.permission = "user.read", .tag = "users", .summary = "One account"},
                       [&](Request const& r) { return service.User(r.who(), r.Param("id")); });
  routes.Patch<PatchUser, UserView>(
      "/users/{id}", {.permission = "user.write", .tag = "users", .summary = "Change an account"},
      [&](Request const& r, PatchUser const& in) { return service.PatchUser(r.who(), r.Param("id"), in); });
  routes.Post<CreateGrant, UserView>(
      "/users/{id}/grants", {.permission = "user.write", .tag = "users", .summary = "Give a role", .status = 201},
      [&](Request const& r, CreateGrant const& in) { return service.Grant(r.who(), r.Param("id"), in); });
  routes.Delete<UserView>(
      "/users/{id}/grants/{grant_id}", {.permission = "user.write", .tag = "users", .summary = "Take a role away"},
      [&](Request const& r) { return service.Revoke(r.who(), r.Param("id"), r.Param("grant_id")); });
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service) {
  SessionRoutes(routes, service);
  AccountRoutes(routes, service);
}

}  // namespace bole::identity
