#include "modules/identity/accounts.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "modules/identity/credential_store.hpp"
#include "modules/identity/session_store.hpp"

namespace bole::identity {
namespace {

bool IsUserName(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
  });
}

}  // namespace

Page<UserView> Accounts::List(Principal const& who, std::string const& text, int limit, std::string const& cursor) {
  return shared_.context.database.Read(
      [&](db::Tx& tx) { return store::Users(tx, Scope(who, "user.read"), text, limit, cursor, shared_.Now()); });
}

Result<UserView> Accounts::Get(Principal const& who, std::string const& id) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<UserView> {
    if (auto user = store::View(tx, Scope(who, "user.read"), id, shared_.Now())) return *user;
    return NotFound("user");
  });
}

Result<> Accounts::CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at) {
  if (!FindRole(tx, grant.role)) return FailField(at + "/role", "not_allowed");
  auto const node = shared_.org.Node(tx, Scope(who, "user.write"), grant.org_id);
  if (!node) return FailField(at + "/org_id", "not_found");
  if (grant.valid_from && grant.valid_until && *grant.valid_until < *grant.valid_from)
    return FailField(at + "/valid_until", "before_start");
  return {};
}

Result<> Accounts::CheckDuties(db::Tx& tx, std::string const& user_id, std::vector<CreateGrant> const& more) {
  std::vector<std::string> permissions;
  auto const add = [&](std::string const& key) {
    if (auto const role = FindRole(tx, key))
      permissions.insert(permissions.end(), role->permissions.begin(), role->permissions.end());
  };
  for (auto const& grant : store::Grants(tx, user_id))
    if (StateOf(grant, shared_.Now()) != GrantState::expired) add(grant.role);
  for (auto const& grant : more) add(grant.role);
  if (auto const rule = BrokenRule(DutiesOf(permissions)); !rule.empty())
    return Fail(ErrorCode::kConflict, std::string(rule));
  return {};
}

Result<> Accounts::CheckManager(db::Tx& tx, Principal const& who, std::string const& user_id,
                                std::optional<std::string> const& manager_id) {
  if (!manager_id) return {};
  if (!store::View(tx, Scope(who, "user.read"), *manager_id, shared_.Now()))
    return FailField("/manager_id", "not_found");
  auto const above = store::ManagersOf(tx, {*manager_id});
  if (*manager_id == user_id || std::find(above.begin(), above.end(), user_id) != above.end())
    return FailField("/manager_id", "reports_to_itself");
  return {};
}

std::vector<Colleague> Accounts::Colleagues(db::Tx& tx, std::string_view permission, std::string const& org_path,
                                            std::string const& text) {
  auto const wanted = AsciiLower(Trim(text));
  std::map<std::string, bool> roles;  // whether a role holds the permission
  std::vector<Colleague> out;
  for (auto const& grant : store::GrantsCovering(tx, org_path)) {
    if (StateOf(grant, shared_.Now()) != GrantState::in_force) continue;
    if (!out.empty() && out.back().id == grant.user_id) continue;
    auto role = roles.find(grant.role);
    if (role == roles.end()) {
      auto const found = FindRole(tx, grant.role);
      bool const holds = found && std::find(found->permissions.begin(), found->permissions.end(), permission) !=
                                      found->permissions.end();
      role = roles.emplace(grant.role, holds).first;
    }
    if (!role->second) continue;
    auto const user = store::UserById(tx, grant.user_id);
    if (!user || !user->active) continue;
    if (AsciiLower(user->name).find(wanted) != std::string::npos || user->user_name.find(wanted) != std::string::npos)
      out.push_back({user->id, user->user_name, user->name});
  }
  std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return out;
}

Result<UserView> Accounts::Create(Principal const& who, CreateUser const& input) {
  auto const now = shared_.Now();
  auto const user_name = AsciiLower(Trim(input.user_name));
  auto const policy = GetPolicy(shared_);
  FieldErrors errors;
  if (!IsUserName(user_name)) errors.push_back({"/user_name", "bad_user_name"});
  if (input.locale != "zh-CN" && input.locale != "en-US") errors.push_back({"/locale", "not_allowed"});
  shared_.passwords.Check(input.password, user_name, policy, "/password", errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const hash = shared_.passwords.hasher().Hash(input.password);
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<UserView> {
    auto const node = shared_.org.OpenNode(tx, Scope(who, "user.write"), input.org_id);
    if (!node) return FailFields({org::UnitError("/org_id", node.error())});
    if (store::UserByName(tx, user_name)) return FailField("/user_name", "taken");
    for (std::size_t i = 0; i < input.grants.size(); ++i)
      BOLE_TRY(CheckGrant(tx, who, input.grants[i], "/grants/" + std::to_string(i)));
    store::UserRow user{NewUlid(now), user_name, input.name, input.email, input.org_id, input.locale, hash};
    user.must_change_password = who.kind == PrincipalKind::user;
    user.password_set_at = now;
    if (input.manager_id && !input.manager_id->empty()) user.manager_id = input.manager_id;
    BOLE_TRY(CheckManager(tx, who, user.id, user.manager_id));
    BOLE_TRY(CheckDuties(tx, user.id, input.grants));
    auto const record =
        shared_.audit.Begin(tx, who, {"user.create", "user", user.id, user.org_id, {{"user_name", user_name}}});
    tx.Insert("app_user", user);
    store::AddPassword(tx, user.id, hash, policy.password_history, now);
    for (auto const& grant : input.grants)
      tx.Insert("role_grant",
                store::GrantRow{NewUlid(now), user.id, grant.role, grant.org_id, grant.valid_until, grant.valid_from});
    shared_.audit.Succeeded(tx, record);
    return *store::View(tx, Scope::Everything(), user.id, now);
  });
}

Result<UserView> Accounts::Patch(Principal const& who, std::string const& id, PatchUser const& input) {
  if (input.locale && *input.locale != "zh-CN" && *input.locale != "en-US") return FailField("/locale", "not_allowed");
  if (input.active == false && who.id == id) return Fail(ErrorCode::kConflict, "user.own_account");
  if (input.password && who.id == id) return Fail(ErrorCode::kForbidden, "user.own_password");
  auto& database = shared_.context.database;
  auto const policy = GetPolicy(shared_);
  std::string hash;
  if (input.password) {
    auto const user =
        database.Read([&](db::Tx& tx) { return store::View(tx, Scope(who, "user.write"), id, shared_.Now()); });
    if (!user) return NotFound("user");
    FieldErrors errors;
    shared_.passwords.Check(*input.password, user->user_name, policy, "/password", errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    hash = shared_.passwords.hasher().Hash(*input.password);
  }
  return database.Write([&](db::Tx& tx) -> Result<UserView> {
    BOLE_TRY(Manages(shared_, tx, who, id));
    auto user = *store::UserById(tx, id);
    auto const before = user;
    if (input.org_id && *input.org_id != user.org_id) {
      auto const node = shared_.org.OpenNode(tx, Scope(who, "user.write"), *input.org_id);
      if (!node) return FailFields({org::UnitError("/org_id", node.error())});
      user.org_id = node->id;
    }
    if (input.name) user.name = *input.name;
    if (input.email) user.email = *input.email;
    if (input.locale) user.locale = *input.locale;
    if (input.active) user.active = *input.active;
    if (input.manager_id) {
      user.manager_id = input.manager_id->empty() ? std::nullopt : input.manager_id;
      BOLE_TRY(CheckManager(tx, who, id, user.manager_id));
    }
    if (input.password) {
      user.password_hash = hash;
      user.password_set_at = shared_.Now();
      user.must_change_password = who.kind == PrincipalKind::user;
      store::AddPassword(tx, id, hash, policy.password_history, shared_.Now());
    }
    json::array changed;
    for (auto const& [name, differs] :
         std::initializer_list<std::pair<char const*, bool>>{{"name", user.name != before.name},
                                                             {"email", user.email != before.email},
                                                             {"org_id", user.org_id != before.org_id},
                                                             {"locale", user.locale != before.locale},
                                                             {"manager_id", user.manager_id != before.manager_id}})
      if (differs) changed.emplace_back(name);
    auto const record = shared_.audit.Begin(tx, who,
                                            {"user.update",
                                             "user",
                                             id,
                                             user.org_id,
                                             {{"active", user.active},
                                              {"password", input.password.has_value()},
                                              {"changed", std::move(changed)},
                                              {"manager", user.manager_id.value_or("")},
                                              {"from", before.org_id}}});
    user.version = input.version + 1;
    if (!store::Update(tx, user, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (input.password || !user.active) {
      store::DeleteSessions(tx, id, who.session_id);
      store::DeletePending(tx, id);
      // Somebody else may have known the password: what it made does not outlive it.
      for (auto const& token : store::TokensOf(tx, id)) store::DeleteToken(tx, id, token.id);
    }
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

Result<UserView> Accounts::Unlock(Principal const& who, std::string const& id) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<UserView> {
    BOLE_TRY(Manages(shared_, tx, who, id));
    auto user = *store::UserById(tx, id);
    auto const record = shared_.audit.Begin(tx, who, {"user.unlock", "user", id, user.org_id, {}});
    user.failed_attempts = 0;
    user.locked_until.reset();
    store::SaveSignIn(tx, user);
    shared_.audit.Succeeded(tx, record);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

Result<UserView> Accounts::Grant(Principal const& who, std::string const& id, CreateGrant const& input) {
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<UserView> {
    if (!store::View(tx, Scope(who, "user.write"), id, shared_.Now())) return NotFound("user");
    BOLE_TRY(CheckGrant(tx, who, input, ""));
    BOLE_TRY(CheckDuties(tx, id, {input}));
    auto const record = shared_.audit.Begin(tx, who,
                                            {"user.grant",
                                             "user",
                                             id,
                                             input.org_id,
                                             {{"role", input.role},
                                              {"from", input.valid_from ? FormatDate(*input.valid_from) : ""},
                                              {"until", input.valid_until ? FormatDate(*input.valid_until) : ""}}});
    tx.Insert("role_grant", store::GrantRow{NewUlid(shared_.Now()), id, input.role, input.org_id, input.valid_until,
                                            input.valid_from});
    auto const protected_roles = PolicyNow(tx).mfa_roles;
    if (std::find(protected_roles.begin(), protected_roles.end(), input.role) != protected_roles.end())
      EndWithoutFactor(tx, id, "");
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

Result<UserView> Accounts::Revoke(Principal const& who, std::string const& id, std::string const& grant_id) {
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<UserView> {
    if (!store::View(tx, Scope(who, "user.write"), id, shared_.Now())) return NotFound("user");
    auto const grants = store::Grants(tx, id);
    auto const grant =
        std::find_if(grants.begin(), grants.end(), [&](auto const& candidate) { return candidate.id == grant_id; });
    if (grant == grants.end()) return NotFound("grant");
    if (!who.Can("user.write", grant->org_path))
      return Fail(ErrorCode::kForbidden, "user.beyond_scope", {{"org", grant->org_name}});
    auto const record = shared_.audit.Begin(
        tx, who, {"user.revoke", "user", id, grant->org_id, {{"grant", grant_id}, {"role", grant->role}}});
    store::DeleteGrant(tx, id, grant_id);
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

Result<Principal> Accounts::PrincipalOf(std::string const& user_name) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Principal> {
    auto const user = store::UserByName(tx, user_name);
    if (!user) return NotFound("user");
    return RightsOf(tx, *user, "", shared_.Now()).who;
  });
}

}  // namespace bole::identity
