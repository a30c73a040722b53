#include "platform/db/scope_filter.hpp"

namespace bole::db {
namespace {

// A path is made of slashes and ids of one length in digits and capitals (org/store.cpp). 'z' sorts behind all of them,
// with and without regard to the slashes: the range holds exactly the subtree in every collation, and the path's index
// finds it.
Condition InPaths(std::vector<std::string> const& paths, std::string const& column) {
  Condition out{" AND " + column + " IN (SELECT id FROM org_node WHERE ", {}};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out.sql += i == 0 ? "path >= ? AND path < ?" : " OR path >= ? AND path < ?";
    out.parameters.emplace_back(paths[i]);
    out.parameters.emplace_back(paths[i] + "z");
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
