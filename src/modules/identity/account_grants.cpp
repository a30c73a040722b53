#include <algorithm>

#include "modules/identity/accounts.hpp"

// Which roles an account holds where.
namespace bole::identity {

Result<> Accounts::CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at) {
  if (!FindRole(tx, grant.role)) return FailField(at + "/role", "not_allowed");
  auto const node = shared_.org.Node(tx, Scope(who, "user.write"), grant.org_id);
  if (!node) return FailField(at + "/org_id", "not_found");
  if (grant.valid_from && grant.valid_until && *grant.valid_until < *grant.valid_from)
    return FailField(at + "/valid_until", "before_start");
  return {};
}

Result<> Accounts::CheckDuties(db::Tx& tx, std::string const& user_id, std::vector<CreateGrant> const& more,
                               std::vector<store::GrantPathRow> const& without) {
  std::vector<std::string> permissions;
  auto const add = [&](std::string const& key) {
    if (auto const role = FindRole(tx, key))
      permissions.insert(permissions.end(), role->permissions.begin(), role->permissions.end());
  };
  for (auto const& grant : store::Grants(tx, user_id))
    if (StateOf(grant, shared_.Now()) != GrantState::expired &&
        std::none_of(without.begin(), without.end(), [&](auto const& gone) { return gone.id == grant.id; }))
      add(grant.role);
  for (auto const& grant : more) add(grant.role);
  if (auto const rule = BrokenRule(DutiesOf(permissions)); !rule.empty())
    return Fail(ErrorCode::kConflict, std::string(rule));
  return {};
}

Result<UserView> Accounts::Grant(Principal const& who, std::string const& id, CreateGrant const& input) {
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<UserView> {
    if (!store::View(tx, Scope(who, "user.write"), id, shared_.Now())) return NotFound("user");
    BOLE_TRY(CheckGrant(tx, who, input, ""));
    BOLE_TRY(CheckDuties(tx, id, {input}));
    Give(tx, who, id, input);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

void Accounts::Give(db::Tx& tx, Principal const& who, std::string const& id, CreateGrant const& input) {
  auto const record = shared_.audit.Begin(tx, who,
                                          {"user.grant",
                                           "user",
                                           id,
                                           input.org_id,
                                           {{"role", input.role},
                                            {"from", input.valid_from ? FormatDate(*input.valid_from) : ""},
                                            {"until", input.valid_until ? FormatDate(*input.valid_until) : ""}}});
  tx.Insert("role_grant",
            store::GrantRow{NewUlid(shared_.Now()), id, input.role, input.org_id, input.valid_until, input.valid_from});
  auto const protected_roles = PolicyNow(tx).mfa_roles;
  if (std::find(protected_roles.begin(), protected_roles.end(), input.role) != protected_roles.end())
    EndWithoutFactor(tx, id, "");
  shared_.audit.Succeeded(tx, record);
  shared_.ForgetOnCommit(tx);
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
    Take(tx, who, *grant);
    return *store::View(tx, Scope::Everything(), id, shared_.Now());
  });
}

void Accounts::Take(db::Tx& tx, Principal const& who, store::GrantPathRow const& grant) {
  auto const record = shared_.audit.Begin(
      tx, who, {"user.revoke", "user", grant.user_id, grant.org_id, {{"grant", grant.id}, {"role", grant.role}}});
  store::DeleteGrant(tx, grant.user_id, grant.id);
  shared_.audit.Succeeded(tx, record);
  shared_.ForgetOnCommit(tx);
}

Result<Accounts::GrantChange> Accounts::Compare(db::Tx& tx, Principal const& who, std::string const& id,
                                                std::vector<CreateGrant> const& wanted) {
  if (!store::View(tx, Scope(who, "user.write"), id, shared_.Now())) return NotFound("user");
  GrantChange out{wanted, {}};
  for (auto const& grant : store::Grants(tx, id)) {
    auto const same = std::find_if(out.give.begin(), out.give.end(), [&](auto const& one) {
      return one.role == grant.role && one.org_id == grant.org_id && one.valid_from == grant.valid_from &&
             one.valid_until == grant.valid_until;
    });
    if (same != out.give.end())
      out.give.erase(same);
    else if (StateOf(grant, shared_.Now()) != GrantState::expired)
      out.take.push_back(grant);
  }
  if (out.Empty()) return out;
  if (who.id == id) return Fail(ErrorCode::kForbidden, "user.own_grants");
  for (auto const& grant : out.take)
    if (!who.Can("user.write", grant.org_path))
      return Fail(ErrorCode::kForbidden, "user.beyond_scope", {{"org", grant.org_name}});
  for (std::size_t i = 0; i < out.give.size(); ++i)
    BOLE_TRY(CheckGrant(tx, who, out.give[i], "/grants/" + std::to_string(i)));
  BOLE_TRY(CheckDuties(tx, id, out.give, out.take));
  return out;
}

Result<> Accounts::SetGrants(db::Tx& tx, Principal const& who, std::string const& id,
                             std::vector<CreateGrant> const& wanted) {
  BOLE_ASSIGN(auto const change, Compare(tx, who, id, wanted));
  for (auto const& grant : change.take) Take(tx, who, grant);
  for (auto const& grant : change.give) Give(tx, who, id, grant);
  return {};
}

}  // namespace bole::identity
