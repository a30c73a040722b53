#pragma once
#include "modules/org/api.hpp"

// Where a right lies, for what is decided at one unit and holds below another: who decided it from above is not
// overruled from below.
namespace bole::org {

// The topmost unit above `node` that the scope holds, else `node`.
[[nodiscard]] inline std::string WidestUnit(Api& org, db::Tx& tx, Scope const& scope, OrgNodeView node) {
  while (node.parent_id) {
    auto above = org.Node(tx, scope, *node.parent_id);
    if (!above) break;
    node = *std::move(above);
  }
  return node.id;
}

// Whether the scope reaches up to the unit. One that is gone binds nobody.
[[nodiscard]] inline bool Reaches(Api& org, db::Tx& tx, Scope const& scope, std::string const& unit_id) {
  auto const unit = org.Node(tx, Scope::Everything(), unit_id);
  return !unit || scope.Covers(unit->path);
}

}  // namespace bole::org
