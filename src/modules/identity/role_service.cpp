#include "modules/identity/role_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::identity {
namespace {

store::RoleRow RowOf(RoleView const& role) {
  return {role.key,      role.name_zh,     role.name_en, {role.permissions},
          {role.fields}, role.copied_from, role.version, {role.reaches}};
}

// Once each, in the order of the catalogue.
std::vector<std::string> Ordered(std::vector<std::string> const& permissions) {
  std::vector<std::string> out;
  for (auto const& known : PermissionCatalogue())
    if (std::find(permissions.begin(), permissions.end(), known.key) != permissions.end()) out.emplace_back(known.key);
  return out;
}

// The reaches that narrow something the role holds, in the order of its permissions.
std::vector<PermissionReach> Ordered(RoleView const& role) {
  std::vector<PermissionReach> out;
  for (auto const& permission : role.permissions)
    if (auto const reach = ReachOf(role.reaches, permission); reach != Reach::subtree)
      out.push_back({permission, reach});
  return out;
}

}  // namespace

Items<RoleView> Roles::All() {
  return shared_.context.database.Read([&](db::Tx& tx) {
    Items<RoleView> out{ShippedRoles()};
    for (auto const& row : store::OwnRoles(tx)) out.items.push_back(*FindRole(tx, row.role_key));
    for (auto const& count : store::Holders(tx))
      for (auto& role : out.items)
        if (role.key == count.role) role.holders = count.holders;
    return out;
  });
}

Items<PermissionView> Roles::Catalogue() {
  Items<PermissionView> out;
  auto const& messages = shared_.context.messages;
  for (auto const& permission : PermissionCatalogue()) {
    auto const name = "permission." + std::string(permission.key);
    auto const group = "permission_group." + std::string(permission.group);
    out.items.push_back({std::string(permission.key), std::string(permission.group),
                         messages.Text(i18n::Locale::kZhCn, name), messages.Text(i18n::Locale::kEnUs, name),
                         messages.Text(i18n::Locale::kZhCn, group), messages.Text(i18n::Locale::kEnUs, group),
                         permission.narrows});
  }
  return out;
}

Result<> Roles::Check(db::Tx& tx, RoleView const& role) {
  FieldErrors errors;
  if (Trim(role.name_zh).empty()) errors.push_back({"/name_zh", "required"});
  for (std::size_t i = 0; i < role.permissions.size(); ++i)
    if (!IsPermission(role.permissions[i])) errors.push_back({"/permissions/" + std::to_string(i), "not_allowed"});
  for (std::size_t i = 0; i < role.reaches.size(); ++i)
    if (!Narrows(role.reaches[i].permission) && role.reaches[i].reach != Reach::subtree)
      errors.push_back({"/reaches/" + std::to_string(i), "not_allowed"});
  auto const all = store::OwnRoles(tx);
  if (std::any_of(all.begin(), all.end(),
                  [&](auto const& other) { return other.role_key != role.key && other.name_zh == role.name_zh; }) ||
      std::any_of(ShippedRoles().begin(), ShippedRoles().end(),
                  [&](auto const& other) { return other.name_zh == role.name_zh; }))
    errors.push_back({"/name_zh", "taken"});
  if (!errors.empty()) return FailFields(std::move(errors));
  if (auto const rule = BrokenRule(DutiesOf(role.permissions)); !rule.empty())
    return Fail(ErrorCode::kConflict, std::string(rule));
  for (auto const& holder : store::HoldersOf(tx, role.key)) {
    auto permissions = role.permissions;
    for (auto const& grant : store::Grants(tx, holder))
      if (auto const other = FindRole(tx, grant.role);
          other && grant.role != role.key && StateOf(grant, shared_.Now()) != GrantState::expired)
        permissions.insert(permissions.end(), other->permissions.begin(), other->permissions.end());
    if (!BrokenRule(DutiesOf(permissions)).empty())
      return Fail(ErrorCode::kConflict, "role.holder_duties", {{"user", store::UserById(tx, holder)->user_name}});
  }
  return {};
}

Result<RoleView> Roles::Create(Principal const& who, CreateRole const& input) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<RoleView> {
    BOLE_TRY(NeedsGroupWide(shared_, tx, who, "security.write"));
    if (input.copied_from && !FindRole(tx, *input.copied_from)) return FailField("/copied_from", "not_found");
    RoleView role{"own_" + AsciiLower(NewUlid(shared_.Now())),
                  std::string(Trim(input.name_zh)),
                  std::string(Trim(input.name_en)),
                  input.permissions,
                  input.fields,
                  false,
                  input.copied_from};
    role.reaches = input.reaches;
    BOLE_TRY(Check(tx, role));
    role.permissions = Ordered(role.permissions);
    role.reaches = Ordered(role);
    auto const record =
        shared_.audit.Begin(tx, who, {"role.create", "role", role.key, {}, {{"role", WriteJson(role)}}});
    tx.Insert("app_role", RowOf(role));
    shared_.audit.Succeeded(tx, record);
    return role;
  });
}

Result<RoleView> Roles::Patch(Principal const& who, std::string const& key, PatchRole const& input) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<RoleView> {
    BOLE_TRY(NeedsGroupWide(shared_, tx, who, "security.write"));
    auto const before = FindRole(tx, key);
    if (!before) return NotFound("role");
    if (before->shipped) return Fail(ErrorCode::kConflict, "role.shipped");
    auto role = *before;
    if (input.name_zh) role.name_zh = Trim(*input.name_zh);
    if (input.name_en) role.name_en = Trim(*input.name_en);
    if (input.permissions) role.permissions = *input.permissions;
    if (input.fields) role.fields = *input.fields;
    if (input.reaches) role.reaches = *input.reaches;
    BOLE_TRY(Check(tx, role));
    role.permissions = Ordered(role.permissions);
    role.reaches = Ordered(role);
    role.version = input.version + 1;
    auto const record = shared_.audit.Begin(
        tx, who, {"role.update", "role", key, {}, {{"before", WriteJson(*before)}, {"after", WriteJson(role)}}});
    if (!store::Update(tx, RowOf(role), input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    role.holders = std::ssize(store::HoldersOf(tx, key));
    return role;
  });
}

Result<> Roles::Delete(Principal const& who, std::string const& key) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_TRY(NeedsGroupWide(shared_, tx, who, "security.write"));
    auto const role = FindRole(tx, key);
    if (!role) return NotFound("role");
    if (role->shipped) return Fail(ErrorCode::kConflict, "role.shipped");
    if (auto const holders = store::HoldersOf(tx, key); !holders.empty())
      return Fail(ErrorCode::kConflict, "role.in_use", {{"count", std::to_string(holders.size())}});
    auto const record = shared_.audit.Begin(tx, who, {"role.delete", "role", key, {}, {{"role", WriteJson(*role)}}});
    store::DeleteRole(tx, key);
    shared_.audit.Succeeded(tx, record);
    return {};
  });
}

Result<Items<HolderView>> Roles::HoldersOf(Principal const& who, std::string const& key) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Items<HolderView>> {
    if (!FindRole(tx, key)) return NotFound("role");
    Items<HolderView> out;
    for (auto const& id : store::HoldersOf(tx, key)) {
      auto const user = store::View(tx, Scope(who, "user.read"), id, shared_.Now());
      if (!user) continue;
      for (auto const& grant : user->grants)
        if (grant.role == key) out.items.push_back({user->id, user->user_name, user->name, grant});
    }
    return out;
  });
}

}  // namespace bole::identity
