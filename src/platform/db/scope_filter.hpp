#pragma once
#include <string>

#include "platform/db/value.hpp"
#include "platform/security/principal.hpp"

namespace bole::db {

// A condition that keeps the rows a scope may see, with its parameters: " AND c.org_id IN (SELECT …)".
// Empty for a scope that sees everything; " AND 1 = 0" for one that sees nothing.
struct Condition {
  std::string sql;
  Cells parameters;
};
[[nodiscard]] Condition ScopeCondition(Scope const& scope, std::string const& org_column);

// Whose a record is: `column` of the query holds a record's id, `table` has rows (key_column, user_id, owner) about it.
struct Team {
  std::string column, table, key_column;
};
// The same for records that have a team: where the scope reaches less than a subtree, those of the team's accounts.
[[nodiscard]] Condition ScopeCondition(Scope const& scope, std::string const& org_column, Team const& team);
// " AND c.id IN (SELECT …)": the records of which `user_id` sees as much as `reach` (not subtree) says.
[[nodiscard]] Condition TeamCondition(Reach reach, std::string const& user_id, Team const& team);
// The subtree below one organisation path (a filter chosen by the user, on top of the scope).
[[nodiscard]] Condition SubtreeCondition(std::string const& org_path, std::string const& org_column);
// LIKE pattern that finds `text` anywhere, its wildcards escaped with '\' (use with ESCAPE '\').
[[nodiscard]] std::string Contains(std::string const& text);

}  // namespace bole::db
