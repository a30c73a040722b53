#include "modules/org/model.hpp"

#include <algorithm>

namespace bole::org {
namespace {

using Versions = std::vector<NodeVersion>;

// One day's chart with fast look-up by id.
class Day {
 public:
  Day(Timeline const& timeline, Date on) : chart_(timeline.Chart(on)) {
    by_id_.reserve(chart_.size());
    for (auto const* version : chart_) by_id_.emplace(version->node_id, version);
  }
  [[nodiscard]] std::vector<NodeVersion const*> const& chart() const { return chart_; }
  [[nodiscard]] NodeVersion const* Parent(NodeVersion const& version) const {
    auto const found = by_id_.find(*version.parent_id);
    return found == by_id_.end() ? nullptr : found->second;
  }
  // The units from `version` up to the group; longer than the chart when there is a circle.
  [[nodiscard]] std::vector<NodeVersion const*> Chain(NodeVersion const& version) const {
    std::vector<NodeVersion const*> out{&version};
    while (out.back()->parent_id && out.size() <= chart_.size()) {
      auto const* parent = Parent(*out.back());
      if (!parent) break;
      out.push_back(parent);
    }
    return out;
  }

 private:
  std::vector<NodeVersion const*> chart_;
  std::unordered_map<std::string, NodeVersion const*> by_id_;
};

// The change, other than `own`, that a person must look at: the latest of those that made these versions.
std::string OtherChange(std::vector<NodeVersion const*> const& versions, std::string const& own) {
  NodeVersion const* latest = nullptr;
  for (auto const* version : versions)
    if (version->change_id != own && !version->change_id.empty() &&
        (!latest || latest->valid_from < version->valid_from))
      latest = version;
  return latest ? latest->change_id : "";
}

// Drafts the versions of one change, kind by kind.
class Drafter {
 public:
  Drafter(Timeline const& timeline, NewChange const& change, Date on, std::string const& change_id,
          std::function<std::string()> const& new_id)
      : timeline_(timeline), change_(change), on_(on), change_id_(change_id), new_id_(new_id) {}

  Result<Versions> Draft() {
    if (change_.kind == ChangeKind::create) {
      Create();
    } else if (auto const* node = Existing()) {
      switch (change_.kind) {
        case ChangeKind::update:
          Update(*node);
          break;
        case ChangeKind::move:
          Move(*node);
          break;
        case ChangeKind::merge:
          Merge(*node);
          break;
        case ChangeKind::split:
          Split(*node);
          break;
        case ChangeKind::close:
          Close(*node);
          break;
        default:
          Reopen(*node);
      }
    }
    if (!errors_.empty()) return FailFields(std::move(errors_));
    return std::move(out_);
  }

 private:
  NodeVersion& Touch(NodeVersion const& node) {
    auto& version = out_.emplace_back(node);
    version.valid_from = on_, version.valid_to.reset(), version.change_id = change_id_;
    return version;
  }

  NodeVersion const* Existing() {
    auto const* node = change_.node_id ? timeline_.At(*change_.node_id, on_) : nullptr;
    if (!node) return errors_.push_back({"/node_id", "not_found"}), nullptr;
    bool const structural = change_.kind != ChangeKind::update && change_.kind != ChangeKind::split;
    if (structural && !node->parent_id) return errors_.push_back({"/node_id", "group_node"}), nullptr;
    bool const wants_closed = change_.kind == ChangeKind::reopen;
    if (wants_closed && node->state == NodeState::open) return errors_.push_back({"/node_id", "open_node"}), nullptr;
    if (!wants_closed && node->state == NodeState::closed)
      return errors_.push_back({"/node_id", "closed_node"}), nullptr;
    return node;
  }

  // The open unit that target_id names; an error otherwise.
  NodeVersion const* Target() {
    if (!change_.target_id || change_.target_id->empty()) return errors_.push_back({"/target_id", "required"}), nullptr;
    auto const* target = timeline_.At(*change_.target_id, on_);
    if (!target) return errors_.push_back({"/target_id", "not_found"}), nullptr;
    if (target->state == NodeState::closed) return errors_.push_back({"/target_id", "closed_node"}), nullptr;
    if (change_.node_id == target->node_id) return errors_.push_back({"/target_id", "same_node"}), nullptr;
    return target;
  }

  void Apply(NodeFacts const& facts, NodeVersion& node) {
    node.code = facts.code.value_or(node.code);
    node.name = facts.name.value_or(node.name);
    node.name_en = facts.name_en.value_or(node.name_en);
    node.kind = facts.kind.value_or(node.kind);
    node.city = facts.city.value_or(node.city);
    node.zone = facts.zone.value_or(node.zone);
    node.locale = facts.locale.value_or(node.locale);
    if (facts.calendar_id) node.calendar_id = facts.calendar_id->empty() ? std::nullopt : facts.calendar_id;
    if (!IsKnownZone(node.zone)) errors_.push_back({"/facts/zone", "unknown_zone"});
    if (node.locale != "zh-CN" && node.locale != "en-US") errors_.push_back({"/facts/locale", "not_allowed"});
    if (facts.code && timeline_.CodeTaken(node.code, node.node_id, on_)) errors_.push_back({"/facts/code", "taken"});
  }

  void Create() {
    auto const facts = change_.facts.value_or(NodeFacts{});
    NodeVersion node;
    // A first unit, the group, has no parent: the caller decides who may make it.
    if (change_.target_id)
      if (auto const* parent = Target()) node.parent_id = parent->node_id;
    if (!facts.code) errors_.push_back({"/facts/code", "required"});
    if (!facts.name) errors_.push_back({"/facts/name", "required"});
    if (!facts.kind) errors_.push_back({"/facts/kind", "required"});
    Apply(facts, node);
    node.node_id = new_id_();
    Touch(node);
  }

  void Update(NodeVersion const& node) {
    if (!change_.facts) return errors_.push_back({"/facts", "required"});
    Apply(*change_.facts, Touch(node));
  }

  void Move(NodeVersion const& node) {
    auto const* target = Target();
    if (!target) return;
    if (node.parent_id == target->node_id) return errors_.push_back({"/target_id", "same_parent"});
    Touch(node).parent_id = target->node_id;
  }

  // The unit that takes over: not the one that ends nor one below it.
  NodeVersion const* Successor(NodeVersion const& node) {
    auto const* target = Target();
    if (!target) return nullptr;
    for (auto const* below : timeline_.Subtree(node.node_id, on_))
      if (below->node_id == target->node_id) return errors_.push_back({"/target_id", "cycle"}), nullptr;
    return target;
  }

  // The unit closes below the one that takes over, so that whoever may see that one sees what hangs on this one.
  void Merge(NodeVersion const& node) {
    auto const* target = Successor(node);
    if (!target) return;
    auto& closed = Touch(node);
    closed.parent_id = target->node_id, closed.state = NodeState::closed;
    for (auto const* child : timeline_.OpenChildren(node.node_id, on_)) Touch(*child).parent_id = target->node_id;
  }

  // New units beside the one that is split (below it when it is the group).
  void Split(NodeVersion const& node) {
    if (change_.parts.empty()) return errors_.push_back({"/parts", "required"});
    std::vector<std::string> taken;
    for (std::size_t i = 0; i < change_.parts.size(); ++i) {
      auto const& part = change_.parts[i];
      auto const at = "/parts/" + std::to_string(i);
      auto fresh = node;
      fresh.node_id = new_id_();
      fresh.parent_id = node.parent_id ? node.parent_id : node.node_id;
      fresh.code = part.code, fresh.name = part.name, fresh.name_en = part.name_en;
      if (!node.parent_id) fresh.kind = OrgKind::region;
      Touch(fresh);
      if (timeline_.CodeTaken(part.code, "", on_)) errors_.push_back({at + "/code", "taken"});
      for (std::size_t k = 0; k < part.children.size(); ++k) {
        auto const pointer = at + "/children/" + std::to_string(k);
        auto const* child = timeline_.At(part.children[k], on_);
        if (!child || child->parent_id != node.node_id || child->state == NodeState::closed)
          errors_.push_back({pointer, "not_a_child"});
        else if (std::find(taken.begin(), taken.end(), child->node_id) != taken.end())
          errors_.push_back({pointer, "duplicate"});
        else
          taken.push_back(child->node_id), Touch(*child).parent_id = fresh.node_id;
      }
    }
  }

  // With a successor as in a merger, but what is below may close too.
  void Close(NodeVersion const& node) {
    if (HasSuccessor(change_) && !change_.with_subtree) return Merge(node);
    auto const* target = HasSuccessor(change_) ? Successor(node) : nullptr;
    if (!errors_.empty()) return;
    if (!change_.with_subtree && !timeline_.OpenChildren(node.node_id, on_).empty())
      return errors_.push_back({"/node_id", "open_children"});
    for (auto const* below : timeline_.Subtree(node.node_id, on_))
      if (below->state == NodeState::open) Touch(*below).state = NodeState::closed;
    if (target) out_.front().parent_id = target->node_id;
  }

  void Reopen(NodeVersion const& node) {
    auto& open = Touch(node);
    open.state = NodeState::open;
    if (!change_.target_id) return;
    if (auto const* target = Target()) open.parent_id = target->node_id;
  }

  Timeline const& timeline_;
  NewChange const& change_;
  Date on_;
  std::string const& change_id_;
  std::function<std::string()> const& new_id_;
  Versions out_;
  FieldErrors errors_;
};

}  // namespace

std::vector<Violation> Violations(Timeline const& timeline, Date from, std::string const& own, std::size_t limit) {
  std::vector<Violation> out;
  for (auto const day : timeline.DaysFrom(from)) {
    Day const chart(timeline, day);
    std::unordered_map<std::string, NodeVersion const*> codes;
    for (auto const* node : chart.chart()) {
      if (out.size() >= limit) return out;
      auto const add = [&](char const* code, std::vector<NodeVersion const*> const& why) {
        out.push_back({code, day, node->node_id, OtherChange(why, own)});
      };
      if (auto const [twin, fresh] = codes.emplace(node->code, node); !fresh) {
        add("code_taken", {twin->second, node});
        if (node->change_id != own) out.back().node_id = twin->second->node_id;
      }
      if (!node->parent_id) continue;
      auto const* parent = chart.Parent(*node);
      if (!parent) {
        add("parent_missing", {node});
      } else if (parent->state == NodeState::closed && node->state == NodeState::open) {
        add("parent_closed", {parent, node});
      } else if (auto const chain = chart.Chain(*node); chain.size() > chart.chart().size()) {
        add("cycle", chain);
      } else if (std::ssize(chain) - 1 > kMaxDepth) {
        add("too_deep", chain);
      }
    }
    if (!out.empty()) return out;  // later days repeat what is broken on this one
  }
  return out;
}

Result<Versions> DraftChange(Timeline const& timeline, NewChange const& change, Date on, std::string const& change_id,
                             std::function<std::string()> const& new_id) {
  return Drafter(timeline, change, on, change_id, new_id).Draft();
}

Date DayIn(Instant now, std::string const& zone) { return *ParseDate(FormatInZone(now, zone, "%Y-%m-%d")); }

// The local day never runs backwards, so that the first minute of `day` is found by halving.
Instant StartOfDay(Date day, std::string const& zone) {
  using std::chrono::minutes;
  auto const noon = std::chrono::sys_days(day.value);
  minutes low{-15 * 60}, high{15 * 60};  // zones lie within 14 hours of UTC
  while (low + minutes(1) < high) {
    auto const middle = (low + high) / 2;
    (DayIn(Instant(noon + middle), zone) < day ? low : high) = middle;
  }
  return Instant(noon + high);
}

Date AddDays(Date day, int days) {
  return {std::chrono::year_month_day(std::chrono::sys_days(day.value) + std::chrono::days(days))};
}

CalendarDay const* NamedDay(CalendarView const& calendar, Date day) {
  auto const found = std::lower_bound(calendar.days.begin(), calendar.days.end(), day,
                                      [](CalendarDay const& entry, Date wanted) { return entry.day < wanted; });
  return found != calendar.days.end() && found->day == day ? &*found : nullptr;
}

double WorkShare(CalendarView const& calendar, Date day) {
  if (auto const* named = NamedDay(calendar, day))
    return named->kind == DayKind::workday ? 1 : named->kind == DayKind::half_day ? 0.5 : 0;
  auto const weekday = std::chrono::weekday(std::chrono::sys_days(day.value)).iso_encoding();
  bool const rest =
      std::find(calendar.rest_weekdays.begin(), calendar.rest_weekdays.end(), weekday) != calendar.rest_weekdays.end();
  return rest ? 0 : 1;
}

}  // namespace bole::org
