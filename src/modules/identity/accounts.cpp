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

FieldErrors NameErrors(CreateUser const& input) {
  FieldErrors out;
  auto const user_name = AsciiLower(Trim(input.user_name));
  if (user_name.size() < 2)
    out.push_back({"/user_name", "too_short", {{"min", "2"}}});
  else if (!IsUserName(user_name))
    out.push_back({"/user_name", "bad_user_name"});
  if (input.locale != "zh-CN" && input.locale != "en-US") out.push_back({"/locale", "not_allowed"});
  return out;
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
  auto errors = NameErrors(input);
  shared_.passwords.Check(input.password, AsciiLower(Trim(input.user_name)), GetPolicy(shared_), "/password", errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const hash = shared_.passwords.hasher().Hash(input.password);
  return shared_.context.database.Write([&](db::Tx& tx) { return Add(tx, who, input, hash); });
}

Result<store::UserRow> Accounts::Draft(db::Tx& tx, Principal const& who, CreateUser const& input) {
  if (auto errors = NameErrors(input); !errors.empty()) return FailFields(std::move(errors));
  auto const user_name = AsciiLower(Trim(input.user_name));
  auto const node = shared_.org.OpenNode(tx, Scope(who, "user.write"), input.org_id);
  if (!node) return FailFields({org::UnitError("/org_id", node.error())});
  if (store::UserByName(tx, user_name)) return FailField("/user_name", "taken");
  for (std::size_t i = 0; i < input.grants.size(); ++i)
    BOLE_TRY(CheckGrant(tx, who, input.grants[i], "/grants/" + std::to_string(i)));
  auto const now = shared_.Now();
  store::UserRow user{NewUlid(now), user_name, input.name, input.email, input.org_id, input.locale, ""};
  user.password_set_at = now;
  if (input.manager_id && !input.manager_id->empty()) user.manager_id = input.manager_id;
  BOLE_TRY(CheckManager(tx, who, user.id, user.manager_id));
  BOLE_TRY(CheckDuties(tx, user.id, input.grants));
  return user;
}

Result<UserView> Accounts::Add(db::Tx& tx, Principal const& who, CreateUser const& input, std::string const& hash) {
  BOLE_ASSIGN(auto user, Draft(tx, who, input));
  auto const now = shared_.Now();
  user.password_hash = hash;
  user.must_change_password = !hash.empty() && who.kind == PrincipalKind::user;
  auto const record =
      shared_.audit.Begin(tx, who, {"user.create", "user", user.id, user.org_id, {{"user_name", user.user_name}}});
  tx.Insert("app_user", user);
  if (!hash.empty()) store::AddPassword(tx, user.id, hash, PolicyNow(tx).password_history, now);
  for (auto const& grant : input.grants)
    tx.Insert("role_grant",
              store::GrantRow{NewUlid(now), user.id, grant.role, grant.org_id, grant.valid_until, grant.valid_from});
  shared_.audit.Succeeded(tx, record);
  return *store::View(tx, Scope::Everything(), user.id, now);
}

Result<UserView> Accounts::Patch(Principal const& who, std::string const& id, PatchUser const& input) {
  if (input.password && who.id == id) return Fail(ErrorCode::kForbidden, "user.own_password");
  auto& database = shared_.context.database;
  std::string hash;
  if (input.password) {
    auto const user =
        database.Read([&](db::Tx& tx) { return store::View(tx, Scope(who, "user.write"), id, shared_.Now()); });
    if (!user) return NotFound("user");
    FieldErrors errors;
    shared_.passwords.Check(*input.password, user->user_name, GetPolicy(shared_), "/password", errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    hash = shared_.passwords.hasher().Hash(*input.password);
  }
  return database.Write([&](db::Tx& tx) { return Change(tx, who, id, input, hash); });
}

Result<store::UserRow> Accounts::Draft(db::Tx& tx, Principal const& who, std::string const& id,
                                       PatchUser const& input) {
  if (input.locale && *input.locale != "zh-CN" && *input.locale != "en-US") return FailField("/locale", "not_allowed");
  if (input.active == false && who.id == id) return Fail(ErrorCode::kConflict, "user.own_account");
  BOLE_TRY(Manages(shared_, tx, who, id));
  auto user = *store::UserById(tx, id);
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
  return user;
}

Result<UserView> Accounts::Change(db::Tx& tx, Principal const& who, std::string const& id, PatchUser const& input,
                                  std::string const& hash) {
  BOLE_ASSIGN(auto user, Draft(tx, who, id, input));
  auto const before = *store::UserById(tx, id);
  if (!hash.empty()) {
    user.password_hash = hash;
    user.password_set_at = shared_.Now();
    user.must_change_password = who.kind == PrincipalKind::user;
    store::AddPassword(tx, id, hash, PolicyNow(tx).password_history, shared_.Now());
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
                                            {"password", !hash.empty()},
                                            {"changed", std::move(changed)},
                                            {"manager", user.manager_id.value_or("")},
                                            {"from", before.org_id}}});
  user.version = input.version + 1;
  if (!store::Update(tx, user, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  if (!hash.empty() || !user.active) {
    store::DeleteSessions(tx, id, who.session_id);
    store::DeletePending(tx, id);
    // Somebody else may have known the password: what it made does not outlive it.
    for (auto const& token : store::TokensOf(tx, id)) store::DeleteToken(tx, id, token.id);
  }
  shared_.audit.Succeeded(tx, record);
  shared_.ForgetOnCommit(tx);
  return *store::View(tx, Scope::Everything(), id, shared_.Now());
}

Result<> Accounts::Withdraw(db::Tx& tx, Principal const& who, std::string const& id, bool in_use) {
  BOLE_TRY(Manages(shared_, tx, who, id));
  auto const user = *store::UserById(tx, id);
  if (in_use || user.last_sign_in_at || store::HasReports(tx, id)) {
    if (!user.active) return {};
    PatchUser close{.version = user.version};
    close.active = false;
    BOLE_TRY(Change(tx, who, id, close, ""));
    return {};
  }
  auto const record =
      shared_.audit.Begin(tx, who, {"user.delete", "user", id, user.org_id, {{"user_name", user.user_name}}});
  store::DeleteUser(tx, id);
  shared_.audit.Succeeded(tx, record);
  shared_.ForgetOnCommit(tx);
  return {};
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

Result<Principal> Accounts::PrincipalOf(std::string const& user_name) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Principal> {
    auto const user = store::UserByName(tx, user_name);
    if (!user) return NotFound("user");
    return RightsOf(tx, *user, "", shared_.Now()).who;
  });
}

}  // namespace bole::identity
