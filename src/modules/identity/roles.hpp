#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/reflect/reflect.hpp"
#include "platform/security/principal.hpp"

namespace bole::identity {

// How much of each class of sensitive fields a role shows.
struct FieldRights {
  FieldLevel contact = FieldLevel::hidden, id_number = FieldLevel::hidden, pay = FieldLevel::hidden;
  [[nodiscard]] FieldLevel Of(FieldClass field) const;
  void Raise(FieldRights const& other);  // to the higher level of each class
};
BOOST_DESCRIBE_STRUCT(FieldRights, (), (contact, id_number, pay))

struct PermissionReach {
  std::string permission;
  Reach reach = Reach::subtree;
  friend bool operator==(PermissionReach const&, PermissionReach const&) = default;
};
BOOST_DESCRIBE_STRUCT(PermissionReach, (), (permission, reach))

struct RoleView {
  std::string key, name_zh, name_en;
  std::vector<std::string> permissions;
  FieldRights fields;
  bool shipped = true;  // comes with the product, changes by upgrade only
  std::optional<std::string> copied_from;
  std::int64_t holders = 0;  // accounts with a grant of it, also a future one
  std::int64_t version = 1;
  std::vector<PermissionReach> reaches{};  // of permissions that reach less than the subtree
};
BOOST_DESCRIBE_STRUCT(RoleView, (),
                      (key, name_zh, name_en, permissions, fields, shipped, copied_from, holders, version, reaches))

[[nodiscard]] Reach ReachOf(std::vector<PermissionReach> const& reaches, std::string_view permission);

// The shipped roles, in the order in which pages show them. Duties are separated: the administrator manages accounts
// and settings but reads no candidate; the security officer decides about roles and policies; the auditor reads and
// changes nothing. An interviewer sees the candidates of his interviews, a hiring manager those of his people as well.
[[nodiscard]] std::vector<RoleView> const& ShippedRoles();
[[nodiscard]] RoleView const* FindShipped(std::string_view key);

}  // namespace bole::identity
