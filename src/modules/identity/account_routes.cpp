#include "modules/identity/service.hpp"
#include "platform/http/routes.hpp"

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

using http::NoContent;
using http::Request;

http::RouteDoc Read(char const* summary) { return {.permission = "user.read", .tag = "users", .summary = summary}; }
http::RouteDoc Write(char const* summary, int status = 200) {
  return {.permission = "user.write", .tag = "users", .summary = summary, .status = status};
}

void UserRoutes(http::Routes& routes, Accounts& accounts) {
  routes.Get<UserListQuery, Page<UserView>>(
      "/users", Read("Accounts"), [&](Request const& r, UserListQuery const& q) -> Result<Page<UserView>> {
        return accounts.List(r.who(), q.q.value_or(""), q.limit.value_or(50), q.cursor.value_or(""));
      });
  routes.Post<CreateUser, UserView>(
      "/users", Write("Add an account", 201),
      [&](Request const& r, CreateUser const& in) { return accounts.Create(r.who(), in); });
  routes.Get<UserView>("/users/{id}", Read("One account"),
                       [&](Request const& r) { return accounts.Get(r.who(), r.Param("id")); });
  routes.Patch<PatchUser, UserView>(
      "/users/{id}", Write("Change an account"),
      [&](Request const& r, PatchUser const& in) { return accounts.Patch(r.who(), r.Param("id"), in); });
  routes.Delete<UserView>("/users/{id}/lock", Write("End a lock after wrong passwords"),
                          [&](Request const& r) { return accounts.Unlock(r.who(), r.Param("id")); });
  routes.Post<CreateGrant, UserView>(
      "/users/{id}/grants", Write("Give a role", 201),
      [&](Request const& r, CreateGrant const& in) { return accounts.Grant(r.who(), r.Param("id"), in); });
  routes.Delete<UserView>("/users/{id}/grants/{grant_id}", Write("Take a role away"), [&](Request const& r) {
    return accounts.Revoke(r.who(), r.Param("id"), r.Param("grant_id"));
  });
}

void CareRoutes(http::Routes& routes, Service& service) {
  routes.Delete<NoContent>("/users/{id}/second-factor", Write("Reset the second factor after a lost phone"),
                           [&](Request const& r) { return service.second_factor.RemoveOf(r.who(), r.Param("id")); });
  routes.Get<Items<DeviceView>>("/users/{id}/sessions", Write("Where a person is signed in"),
                                [&](Request const& r) { return service.sessions.Of(r.who(), r.Param("id")); });
  routes.Delete<NoContent>(
      "/users/{id}/sessions/{session_id}", Write("Sign a person out; \"all\" for everywhere"),
      [&](Request const& r) { return service.sessions.EndOf(r.who(), r.Param("id"), r.Param("session_id")); });
  routes.Get<Items<TokenView>>("/users/{id}/tokens", Write("API tokens of a person"),
                               [&](Request const& r) { return service.tokens.Of(r.who(), r.Param("id")); });
  routes.Delete<NoContent>(
      "/users/{id}/tokens/{token_id}", Write("End an API token of a person"),
      [&](Request const& r) { return service.tokens.RevokeOf(r.who(), r.Param("id"), r.Param("token_id")); });
  routes.Get<UserAccess>("/users/{id}/access", Read("What a person can do where"),
                         [&](Request const& r) { return service.access.OfUser(r.who(), r.Param("id")); });
}

}  // namespace

void RegisterAccountRoutes(http::Routes& routes, Service& service) {
  UserRoutes(routes, service.accounts);
  CareRoutes(routes, service);
}

}  // namespace bole::identity
