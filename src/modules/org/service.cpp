#include "modules/org/service.hpp"

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

Result<OrgNodeView> Service::GetNode(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) { return Node(tx, Scope(who, "org.read"), id); });
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
