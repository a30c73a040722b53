#include "modules/people/search_parts.hpp"

#include <map>

#include "platform/db/scope_filter.hpp"

namespace bole::people::store {
namespace {

struct NodeRow {
  std::string id, path;
};
BOOST_DESCRIBE_STRUCT(NodeRow, (), (id, path))

}  // namespace

std::vector<Part> Parts(db::Tx& tx, Scope const& scope, std::string const& org_path) {
  if (scope.everything() && org_path.empty()) return {Part{}};
  auto visible = db::ScopeCondition(scope.Units(), "id");
  if (!org_path.empty()) {
    auto const chosen = db::SubtreeCondition(org_path, "id");
    visible.sql += chosen.sql;
    visible.parameters.insert(visible.parameters.end(), chosen.parameters.begin(), chosen.parameters.end());
  }
  std::map<Reach, std::vector<std::string>> by_reach;
  for (auto& row : tx.SelectWith<NodeRow>({"people.nodes", "SELECT id, path FROM org_node WHERE 1 = 1" + visible.sql},
                                          visible.parameters))
    by_reach[scope.ReachAt(row.path).value_or(Reach::own)].push_back(std::move(row.id));
  auto const all = tx.Scalar<std::int64_t>({"people.node_count", "SELECT COUNT(*) FROM org_node"});
  std::vector<Part> out;
  for (auto& [reach, nodes] : by_reach) {
    bool const every = std::ssize(nodes) == all;
    out.push_back({every ? std::nullopt : std::optional(std::move(nodes)), reach});
  }
  return out;
}

}  // namespace bole::people::store
