#include <algorithm>
#include <set>

#include "modules/org/model.hpp"

namespace bole::org {
namespace {

bool Holds(NodeVersion const& version, Date on) {
  return version.valid_from <= on && (!version.valid_to || on < *version.valid_to);
}

}  // namespace

Timeline::Timeline(std::vector<NodeVersion> versions) {
  for (auto& version : versions) nodes_[version.node_id].push_back(std::move(version));
  for (auto& [id, list] : nodes_)
    std::sort(list.begin(), list.end(), [](auto const& a, auto const& b) { return a.valid_from < b.valid_from; });
}

NodeVersion const* Timeline::At(std::string const& id, Date on) const {
  auto const found = nodes_.find(id);
  if (found == nodes_.end()) return nullptr;
  for (auto const& version : found->second)
    if (Holds(version, on)) return &version;
  return nullptr;
}

std::vector<NodeVersion const*> Timeline::Chart(Date on) const {
  std::vector<NodeVersion const*> out;
  out.reserve(nodes_.size());
  for (auto const& [id, list] : nodes_)
    for (auto const& version : list)
      if (Holds(version, on)) out.push_back(&version);
  return out;
}

std::vector<NodeVersion const*> Timeline::OpenChildren(std::string const& id, Date on) const {
  std::vector<NodeVersion const*> out;
  for (auto const* version : Chart(on))
    if (version->parent_id == id && version->state == NodeState::open) out.push_back(version);
  std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return a->node_id < b->node_id; });
  return out;
}

std::vector<NodeVersion const*> Timeline::Subtree(std::string const& id, Date on) const {
  std::unordered_map<std::string, std::vector<NodeVersion const*>> below;
  for (auto const* version : Chart(on))
    if (version->parent_id) below[*version->parent_id].push_back(version);
  std::vector<NodeVersion const*> out;
  if (auto const* top = At(id, on)) out.push_back(top);
  std::set<std::string> seen{id};
  for (std::size_t i = 0; i < out.size(); ++i)
    for (auto const* child : below[out[i]->node_id])
      if (seen.insert(child->node_id).second) out.push_back(child);
  return out;
}

std::string Timeline::PathOf(std::string const& id, Date on) const {
  std::string out = "/";
  auto const* version = At(id, on);
  for (std::size_t steps = 0; version; ++steps) {
    if (steps > nodes_.size()) return "";
    out.insert(0, "/" + version->node_id);
    if (!version->parent_id) return out;
    version = At(*version->parent_id, on);
  }
  return "";
}

std::vector<Date> Timeline::DaysFrom(Date from) const {
  std::set<Date> days{from};
  for (auto const& [id, list] : nodes_)
    for (auto const& version : list)
      if (version.valid_from > from) days.insert(version.valid_from);
  return {days.begin(), days.end()};
}

bool Timeline::CodeTaken(std::string const& code, std::string const& except_id, Date from) const {
  for (auto const& [id, list] : nodes_)
    for (auto const& version : list)
      if (id != except_id && version.code == code && (!version.valid_to || *version.valid_to > from)) return true;
  return false;
}

NodeVersion const* Timeline::FirstLater(std::vector<std::string> const& ids, Date on, bool same_day) const {
  NodeVersion const* out = nullptr;
  for (auto const& id : ids) {
    auto const found = nodes_.find(id);
    if (found == nodes_.end()) continue;
    for (auto const& version : found->second) {
      bool const later = version.valid_from > on || (same_day && version.valid_from == on);
      if (later && (!out || version.valid_from < out->valid_from)) out = &version;
    }
  }
  return out;
}

void Timeline::Put(NodeVersion version) {
  auto& list = nodes_[version.node_id];
  std::erase_if(list, [&](auto const& old) { return old.valid_from == version.valid_from; });
  if (!list.empty()) list.back().valid_to = version.valid_from;
  list.push_back(std::move(version));
}

void Timeline::Withdraw(std::string const& change_id) {
  for (auto const& id : NodesOf(change_id)) {
    auto& list = nodes_[id];
    list.pop_back();
    if (list.empty())
      nodes_.erase(id);
    else
      list.back().valid_to.reset();
  }
}

std::vector<std::string> Timeline::NodesOf(std::string const& change_id) const {
  std::vector<std::string> out;
  for (auto const& [id, list] : nodes_)
    if (std::any_of(list.begin(), list.end(), [&](auto const& v) { return v.change_id == change_id; }))
      out.push_back(id);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<OrgNodeView> ChartOf(Timeline const& timeline, Date on) {
  std::unordered_map<std::string, std::vector<NodeVersion const*>> below;
  std::vector<std::pair<NodeVersion const*, std::string>> open;  // with the path of the parent
  for (auto const* version : timeline.Chart(on)) {
    if (version->parent_id)
      below[*version->parent_id].push_back(version);
    else
      open.emplace_back(version, "/");
  }
  std::vector<OrgNodeView> out;
  while (!open.empty()) {
    auto const [v, above] = open.back();
    open.pop_back();
    auto const path = above + v->node_id + "/";
    out.push_back({v->node_id, v->parent_id, v->code, v->name, v->name_en, v->kind, v->city, v->zone, v->locale, path,
                   std::count(path.begin(), path.end(), '/') - 2, 0, v->state, v->calendar_id});
    for (auto const* child : below[v->node_id]) open.emplace_back(child, path);
  }
  std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
  return out;
}

}  // namespace bole::org
