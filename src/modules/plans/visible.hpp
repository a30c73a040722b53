#pragma once
#include <set>
#include <string>

#include "base/text.hpp"
#include "platform/db/scope_filter.hpp"

namespace bole::plans::store {

// Rows of the scope's subtrees, or of the nodes above them when `shared` (an SQL condition) holds.
inline db::Condition VisibleCondition(Scope const& scope, std::string const& org_column, std::string const& shared) {
  auto out = db::ScopeCondition(scope, org_column);
  if (scope.everything() || scope.paths().empty()) return out;
  std::set<std::string> above;
  for (auto const& path : scope.paths()) {
    auto ids = Split(path, '/');
    std::erase(ids, "");
    if (!ids.empty()) ids.pop_back();
    above.insert(ids.begin(), ids.end());
  }
  if (above.empty()) return out;
  out.sql = " AND ((1 = 1" + out.sql + ") OR (" + shared + " AND " + org_column + " IN (";
  for (bool first = true; auto const& id : above) {
    out.sql += std::exchange(first, false) ? "?" : ", ?";
    out.parameters.emplace_back(id);
  }
  out.sql += ")))";
  return out;
}

}  // namespace bole::plans::store
