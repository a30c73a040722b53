#include "modules/identity/service.hpp"
#include "platform/http/routes.hpp"

namespace bole::identity {
namespace {

using http::NoContent;
using http::Request;

http::RouteDoc Doc(char const* permission, char const* summary, int status = 200) {
  return {.permission = permission, .tag = "security", .summary = summary, .status = status};
}

}  // namespace

void RegisterSecurityRoutes(http::Routes& routes, Service& service) {
  auto& roles = service.roles;
  routes.Get<Items<PermissionView>>("/permissions", Doc("signed_in", "Every permission there is"),
                                    [&](Request const&) -> Result<Items<PermissionView>> { return roles.Catalogue(); });
  routes.Get<Items<RoleView>>("/roles", Doc("signed_in", "Roles and their rights"),
                              [&](Request const&) -> Result<Items<RoleView>> { return roles.All(); });
  routes.Post<CreateRole, RoleView>("/roles", Doc("security.write", "Add a role", 201),
                                    [&](Request const& r, CreateRole const& in) { return roles.Create(r.who(), in); });
  routes.Patch<PatchRole, RoleView>(
      "/roles/{key}", Doc("security.write", "Change a role of one's own"),
      [&](Request const& r, PatchRole const& in) { return roles.Patch(r.who(), r.Param("key"), in); });
  routes.Delete<NoContent>("/roles/{key}", Doc("security.write", "Delete a role that nobody holds"),
                           [&](Request const& r) { return roles.Delete(r.who(), r.Param("key")); });
  routes.Get<Items<HolderView>>("/roles/{key}/holders", Doc("user.read", "Who holds a role"),
                                [&](Request const& r) { return roles.HoldersOf(r.who(), r.Param("key")); });
  routes.Get<SecurityPolicy>("/security/policy", Doc("security.read", "Rules for passwords, locks, sessions"),
                             [&](Request const&) -> Result<SecurityPolicy> { return GetPolicy(service.shared); });
  routes.Put<SecurityPolicy, SecurityPolicy>(
      "/security/policy", Doc("security.write", "Change the rules"),
      [&](Request const& r, SecurityPolicy const& in) { return SetPolicy(service.shared, r.who(), in); });
  routes.Get<AccessQuery, AccessView>(
      "/access", Doc("user.read", "Who can see a candidate, an interview or a node, and through which grant"),
      [&](Request const& r, AccessQuery const& q) { return service.access.Of(r.who(), q); });
}

}  // namespace bole::identity
