#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/db/database.hpp"
#include "platform/security/principal.hpp"

namespace bole::people::store {

// A part of what may be seen: candidates of these nodes (nullopt: of every node there is), of which `reach` shows those
// with a team of which one is part.
struct Part {
  std::optional<std::vector<std::string>> nodes;
  Reach reach = Reach::subtree;
};

// What a scope and a chosen subtree (empty: none) leave, in parts that share no candidate; none: nothing.
[[nodiscard]] std::vector<Part> Parts(db::Tx& tx, Scope const& scope, std::string const& org_path);

}  // namespace bole::people::store
