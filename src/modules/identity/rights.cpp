#include "modules/identity/rights.hpp"

namespace bole::identity {

GrantState StateOf(store::GrantPathRow const& grant, Instant at) {
  if (!grant.valid_from && !grant.valid_until) return GrantState::in_force;
  auto const today = ParseDate(FormatInZone(at, grant.zone, "%Y-%m-%d"));
  if (grant.valid_from && *today < *grant.valid_from) return GrantState::future;
  return grant.valid_until && *today > *grant.valid_until ? GrantState::expired : GrantState::in_force;
}

std::optional<RoleView> FindRole(db::Tx& tx, std::string const& key) {
  if (auto const* shipped = FindShipped(key)) return *shipped;
  auto const row = store::OwnRole(tx, key);
  if (!row) return std::nullopt;
  return RoleView{row->role_key,     row->name_zh,
                  row->name_en,      row->permissions.value,
                  row->fields.value, false,
                  row->copied_from,  0,
                  row->version,      row->reaches.value};
}

Rights RightsOf(db::Tx& tx, store::UserRow const& user, std::string const& session_id, Instant now) {
  Rights out{{PrincipalKind::user, user.id, session_id, user.name, {}}, {}, true};
  for (auto const& grant : store::Grants(tx, user.id)) {
    auto const state = StateOf(grant, now);
    out.steady = out.steady && state == StateOf(grant, now + kRememberFor);
    if (state != GrantState::in_force) continue;
    auto const role = FindRole(tx, grant.role);
    if (!role) continue;
    out.roles.push_back(grant.role);
    for (auto const& permission : role->permissions)
      out.who.grants.push_back({permission, grant.org_path, ReachOf(role->reaches, permission)});
    for (auto const field : {FieldClass::contact, FieldClass::id_number, FieldClass::pay})
      if (auto const level = role->fields.Of(field); level != FieldLevel::hidden)
        out.who.fields.push_back({field, level, grant.org_path});
  }
  return out;
}

std::vector<Duty> DutiesOf(db::Tx& tx, std::string const& user_id, Instant now) {
  std::vector<std::string> permissions;
  for (auto const& grant : store::Grants(tx, user_id)) {
    if (StateOf(grant, now) == GrantState::expired) continue;
    if (auto const role = FindRole(tx, grant.role))
      permissions.insert(permissions.end(), role->permissions.begin(), role->permissions.end());
  }
  return DutiesOf(permissions);
}

std::shared_ptr<Principal const> Memory::Find(std::string const& hash, Instant now) {
  std::lock_guard const lock(mutex_);
  auto const known = known_.find(hash);
  return known != known_.end() && known->second.until > now ? known->second.principal : nullptr;
}

void Memory::Keep(std::string const& hash, std::shared_ptr<Principal const> principal, Instant until) {
  std::lock_guard const lock(mutex_);
  if (known_.size() > 10'000) known_.clear();
  known_[hash] = {std::move(principal), until};
}

void Memory::Forget() {
  std::lock_guard const lock(mutex_);
  known_.clear();
}

}  // namespace bole::identity
