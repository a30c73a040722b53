#include "platform/db/scope_filter.hpp"

namespace bole::db {
namespace {

// Paths are made of ids and slashes only (org/store.cpp), so that LIKE needs no escaping.
Condition InPaths(std::vector<std::string> const& paths, std::string const& column) {
  Condition out{" AND " + column + " IN (SELECT id FROM org_node WHERE ", {}};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out.sql += i == 0 ? "path LIKE ?" : " OR path LIKE ?";
    out.parameters.emplace_back(paths[i] + "%");
  }
  out.sql += ")";
  return out;
}

}  // namespace

Condition ScopeCondition(Scope const& scope, std::string const& org_column) {
  if (scope.everything()) return {};
  if (scope.paths().empty()) return {" AND 1 = 0", {}};
  return InPaths(scope.paths(), org_column);
}

Condition SubtreeCondition(std::string const& org_path, std::string const& org_column) {
  return InPaths({org_path}, org_column);
}

std::string Contains(std::string const& text) {
  std::string out = "%";
  for (char const c : text) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "%";
}

}  // namespace bole::db
