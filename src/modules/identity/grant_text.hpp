#pragma once
#include "modules/identity/rights.hpp"
#include "modules/imports/api.hpp"

// Grants as people write them in a table, one a line: "role@unit code", with days "role@unit
// code[2026-01-01..2026-12-31]"; a side without a day is open.
namespace bole::identity {

struct GrantLine {
  std::string role, unit;  // a key or, as read, a name; a code
  std::optional<Date> from, until;
  friend bool operator==(GrantLine const&, GrantLine const&) = default;
};
[[nodiscard]] std::string WriteGrantLine(GrantLine const& grant);
[[nodiscard]] std::optional<GrantLine> ReadGrantLine(std::string_view line);

// Roles by key and by their names.
class RoleWords {
 public:
  explicit RoleWords(db::Tx& tx);
  // The name when it means this role and no other and can stand in a line, else the key.
  [[nodiscard]] std::string WordOf(std::string const& key, bool chinese) const;
  [[nodiscard]] std::optional<std::string> KeyOf(std::string const& word) const;

 private:
  std::vector<imports::Choice> choices_;
  std::map<std::string, std::string> meanings_;
};

}  // namespace bole::identity
