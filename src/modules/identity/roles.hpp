#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

namespace bole::identity {

struct RoleView {
  std::string key, name_zh, name_en;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (key, name_zh, name_en, permissions))

// The shipped roles, in the order in which pages show them. Duties are separated: the administrator manages accounts
// and settings but reads no candidate; the auditor reads and changes nothing.
[[nodiscard]] std::vector<RoleView> const& ShippedRoles();
[[nodiscard]] RoleView const* FindRole(std::string_view key);

}  // namespace bole::identity
