#include "modules/org/store.hpp"

namespace bole::org::store {
namespace {

std::vector<OrgNodeView> SelectNodes(db::Tx& tx, std::string_view name, std::string const& where,
                                     db::Cells const& values) {
  return tx.SelectWith<OrgNodeView>(
      {name, "SELECT " + db::Columns<OrgNodeView>() + " FROM org_node WHERE " + where + " ORDER BY path"}, values);
}

// Paths end with '/', and '0' is the character behind it: [path, end) is the subtree, found by the index of paths.
std::string EndOf(std::string path) {
  path.back() = '0';
  return path;
}

db::Condition InSubtrees(std::vector<std::string> const& paths) {
  db::Condition out;
  for (auto const& path : paths) {
    out.sql += out.sql.empty() ? "(path >= ? AND path < ?)" : " OR (path >= ? AND path < ?)";
    out.parameters.insert(out.parameters.end(), {path, EndOf(path)});
  }
  return out;
}

}  // namespace

std::vector<OrgNodeView> Nodes(db::Tx& tx, Scope const& scope) {
  if (scope.everything()) return SelectNodes(tx, "org.nodes", "1 = 1", {});
  if (scope.paths().empty()) return {};
  auto const condition = InSubtrees(scope.paths());
  return SelectNodes(tx, "org.nodes", condition.sql, condition.parameters);
}

std::optional<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const rows = SelectNodes(tx, "org.node", "id = ?", {id});
  if (rows.empty() || !scope.Covers(rows[0].path)) return std::nullopt;
  return rows[0];
}

std::optional<OrgNodeView> Root(db::Tx& tx) {
  auto const rows = SelectNodes(tx, "org.root", "parent_id IS NULL", {});
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

std::optional<OrgNodeView> NodeByCode(db::Tx& tx, Scope const& scope, std::string const& code) {
  std::optional<OrgNodeView> out;
  for (auto& node : SelectNodes(tx, "org.node_by_code", "code = ?", {code}))
    if (scope.Covers(node.path) && (!out || node.state == NodeState::open)) out = std::move(node);
  return out;
}

void Insert(db::Tx& tx, OrgNodeView const& node) { tx.Insert("org_node", node); }

void Update(db::Tx& tx, OrgNodeView const& node) {
  tx.Execute({"org.update",
              "UPDATE org_node SET parent_id = ?, code = ?, name = ?, name_en = ?, kind = ?, city = ?, zone = ?, "
              "locale = ?, state = ?, calendar_id = ?, version = ? WHERE id = ?"},
             node.parent_id, node.code, node.name, node.name_en, node.kind, node.city, node.zone, node.locale,
             node.state, node.calendar_id, node.version, node.id);
}

void MoveSubtree(db::Tx& tx, std::string const& from_path, std::string const& to_path, std::int64_t deeper) {
  tx.Execute(
      {"org.move_subtree", "UPDATE org_node SET path = ? || substr(path, " + std::to_string(from_path.size() + 1) +
                               "), depth = depth + " + std::to_string(deeper) + " WHERE path >= ? AND path < ?"},
      to_path, from_path, EndOf(from_path));
}

std::vector<OrgNodeView> NodesBelow(db::Tx& tx, std::string const& path) {
  auto const condition = InSubtrees({path});
  return SelectNodes(tx, "org.nodes_below", condition.sql, condition.parameters);
}

std::int64_t CountNodes(db::Tx& tx, std::string const& path) {
  return *tx.Scalar<std::int64_t>({"org.count", "SELECT COUNT(*) FROM org_node WHERE path >= ? AND path < ?"}, path,
                                  EndOf(path));
}

bool IsParent(db::Tx& tx, std::string const& id) {
  return tx.Scalar<std::int64_t>({"org.is_parent", "SELECT 1 FROM org_node_version WHERE parent_id = ? LIMIT 1"}, id)
      .has_value();
}

void Delete(db::Tx& tx, std::string const& id) {
  tx.Execute({"org.delete_versions", "DELETE FROM org_node_version WHERE node_id = ?"}, id);
  tx.Execute({"org.delete", "DELETE FROM org_node WHERE id = ?"}, id);
}

}  // namespace bole::org::store
