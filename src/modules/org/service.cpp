#include "modules/org/service.hpp"

#include <algorithm>

namespace bole::org {
namespace {

// The pointers of a change as those of the form that made it: /facts/code → /code, /target_id → /parent_id.
template <class T>
Result<T> AtForm(Result<T> result) {
  if (!result)
    for (auto& field : result.error().fields) {
      if (field.pointer.starts_with("/facts/")) field.pointer.erase(0, 6);
      if (field.pointer == "/target_id") field.pointer = "/parent_id";
    }
  return result;
}

// A chart of another day: a grant holds in what is below its unit on that day.
void KeepVisible(std::vector<OrgNodeView>& chart, Scope const& scope) {
  if (scope.everything()) return;
  std::vector<std::string> tops;  // "/<id of the granted unit>/"
  for (auto const& path : scope.paths()) tops.push_back(path.substr(path.rfind('/', path.size() - 2)));
  std::erase_if(chart, [&](auto const& node) {
    return std::none_of(tops.begin(), tops.end(),
                        [&](auto const& top) { return node.path.find(top) != std::string::npos; });
  });
}

}  // namespace

Date Service::Today(db::Tx& tx) {
  auto const root = store::Root(tx);
  return DayIn(clock_.Now(), root ? root->zone : "UTC");
}

Result<OrgNodeView> Service::Node(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto node = store::Node(tx, scope, id)) return *node;
  return NotFound("org_node");
}

Result<OrgNodeView> Service::OpenNode(db::Tx& tx, Scope const& scope, std::string const& id) {
  BOLE_ASSIGN(auto node, Node(tx, scope, id));
  if (node.state == NodeState::closed) return Fail(ErrorCode::kConflict, "org.closed", {{"name", node.name}});
  return node;
}

Items<OrgNodeView> Service::Tree(Principal const& who, std::optional<Date> as_of) {
  return {database_.Read([&](db::Tx& tx) {
    Scope const scope(who, "org.read");
    if (!as_of || *as_of == Today(tx)) return store::Nodes(tx, scope);
    auto chart = ChartOf(Timeline(store::VersionsOn(tx, *as_of)), *as_of);
    KeepVisible(chart, scope);
    return chart;
  })};
}

Result<OrgNodeView> Service::GetNode(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) { return Node(tx, Scope(who, "org.read"), id); });
}

Result<NodeHistory> Service::History(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<NodeHistory> {
    Scope const scope(who, "org.read");
    NodeHistory out{store::VersionsOf(tx, id), {}};
    if (out.versions.empty()) return NotFound("org_node");
    if (!store::Node(tx, scope, id)) {
      // One that does not exist yet is seen by those who see where it will be.
      auto const first = out.versions.front().valid_from;
      auto chart = ChartOf(Timeline(store::VersionsAround(tx, {id}, "", first)), first);
      KeepVisible(chart, scope);
      bool const future = first > Today(tx);
      if (!future || std::none_of(chart.begin(), chart.end(), [&](auto const& node) { return node.id == id; }))
        return NotFound("org_node");
    }
    store::ChangeFilter filter;
    filter.node_id = id, filter.limit = 200;
    out.changes = store::Changes(tx, Scope::Everything(), filter).items;
    return out;
  });
}

Result<OrgNodeView> Service::CreateNode(Principal const& who, CreateOrgNode const& input) {
  return AtForm(database_.Write([&](db::Tx& tx) -> Result<OrgNodeView> {
    NewChange change;
    change.kind = ChangeKind::create;
    change.target_id = input.parent_id;
    change.facts = NodeFacts{input.code, input.name, input.name_en, input.kind,
                             input.city, input.zone, input.locale,  std::nullopt};
    BOLE_ASSIGN(auto const made, Carry(tx, who, change));
    return Node(tx, Scope::Everything(), made.node_id);
  }));
}

Result<OrgNodeView> Service::PatchNode(Principal const& who, std::string const& id, PatchOrgNode const& input) {
  return AtForm(database_.Write([&](db::Tx& tx) -> Result<OrgNodeView> {
    BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "org.write"), id));
    if (node.version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    NewChange change;
    change.node_id = id;
    change.facts = NodeFacts{input.code, input.name, input.name_en, input.kind,
                             input.city, input.zone, input.locale,  input.calendar_id};
    BOLE_TRY(Carry(tx, who, change));
    return Node(tx, Scope::Everything(), id);
  }));
}

// For mistakes only: what was used is closed, not removed.
Result<> Service::DeleteNode(Principal const& who, std::string const& id) {
  return database_.Write([&](db::Tx& tx) -> Result<> {
    try {
      return RemoveNode(tx, who, id);
    } catch (db::DatabaseError const&) {  // rows of other modules hold it by foreign key
      return Fail(ErrorCode::kConflict, "org.in_use");
    }
  });
}

Result<> Service::RemoveNode(db::Tx& tx, Principal const& who, std::string const& id) {
  store::LockTree(tx);
  BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "org.write"), id));
  auto const versions = store::VersionsOf(tx, id);
  bool const planned = !versions.empty() && versions.back().valid_from > Today(tx);
  if (!node.parent_id || planned || store::IsParent(tx, id) || store::HasJobs(tx, id))
    return Fail(ErrorCode::kConflict, "org.in_use");
  auto const record = audit_.Begin(tx, who, {"org.delete", "org_node", id, id, {{"code", node.code}}});
  store::Delete(tx, id);
  audit_.Succeeded(tx, record);
  return {};
}

Result<> Service::AtGroup(db::Tx& tx, Principal const& who, char const* permission) {
  auto const root = store::Root(tx);
  if (root && Scope(who, permission).Covers(root->path)) return {};
  return Fail(ErrorCode::kForbidden, "org.group_only");
}

}  // namespace bole::org
