#include "platform/db/scope_filter.hpp"

namespace bole::db {
namespace {

// A path is made of slashes and ids of one length in digits and capitals (org/store.cpp). 'z' sorts behind all of them,
// with and without regard to the slashes: the range holds exactly the subtree in every collation, and the path's index
// finds it.
Condition InPaths(std::vector<std::string> const& paths, std::string const& column) {
  Condition out{column + " IN (SELECT id FROM org_node WHERE ", {}};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out.sql += i == 0 ? "path >= ? AND path < ?" : " OR path >= ? AND path < ?";
    out.parameters.emplace_back(paths[i]);
    out.parameters.emplace_back(paths[i] + "z");
  }
  out.sql += ")";
  return out;
}

Condition And(Condition condition) {
  condition.sql.insert(0, " AND ");
  return condition;
}

void Append(Condition& to, Condition const& more) {
  to.sql += more.sql;
  to.parameters.insert(to.parameters.end(), more.parameters.begin(), more.parameters.end());
}

Condition OfTeam(Reach reach, std::string const& user_id, Team const& team) {
  auto sql = team.column + " IN (SELECT " + team.key_column + " FROM " + team.table + " WHERE user_id ";
  if (reach == Reach::own) return {sql + "= ? AND owner = 1)", {user_id}};
  if (reach == Reach::assigned) return {sql + "= ?)", {user_id}};
  return {sql +
              "IN (WITH RECURSIVE circle (id) AS (SELECT CAST(? AS TEXT) UNION SELECT u.id FROM app_user u "
              "JOIN circle c ON u.manager_id = c.id) SELECT id FROM circle))",
          {user_id}};
}

}  // namespace

Condition ScopeCondition(Scope const& scope, std::string const& org_column) {
  if (scope.everything()) return {};
  if (scope.paths().empty()) return {" AND 1 = 0", {}};
  return And(InPaths(scope.paths(), org_column));
}

Condition TeamCondition(Reach reach, std::string const& user_id, Team const& team) {
  return And(OfTeam(reach, user_id, team));
}

Condition ScopeCondition(Scope const& scope, std::string const& org_column, Team const& team) {
  if (scope.everything() || scope.parts().empty()) return ScopeCondition(scope, org_column);
  Condition out{" AND (", {}};
  if (!scope.paths().empty()) {
    Append(out, InPaths(scope.paths(), org_column));
    out.sql += " OR ";
  }
  bool first = true;
  for (auto const reach : {Reach::own, Reach::assigned, Reach::reports}) {
    std::vector<std::string> paths;
    for (auto const& part : scope.parts())
      if (part.reach == reach) paths.push_back(part.path);
    if (paths.empty()) continue;
    if (!first) out.sql += " OR ";
    first = false;
    Append(out, InPaths(paths, org_column));
    out.sql += " AND ";
    Append(out, OfTeam(reach, scope.user_id(), team));
  }
  out.sql += ")";
  return out;
}

Condition SubtreeCondition(std::string const& org_path, std::string const& org_column) {
  return And(InPaths({org_path}, org_column));
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
