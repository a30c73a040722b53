#include <algorithm>
#include <unordered_set>

#include "modules/org/service.hpp"

// What the tree was, is and will be, and the acts that made it so, as far as a reader may see it.
namespace bole::org {
namespace {

std::string Above(std::string_view path) { return std::string(path.substr(0, path.rfind('/', path.size() - 2) + 1)); }

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

// One that does not exist yet is seen by those who see where it will be.
bool Sees(db::Tx& tx, Scope const& scope, std::optional<std::string> id) {
  while (id) {
    if (auto const node = store::Node(tx, Scope::Everything(), *id)) return scope.Covers(node->path);
    auto const versions = store::VersionsOf(tx, *id);
    id = versions.empty() ? std::nullopt : versions.front().parent_id;
  }
  return false;
}

// An act says of units outside the scope only that there was one: no names, no ids, no parts of them.
ChangeView Seen(db::Tx& tx, Scope const& scope, ChangeView change) {
  if (scope.everything()) return change;
  if (change.target_id && !Sees(tx, scope, change.target_id)) {
    change.target_id.reset();
    change.target_name.clear(), change.target_name_en.clear();
    change.payload.erase("target_id");
  }
  if (!Sees(tx, scope, change.org_id)) change.org_id = change.node_id;
  if (!Sees(tx, scope, change.node_id)) {
    change.org_id.clear(), change.node_id.clear(), change.node_name.clear(), change.node_name_en.clear(),
        change.reason.clear();
    change.payload.clear();
  } else if (auto const node = store::Node(tx, scope, change.node_id); node && !Sees(tx, scope, node->parent_id)) {
    change.payload.erase("parts");  // new units beside it
  }
  return change;
}

}  // namespace

Items<UnitName> Service::Names(Principal const& who) {
  return {database_.Read([&](db::Tx& tx) {
    std::vector<UnitName> out;
    std::unordered_set<std::string> known;
    auto const nodes = store::Nodes(tx, Scope(who, "org.read"));
    for (auto const& node : nodes) known.insert(node.id), out.push_back({node.id, node.name, node.name_en});
    for (auto const& node : nodes)
      for (auto path = Above(node.path); path.size() > 1; path = Above(path)) {
        auto const at = path.rfind('/', path.size() - 2) + 1;
        auto id = path.substr(at, path.size() - 1 - at);
        if (!known.insert(id).second) break;
        if (auto const unit = store::Node(tx, Scope::Everything(), id))
          out.push_back({std::move(id), unit->name, unit->name_en});
      }
    return out;
  })};
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

Result<NodeHistory> Service::History(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<NodeHistory> {
    Scope const scope(who, "org.read");
    NodeHistory out{store::VersionsOf(tx, id), {}};
    if (out.versions.empty()) return NotFound("org_node");
    if (!store::Node(tx, scope, id)) {
      auto const first = out.versions.front().valid_from;
      auto chart = ChartOf(Timeline(store::VersionsAround(tx, {id}, "", first)), first);
      KeepVisible(chart, scope);
      bool const future = first > Today(tx);
      if (!future || std::none_of(chart.begin(), chart.end(), [&](auto const& node) { return node.id == id; }))
        return NotFound("org_node");
    }
    for (auto& version : out.versions)
      if (!scope.everything() && !Sees(tx, scope, version.parent_id)) version.parent_id.reset();
    store::ChangeFilter filter;
    filter.node_id = id, filter.limit = 200;
    for (auto& change : store::Changes(tx, Scope::Everything(), filter).items)
      out.changes.push_back(Seen(tx, scope, std::move(change)));
    return out;
  });
}

Result<Page<ChangeView>> Service::Changes(Principal const& who, store::ChangeFilter filter, std::string const& org_id) {
  return database_.Read([&](db::Tx& tx) -> Result<Page<ChangeView>> {
    Scope const scope(who, "org.read");
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, Node(tx, scope, org_id));
      filter.org_path = node.path;
    }
    auto page = store::Changes(tx, scope, filter);
    for (auto& change : page.items) change = Seen(tx, scope, std::move(change));
    return page;
  });
}

Result<ChangeView> Service::GetChange(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<ChangeView> {
    Scope const scope(who, "org.read");
    BOLE_ASSIGN(auto change, FindChange(tx, scope, id));
    return Seen(tx, scope, std::move(change));
  });
}

Result<ChangeView> Service::FindChange(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto change = store::Change(tx, scope, id)) return *change;
  return NotFound("org_change");
}

}  // namespace bole::org
