#pragma once
#include "modules/identity/shared.hpp"

namespace bole::identity {

struct PermissionView {
  std::string key, group, name_zh, name_en, group_zh, group_en;
  bool narrows = false;  // may reach less than the subtree
};
BOOST_DESCRIBE_STRUCT(PermissionView, (), (key, group, name_zh, name_en, group_zh, group_en, narrows))

struct CreateRole {
  std::string name_zh, name_en;
  std::vector<std::string> permissions;
  FieldRights fields;
  std::optional<std::string> copied_from;
  std::vector<PermissionReach> reaches{};  // of permissions that reach less than the subtree
};
BOOST_DESCRIBE_STRUCT(CreateRole, (), (name_zh, name_en, permissions, fields, copied_from, reaches))

struct PatchRole {
  std::int64_t version = 0;
  std::optional<std::string> name_zh, name_en;
  std::optional<std::vector<std::string>> permissions;
  std::optional<FieldRights> fields;
  std::optional<std::vector<PermissionReach>> reaches{};
};
BOOST_DESCRIBE_STRUCT(PatchRole, (), (version, name_zh, name_en, permissions, fields, reaches))

struct HolderView {
  std::string user_id, user_name, name;
  GrantView grant;
};
BOOST_DESCRIBE_STRUCT(HolderView, (), (user_id, user_name, name, grant))

// Shipped roles and roles of one's own. A role holds in the whole group, so changing one needs security.write there;
// shipped ones change by upgrade only. A role that joins separated duties, or would do so in one of its holders, is
// refused. Thread-safe.
class Roles {
 public:
  explicit Roles(Shared& shared) : shared_(shared) {}

  Items<RoleView> All();
  Items<PermissionView> Catalogue();
  Result<RoleView> Create(Principal const& who, CreateRole const& input);
  Result<RoleView> Patch(Principal const& who, std::string const& key, PatchRole const& input);
  Result<> Delete(Principal const& who, std::string const& key);
  // The grants of a role to accounts that the asker may see.
  Result<Items<HolderView>> HoldersOf(Principal const& who, std::string const& key);

 private:
  [[nodiscard]] Result<> Check(db::Tx& tx, RoleView const& role);
  Shared& shared_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::CreateRole> =
    std::tuple{Field<&identity::CreateRole::name_zh>{{.min_length = 1, .max_length = 60}},
               Field<&identity::CreateRole::name_en>{{.max_length = 60}},
               Field<&identity::CreateRole::permissions>{{.max_length = 200, .required = true}},
               Field<&identity::CreateRole::copied_from>{{.max_length = 40}}};
template <>
inline constexpr auto kRules<identity::PatchRole> =
    std::tuple{Field<&identity::PatchRole::version>{{.required = true}},
               Field<&identity::PatchRole::name_zh>{{.min_length = 1, .max_length = 60}},
               Field<&identity::PatchRole::name_en>{{.max_length = 60}},
               Field<&identity::PatchRole::permissions>{{.max_length = 200}}};
}  // namespace bole
