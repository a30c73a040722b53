#pragma once
#include <array>
#include <span>
#include <string_view>
#include <vector>

// Every permission there is. A route names one of them; a role is a set of them. Names for people: messages
// "permission.<key>" and "permission_group.<group>".
namespace bole::identity {

struct Permission {
  std::string_view key, group;
  bool narrows = false;  // about records that have a team: a role may let it reach less than the subtree
};

[[nodiscard]] std::span<Permission const> PermissionCatalogue();
[[nodiscard]] bool IsPermission(std::string_view key);
[[nodiscard]] bool Narrows(std::string_view key);

// Duties that must not meet in one person (separation of duties). They follow from permissions, so that a role of one's
// own cannot walk around the rule.
enum class Duty { administrator, security_officer, auditor, hr };
[[nodiscard]] std::vector<Duty> DutiesOf(std::span<std::string const> permissions);
// The key of the broken rule ("duties.administrator_auditor"), empty when the duties may meet.
[[nodiscard]] std::string_view BrokenRule(std::span<Duty const> duties);

}  // namespace bole::identity
