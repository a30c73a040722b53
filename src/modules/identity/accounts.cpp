#include <algorithm>

#include "base/text.hpp"
#include "modules/identity/service.hpp"

namespace bole::identity {
namespace {

bool IsUserName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
  });
}

}  // namespace

Page<UserView> Service::Users(Principal const& who, std::string const& text, int limit, std::string const& cursor) {
  return database_.Read([&](db::Tx& tx) { return store::Users(tx, Scope(who, "user.read"), text, limit, cursor); });
}

std::vector<RoleView> Service::RolesOf(db::Tx& tx, std::string const& user_id) {
  std::vector<RoleView> out;
  for (auto const& grant : store::Grants(tx, user_id))
    if (auto const* role = FindRole(grant.role)) out.push_back(*role);
  return out;
}

Result<UserView> Service::User(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<UserView> {
    if (auto user = store::View(tx, Scope(who, "user.read"), id)) return *user;
    return NotFound("user");
  });
}

// A role can be given only where the giver manages accounts, and nobody changes his own rights.
Result<> Service::CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at) {
  if (!FindRole(grant.role)) return FailField(at + "/role", "not_allowed");
  if (!org_.Node(tx, Scope(who, "user.write"), grant.org_id)) return FailField(at + "/org_id", "not_found");
  return {};
}

Result<UserView> Service::CreateUser(Principal const& who, identity::CreateUser const& input) {
  auto const user_name = AsciiLower(Trim(input.user_name));
  FieldErrors errors;
  if (!IsUserName(user_name)) errors.push_back({"/user_name", "bad_user_name"});
  if (input.locale != "zh-CN" && input.locale != "en-US") errors.push_back({"/locale", "not_allowed"});
  if (input.password.find(user_name) != std::string::npos) errors.push_back({"/password", "contains_user_name"});
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const hash = passwords_.Hash(input.password);
  return database_.Write([&](db::Tx& tx) -> Result<UserView> {
    auto const node = org_.Node(tx, Scope(who, "user.write"), input.org_id);
    if (!node) return FailField("/org_id", "not_found");
    if (store::UserByName(tx, user_name)) return FailField("/user_name", "taken");
    for (std::size_t i = 0; i < input.grants.size(); ++i)
      BOLE_TRY(CheckGrant(tx, who, input.grants[i], "/grants/" + std::to_string(i)));
    store::UserRow const user{NewUlid(clock_.Now()), user_name, input.name, input.email, input.org_id,
                              input.locale,          hash,      true,       0,           std::nullopt,
                              std::nullopt,          1};
    auto const record =
        audit_.Begin(tx, who, {"user.create", "user", user.id, user.org_id, {{"user_name", user_name}}});
    tx.Insert("app_user", user);
    for (auto const& grant : input.grants)
      tx.Insert("role_grant",
                store::GrantRow{NewUlid(clock_.Now()), user.id, grant.role, grant.org_id, grant.valid_until});
    audit_.Succeeded(tx, record);
    return *store::View(tx, Scope::Everything(), user.id);
  });
}

Result<UserView> Service::PatchUser(Principal const& who, std::string const& id, identity::PatchUser const& input) {
  if (input.locale && *input.locale != "zh-CN" && *input.locale != "en-US") return FailField("/locale", "not_allowed");
  if (input.active == false && who.id == id) return Fail(ErrorCode::kConflict, "user.own_account");
  auto const hash = input.password ? passwords_.Hash(*input.password) : std::string();
  return database_.Write([&](db::Tx& tx) -> Result<UserView> {
    if (!store::View(tx, Scope(who, "user.write"), id)) return NotFound("user");
    auto user = *store::UserById(tx, id);
    if (input.name) user.name = *input.name;
    if (input.email) user.email = *input.email;
    if (input.locale) user.locale = *input.locale;
    if (input.active) user.active = *input.active;
    if (input.password) user.password_hash = hash;
    auto const record = audit_.Begin(
        tx, who,
        {"user.update", "user", id, user.org_id, {{"active", user.active}, {"password", input.password.has_value()}}});
    user.version = input.version + 1;
    if (!store::Update(tx, user, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (input.password || !user.active) store::DeleteSessions(tx, id, who.session_id);
    audit_.Succeeded(tx, record);
    tx.OnCommit([this] { Forget(); });
    return *store::View(tx, Scope::Everything(), id);
  });
}

Result<UserView> Service::Grant(Principal const& who, std::string const& id, CreateGrant const& input) {
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  return database_.Write([&](db::Tx& tx) -> Result<UserView> {
    auto const user = store::View(tx, Scope(who, "user.write"), id);
    if (!user) return NotFound("user");
    BOLE_TRY(CheckGrant(tx, who, input, ""));
    auto const record = audit_.Begin(tx, who, {"user.grant", "user", id, input.org_id, {{"role", input.role}}});
    tx.Insert("role_grant", store::GrantRow{NewUlid(clock_.Now()), id, input.role, input.org_id, input.valid_until});
    audit_.Succeeded(tx, record);
    tx.OnCommit([this] { Forget(); });
    return *store::View(tx, Scope::Everything(), id);
  });
}

Result<UserView> Service::Revoke(Principal const& who, std::string const& id, std::string const& grant_id) {
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  return database_.Write([&](db::Tx& tx) -> Result<UserView> {
    if (!store::View(tx, Scope(who, "user.write"), id)) return NotFound("user");
    auto const record = audit_.Begin(tx, who, {"user.revoke", "user", id, {}, {{"grant", grant_id}}});
    if (!store::DeleteGrant(tx, id, grant_id)) return NotFound("grant");
    audit_.Succeeded(tx, record);
    tx.OnCommit([this] { Forget(); });
    return *store::View(tx, Scope::Everything(), id);
  });
}

}  // namespace bole::identity
