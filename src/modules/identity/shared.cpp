#include "modules/identity/shared.hpp"

namespace bole::identity {

Result<> NeedsBrowser(Principal const& who) {
  if (who.by_token) return Fail(ErrorCode::kForbidden, "token.browser_only");
  if (who.read_only) return Fail(ErrorCode::kForbidden, "view_as.read_only");
  return {};
}

Result<> NeedsGroupWide(Shared& shared, db::Tx& tx, Principal const& who, std::string const& permission) {
  auto const root = shared.org.Root(tx);
  if (root && who.Can(permission, root->path)) return {};
  return Fail(ErrorCode::kForbidden, "security.group_only", {{"permission", permission}});
}

Result<> Manages(Shared& shared, db::Tx& tx, Principal const& who, std::string const& user_id) {
  if (!store::View(tx, Scope(who, "user.write"), user_id, shared.Now())) return NotFound("user");
  for (auto const& grant : store::Grants(tx, user_id))
    if (StateOf(grant, shared.Now()) != GrantState::expired && !who.Can("user.write", grant.org_path))
      return Fail(ErrorCode::kForbidden, "user.beyond_scope", {{"org", grant.org_name}});
  return {};
}

}  // namespace bole::identity
