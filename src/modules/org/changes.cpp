#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "modules/org/service.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::org {
namespace {

constexpr int kFarthestDays = 3660;

// In the order of ChangeKind.
constexpr std::array kBlockedBy{"blocked_by_create", "blocked_by_update", "blocked_by_move",  "blocked_by_merge",
                                "blocked_by_split",  "blocked_by_close",  "blocked_by_reopen"};
constexpr std::array kActions{"org.create", "org.update", "org.move",  "org.merge",
                              "org.split",  "org.close",  "org.reopen"};

// What still hangs on a unit that is to close.
std::string LeftCode(std::string const& what) {
  static std::map<std::string, std::string> const kCodes{{"jobs", "left_jobs"},
                                                         {"positions", "left_positions"},
                                                         {"users", "left_users"},
                                                         {"candidates", "left_candidates"},
                                                         {"employees", "left_employees"}};
  auto const found = kCodes.find(what);
  return found == kCodes.end() ? "left_records" : found->second;
}

FieldErrors ToErrors(std::vector<ChangeProblem> const& problems) {
  FieldErrors out;
  for (auto const& problem : problems) {
    FieldError field{problem.pointer, problem.code};
    field.params["node"] = problem.node_name;
    if (problem.date) field.params["date"] = FormatDate(*problem.date);
    field.params["change"] = problem.change_id.value_or("–");
    if (problem.count) field.params["count"] = std::to_string(*problem.count);
    out.push_back(std::move(field));
  }
  return out;
}

}  // namespace

// The rows a change can be judged by: a unit and everything above it, or the whole tree when subtrees move.
Result<Timeline> Service::TimelineFor(db::Tx& tx, NewChange const& input, Date on) {
  bool const local = input.kind == ChangeKind::create || input.kind == ChangeKind::update;
  if (!local) return Timeline(store::VersionsFrom(tx, on));
  std::vector<std::string> ids;
  if (input.node_id) ids.push_back(*input.node_id);
  if (input.target_id) ids.push_back(*input.target_id);
  return Timeline(store::VersionsAround(tx, ids, input.facts ? input.facts->code.value_or("") : "", on));
}

// org.write where the unit is, where it goes, and (when the tree changes around it) at its parent.
Result<> Service::CheckAuthority(db::Tx& tx, Principal const& who, Timeline const& timeline, NewChange const& input,
                                 Date on) {
  Scope const scope(who, "org.write");
  auto const covers = [&](std::string const& id) {
    auto const today = store::Node(tx, Scope::Everything(), id);
    return scope.Covers(today ? today->path : timeline.PathOf(id, on));
  };
  FieldErrors errors;
  if (input.node_id && input.kind != ChangeKind::create) {
    auto const* node = timeline.At(*input.node_id, on);
    if (!node || !covers(*input.node_id)) return NotFound("org_node");
    bool const structural = input.kind != ChangeKind::update;
    if (structural && node->parent_id && !covers(*node->parent_id))
      return Fail(ErrorCode::kForbidden, "org.parent_out_of_scope", {{"name", node->name}});
  }
  if (input.target_id && !input.target_id->empty() && (!timeline.At(*input.target_id, on) || !covers(*input.target_id)))
    errors.push_back({"/target_id", "not_found"});
  if (input.kind == ChangeKind::create && !input.target_id && (store::Root(tx) || who.kind != PrincipalKind::system))
    errors.push_back({"/target_id", "required"});
  if (!errors.empty()) return FailFields(std::move(errors));
  return {};
}

Result<Service::Planned> Service::Plan(db::Tx& tx, Principal const& who, NewChange const& input) {
  Planned out;
  auto const now = clock_.Now();
  out.today = Today(tx);
  auto const on = input.effective_date.value_or(out.today);
  if (on < out.today && who.kind != PrincipalKind::system) return FailField("/effective_date", "in_the_past");
  if (on > AddDays(out.today, kFarthestDays)) return FailField("/effective_date", "too_far");
  BOLE_ASSIGN(auto timeline, TimelineFor(tx, input, on));
  BOLE_TRY(CheckAuthority(tx, who, timeline, input, on));

  auto& change = out.change;
  change = {NewUlid(now),
            input.kind,
            on,
            on > out.today ? ChangeState::scheduled : ChangeState::applied,
            input.reason,
            "",
            input.node_id.value_or(""),
            "",
            "",
            input.target_id,
            "",
            "",
            WriteJson(input).as_object(),
            who.id,
            who.name,
            now,
            std::nullopt,
            {}};
  if (change.state == ChangeState::applied) change.ended_at = now;
  if (auto const* target = input.target_id ? timeline.At(*input.target_id, on) : nullptr)
    change.target_name = target->name, change.target_name_en = target->name_en;

  auto drafted = DraftChange(timeline, input, on, change.id, [&] { return NewUlid(now); });
  if (!drafted) {
    if (auto const* node = timeline.At(change.node_id, on))
      change.node_name = node->name, change.node_name_en = node->name_en;
    for (auto const& field : drafted.error().fields)
      out.problems.push_back({field.pointer, field.code, "", "", "", {}, {}, {}, {}});
    return out;
  }
  out.versions = *std::move(drafted);
  auto const& main = out.versions.front();
  if (input.kind == ChangeKind::create) change.node_id = main.node_id;
  change.node_name = main.name, change.node_name_en = main.name_en;
  // Seen by those who see the unit, or what will be above it while it is not there yet.
  auto seen_at = std::optional(change.node_id);
  while (seen_at && !store::Node(tx, Scope::Everything(), *seen_at)) {
    auto const* version = *seen_at == main.node_id ? &main : timeline.At(*seen_at, on);
    seen_at = version ? version->parent_id : std::nullopt;
  }
  change.org_id = seen_at.value_or(change.node_id);
  if (input.facts && input.facts->calendar_id && !input.facts->calendar_id->empty() &&
      !store::Calendar(tx, Scope(who, "org.read"), *input.facts->calendar_id))  // its own or one from above
    out.problems.push_back({"/facts/calendar_id", "not_found", "", "", "", {}, {}, {}, {}});
  auto const left = input.kind == ChangeKind::close && !HasSuccessor(input) ? Hanging(tx, timeline, change.node_id, on)
                                                                            : std::vector<AffectedRows>{};
  if (input.kind == ChangeKind::split) CheckSplitJobs(tx, timeline, input, out);
  CheckAgainst(tx, std::move(timeline), out);
  for (auto const& rows : left)
    out.problems.push_back(
        {"/target_id", LeftCode(rows.what), change.node_id, main.name, main.name_en, on, {}, {}, rows.count});
  return out;
}

void Service::CheckAgainst(db::Tx& tx, Timeline timeline, Planned& planned) {
  auto const on = planned.change.effective_date;
  std::vector<std::string> ids;
  for (auto const& version : planned.versions) ids.push_back(version.node_id);
  if (auto const* later = timeline.FirstLater(ids, on, on > planned.today)) {
    ChangeProblem problem{"/effective_date", "", later->node_id, "", "", later->valid_from, later->change_id, {}, {}};
    problem = Describe(tx, timeline, problem);
    problem.code = kBlockedBy.at(static_cast<std::size_t>(problem.change_kind.value_or(ChangeKind::update)));
    planned.problems.push_back(problem);
    return;
  }
  for (auto const& version : planned.versions) timeline.Put(version);
  for (auto const& broken : Violations(timeline, on, planned.change.id)) {
    bool const split = planned.change.kind == ChangeKind::split;
    auto const* pointer = split                                      ? "/parts"
                          : broken.code == "code_taken"              ? "/facts/code"
                          : planned.change.kind == ChangeKind::close ? "/node_id"
                                                                     : "/target_id";
    ChangeProblem problem{pointer, broken.code, broken.node_id, "", "", broken.date, {}, {}, {}};
    if (!broken.other_change.empty()) problem.change_id = broken.other_change;
    planned.problems.push_back(Describe(tx, timeline, problem));
  }
}

// Names for ids.
ChangeProblem Service::Describe(db::Tx& tx, Timeline const& timeline, ChangeProblem problem) {
  if (auto const* node = timeline.At(problem.node_id, *problem.date))
    problem.node_name = node->name, problem.node_name_en = node->name_en;
  if (problem.change_id)
    if (auto const change = store::Change(tx, Scope::Everything(), *problem.change_id))
      problem.change_kind = change->kind;
  return problem;
}

Result<ChangeView> Service::Change(Principal const& who, NewChange const& input) {
  return database_.Write([&](db::Tx& tx) { return Carry(tx, who, input); });
}

// Holds the lock of the tree.
Result<ChangeView> Service::Carry(db::Tx& tx, Principal const& who, NewChange const& input) {
  store::LockTree(tx);
  ApplyDueIn(tx);
  BOLE_ASSIGN(auto const planned, Plan(tx, who, input));
  if (!planned.problems.empty()) return FailFields(ToErrors(planned.problems));
  auto const& change = planned.change;
  auto const record = audit_.Begin(tx, who,
                                   {kActions.at(static_cast<std::size_t>(change.kind)),
                                    "org_node",
                                    change.node_id,
                                    change.org_id,
                                    {{"change", change.id}, {"effective", FormatDate(change.effective_date)}}});
  store::Insert(tx, change);
  for (auto const& version : planned.versions) store::Put(tx, version);
  if (change.state == ChangeState::applied) {
    std::vector<std::string> nodes;
    for (auto const& version : planned.versions) nodes.push_back(version.node_id);
    Refresh(tx, std::move(nodes), planned.today);
    HandOverAfter(tx, change);
  } else {
    ApplyLater(tx, change.effective_date);
  }
  audit_.Succeeded(tx, record);
  return change;
}

FieldErrors Service::Problems(db::Tx& tx, Principal const& who, NewChange const& input) {
  auto const planned = Plan(tx, who, input);
  if (planned) return ToErrors(planned->problems);
  if (!planned.error().fields.empty()) return planned.error().fields;
  return {{"/node_id", "not_found"}};
}

Result<ChangePreview> Service::Preview(Principal const& who, NewChange const& input) {
  return database_.Read([&](db::Tx& tx) -> Result<ChangePreview> {
    BOLE_ASSIGN(auto const planned, Plan(tx, who, input));
    ChangePreview out{planned.change.effective_date, planned.problems.empty(), 0, {}, planned.problems};
    std::set<std::string> paths;
    for (auto const& version : planned.versions)
      if (auto const node = store::Node(tx, Scope::Everything(), version.node_id)) paths.insert(node->path);
    std::string last;
    auto const on = planned.change.effective_date;
    for (auto const& what : counters_) out.affected.push_back({what.first, 0});
    for (auto const& path : paths) {
      if (!last.empty() && path.starts_with(last)) continue;  // counted with what is above it
      last = path;
      out.nodes += store::CountNodes(tx, path);
      for (std::size_t i = 0; i < counters_.size(); ++i) out.affected[i].count += counters_[i].second(tx, path, on);
    }
    for (auto const& part : input.parts)
      for (auto& rows : out.affected)
        if (rows.what == "jobs") rows.count += std::ssize(part.jobs);
    return out;
  });
}

Result<ChangeView> Service::CancelChange(Principal const& who, std::string const& id) {
  return database_.Write([&](db::Tx& tx) -> Result<ChangeView> {
    store::LockTree(tx);
    ApplyDueIn(tx);
    auto change = store::Change(tx, Scope(who, "org.write"), id);
    if (!change) return NotFound("org_change");
    if (change->state != ChangeState::scheduled) return Fail(ErrorCode::kConflict, "org.change_ended");
    auto const on = change->effective_date;
    Timeline timeline(store::VersionsFrom(tx, AddDays(on, -1)));  // with what the change ended
    auto const needed = [&](Date date, std::string const& other) {
      return Fail(ErrorCode::kConflict, "org.change_needed",
                  {{"date", FormatDate(date)}, {"change", other.empty() ? "–" : other}});
    };
    if (auto const* later = timeline.FirstLater(timeline.NodesOf(id), on, false))
      return needed(later->valid_from, later->change_id);
    timeline.Withdraw(id);
    BOLE_ASSIGN(auto const input, FromJson<NewChange>(change->payload));
    BOLE_TRY(CheckAuthority(tx, who, timeline, input, on));
    if (auto const broken = Violations(timeline, on, id, 1); !broken.empty())
      return needed(broken[0].date, broken[0].other_change);
    auto const record =
        audit_.Begin(tx, who, {"org.cancel", "org_node", change->node_id, change->org_id, {{"change", id}}});
    store::Withdraw(tx, id, on);
    change->state = ChangeState::cancelled, change->ended_at = clock_.Now();
    store::End(tx, id, change->state, *change->ended_at);
    audit_.Succeeded(tx, record);
    return *change;
  });
}

Result<> Service::ApplyDue() {
  database_.Write([&](db::Tx& tx) {
    store::LockTree(tx);
    ApplyDueIn(tx);
    for (auto const day : store::ScheduledDays(tx)) ApplyLater(tx, day);
  });
  return {};
}

// Day by day, should several have come while nothing ran: what a change hands over counts for those after it.
void Service::ApplyDueIn(db::Tx& tx) {
  auto const today = Today(tx);
  auto const who = Principal::System("org.apply");
  for (auto due = store::Due(tx, today); !due.empty(); due = store::Due(tx, today)) {
    auto const day = due.front().effective_date;
    std::vector<std::string> nodes;
    std::vector<ChangeView> applied;
    for (auto const& change : due) {
      if (change.effective_date != day) break;
      if (store::Change(tx, Scope::Everything(), change.id)->state != ChangeState::scheduled) continue;  // failed
      if (auto const left = LeftOver(tx, change); !left.empty()) {
        FailDue(tx, change, left);
        continue;
      }
      audit_.Record(tx, who, {"org.apply", "org_node", change.node_id, change.org_id, {{"change", change.id}}});
      store::End(tx, change.id, ChangeState::applied, clock_.Now());
      for (auto& id : store::NodesOfChange(tx, change.id)) nodes.push_back(std::move(id));
      applied.push_back(change);
    }
    if (!nodes.empty()) Refresh(tx, std::move(nodes), day);
    for (auto const& change : applied) HandOverAfter(tx, change);
  }
}

// Brings these units of org_node to what their versions say of a day, parents before children.
void Service::Refresh(db::Tx& tx, std::vector<std::string> nodes, Date day) {
  std::set<std::string> open(nodes.begin(), nodes.end());
  bool moved = false;
  while (!open.empty()) {
    auto const before = open.size();
    for (auto const& id : nodes) {
      if (!open.contains(id)) continue;
      auto const version = store::VersionOn(tx, id, day);
      if (version && version->parent_id && open.contains(*version->parent_id)) continue;
      open.erase(id);
      if (!version) continue;  // begins later
      auto const parent = version->parent_id ? store::Node(tx, Scope::Everything(), *version->parent_id) : std::nullopt;
      auto const path = (parent ? parent->path : "/") + id + "/";
      auto const depth = parent ? parent->depth + 1 : 0;
      auto const known = store::Node(tx, Scope::Everything(), id);
      OrgNodeView const node{id,
                             version->parent_id,
                             version->code,
                             version->name,
                             version->name_en,
                             version->kind,
                             version->city,
                             version->zone,
                             version->locale,
                             path,
                             depth,
                             known ? known->version + 1 : 1,
                             version->state,
                             version->calendar_id};
      if (!known) {
        store::Insert(tx, node);
        continue;
      }
      store::Update(tx, node);
      if (known->path == path) continue;
      store::MoveSubtree(tx, known->path, path, depth - known->depth);
      moved = true;
    }
    if (open.size() == before) throw std::logic_error("org: the units of a change hang in a circle");
  }
  if (moved)
    tx.OnCommit([this] {
      for (auto const& listener : moved_) listener();
    });
}

void Service::ApplyLater(db::Tx& tx, Date day) {
  auto const at = StartOfDay(day, store::Root(tx)->zone);
  queue_.Enqueue(tx, {.type = "org.apply",
                      .payload = {},
                      .key = "org.apply:" + FormatDate(day) + ":" + std::to_string(ToMillis(at)),
                      .run_at = at});
}

Result<> Service::CatchUp() {
  BOLE_TRY(ApplyDue());
  return database_.Write([&](db::Tx& tx) -> Result<> {
    if (store::Root(tx)) LoadShipped(tx);
    return {};
  });
}

}  // namespace bole::org
