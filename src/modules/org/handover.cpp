#include <algorithm>
#include <set>

#include "modules/org/service.hpp"
#include "platform/events/events.hpp"

// What is in use at a unit when the unit ends or is divided.
namespace bole::org {
namespace {

std::set<std::string> IdsOf(std::vector<NodeVersion const*> const& versions) {
  std::set<std::string> out;
  for (auto const* version : versions) out.insert(version->node_id);
  return out;
}

}  // namespace

std::vector<AffectedRows> Service::Hanging(db::Tx& tx, Timeline const& timeline, std::string const& node_id, Date on) {
  auto const node = store::Node(tx, Scope::Everything(), node_id);
  if (!node) return {};  // of the future: nothing hangs on it
  std::vector<AffectedRows> out;
  for (auto const& [what, counter] : counters_) out.push_back({what, 0});
  auto const add = [&](std::string const& path, std::int64_t sign) {
    for (std::size_t i = 0; i < counters_.size(); ++i) out[i].count += sign * counters_[i].second(tx, path, on);
  };
  auto const then = IdsOf(timeline.Subtree(node_id, on));
  auto const below = store::NodesBelow(tx, node->path);
  bool const same = below.size() == then.size() &&
                    std::all_of(below.begin(), below.end(), [&](auto const& unit) { return then.contains(unit.id); });
  if (same) {
    add(node->path, 1);
  } else {
    // Counters know whole subtrees of today: what a unit has of its own is the rest without its children.
    for (auto const& id : then) {
      auto const unit = store::Node(tx, Scope::Everything(), id);
      if (!unit) continue;
      for (auto const& part : store::NodesBelow(tx, unit->path))
        if (part.id == id || part.parent_id == id) add(part.path, part.id == id ? 1 : -1);
    }
  }
  std::erase_if(out, [](auto const& rows) { return rows.count == 0; });
  return out;
}

std::vector<AffectedRows> Service::LeftOver(db::Tx& tx, ChangeView const& change) {
  if (change.kind != ChangeKind::close || (change.target_id && !change.target_id->empty())) return {};
  auto const on = change.effective_date;
  return Hanging(tx, Timeline(store::VersionsOn(tx, on)), change.node_id, on);
}

// A job leaves with a part only when nobody who stays has seats for it: a job serves its unit and what is below.
void Service::CheckSplitJobs(db::Tx& tx, Timeline const& timeline, NewChange const& input, Planned& planned) {
  auto const on = planned.change.effective_date;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < input.parts.size(); ++i) {
    auto const& part = input.parts[i];
    std::set<std::string> units{planned.change.node_id};
    for (auto const& child : part.children) units.merge(IdsOf(timeline.Subtree(child, on)));
    for (std::size_t k = 0; k < part.jobs.size(); ++k) {
      ChangeProblem problem{
          "/parts/" + std::to_string(i) + "/jobs/" + std::to_string(k), "", "", "", "", on, {}, {}, {}};
      auto const job = store::Job(tx, Scope::Everything(), part.jobs[k], true);
      auto const seats = store::SeatsOf(tx, part.jobs[k]);
      auto const elsewhere =
          std::find_if(seats.begin(), seats.end(), [&](auto const& unit) { return !units.contains(unit); });
      if (!job || job->org_id != planned.change.node_id)
        problem.code = "not_its_job";
      else if (!taken.insert(job->id).second)
        problem.code = "duplicate";
      else if (elsewhere != seats.end())
        problem.code = "job_used_elsewhere", problem.node_id = *elsewhere;
      else
        continue;
      if (auto const* version = timeline.At(problem.node_id, on))
        problem.node_name = version->name, problem.node_name_en = version->name_en;
      planned.problems.push_back(std::move(problem));
    }
  }
}

void Service::HandOverAfter(db::Tx& tx, ChangeView const& change) {
  auto const input = FromJson<NewChange>(change.payload);
  if (!input) throw std::logic_error("org: change " + change.id + " cannot be read");
  bool const ends = change.kind == ChangeKind::merge || change.kind == ChangeKind::close;
  if (ends && !HasSuccessor(*input)) return;
  if (!ends && change.kind != ChangeKind::split) return;
  for (auto const& id : store::NodesOfChange(tx, change.id)) {
    auto const version = store::VersionOn(tx, id, change.effective_date);
    if (!version) continue;
    if (ends && version->state == NodeState::closed) Give(tx, {id, *input->target_id});
    for (auto const& part : input->parts)
      if (version->code == part.code && !part.jobs.empty()) Give(tx, {change.node_id, id, part.jobs});
  }
}

void Service::Give(db::Tx& tx, HandOver const& over) {
  // Of the named jobs only those that are still there.
  auto const moved = store::MoveJobs(tx, over);
  auto const given = over.jobs ? HandOver{over.from, over.to, moved} : over;
  store::MovePositions(tx, given);
  fields_.Move(tx, moved, over.to);
  for (auto const& heir : heirs_) heir(tx, given);
}

// Takes the change back on its day, and with it what was planned to stand on it.
void Service::FailDue(db::Tx& tx, ChangeView const& change, std::vector<AffectedRows> const& left_over) {
  auto const on = change.effective_date;
  for (;;) {
    Timeline timeline(store::VersionsFrom(tx, AddDays(on, -1)));
    std::string other;
    if (auto const* later = timeline.FirstLater(timeline.NodesOf(change.id), on, false)) {
      other = later->change_id;
    } else {
      timeline.Withdraw(change.id);
      if (auto const broken = Violations(timeline, on, change.id, 1); !broken.empty()) other = broken[0].other_change;
    }
    auto const resting = other.empty() ? std::nullopt : store::Change(tx, Scope::Everything(), other);
    if (!resting || resting->state != ChangeState::scheduled) break;
    FailDue(tx, *resting, {});
  }
  store::Withdraw(tx, change.id, on);
  store::End(tx, change.id, ChangeState::failed, clock_.Now(), left_over);
  json::object details{{"change", change.id}};
  for (auto const& rows : left_over) details[rows.what] = rows.count;
  audit_.Record(tx, Principal::System("org.apply"),
                {"org.fail", "org_node", change.node_id, change.org_id, std::move(details)});
  bus_.Publish(tx, kChangeFailed, change.id, {{"change", change.id}});
}

}  // namespace bole::org
