#include "modules/org/model.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace bole::org {
namespace {

Date D(std::string const& text) { return *ParseDate(text); }

// The tree of one test with the acts on it, judged as the service judges them.
class Acts {
 public:
  explicit Acts(Date start) : today(start) {
    NewChange group;
    group.kind = ChangeKind::create;
    group.facts = Facts("HQ");
    EXPECT_EQ(Do(group), "");
  }
  static NodeFacts Facts(std::string const& code) {
    return {code, code, "", OrgKind::branch, "", "Asia/Shanghai", "zh-CN", {}};
  }
  std::string New() { return "N" + std::to_string(++made_); }
  // "" when it was carried out, else the code of what stands in the way.
  std::string Do(NewChange const& change, std::optional<Date> day = {}) {
    auto const on = day.value_or(today);
    auto const id = "C" + std::to_string(changes.size());
    auto const versions = DraftChange(timeline, change, on, id, [&] { return New(); });
    if (!versions) return versions.error().fields.at(0).code;
    std::vector<std::string> ids;
    for (auto const& version : *versions) ids.push_back(version.node_id);
    if (timeline.FirstLater(ids, on, on > today)) return "blocked";
    auto next = timeline;
    for (auto const& version : *versions) next.Put(version);
    if (auto const broken = Violations(next, on, id, 1); !broken.empty()) return broken[0].code;
    timeline = next;
    changes.emplace_back(id, on);
    return "";
  }
  bool Cancel(std::size_t index) {
    auto const [id, on] = changes.at(index);
    auto const nodes = timeline.NodesOf(id);
    if (nodes.empty() || on <= today || timeline.FirstLater(nodes, on, false)) return false;
    auto next = timeline;
    next.Withdraw(id);
    if (!Violations(next, on, id, 1).empty()) return false;
    timeline = next;
    return true;
  }
  std::string Create(std::string const& parent, std::string const& code, std::optional<Date> day = {}) {
    NewChange change;
    change.kind = ChangeKind::create;
    change.target_id = parent, change.facts = Facts(code);
    EXPECT_EQ(Do(change, day), "") << code;
    return "N" + std::to_string(made_);
  }
  std::string Move(std::string const& node, std::string const& to, std::optional<Date> day = {}) {
    return Do(Of(ChangeKind::move, node, to), day);
  }
  static NewChange Of(ChangeKind kind, std::string const& node, std::optional<std::string> target = {}) {
    NewChange change;
    change.kind = kind, change.node_id = node, change.target_id = std::move(target);
    return change;
  }
  [[nodiscard]] int made() const { return made_; }

  Date today;
  Timeline timeline{{}};
  std::vector<std::pair<std::string, Date>> changes;

 private:
  int made_ = 0;
};

// Says in its own way what must hold on a day: the oracle of the property below.
std::string Broken(Timeline const& timeline, Date day) {
  std::map<std::string, NodeVersion const*> chart;
  std::set<std::string> codes;
  for (auto const* version : timeline.Chart(day)) {
    if (!chart.emplace(version->node_id, version).second) return "two versions on a day";
    if (!codes.insert(version->code).second) return "code twice";
  }
  int roots = 0;
  for (auto const& [id, version] : chart) {
    std::set<std::string> above;
    for (auto const* at = version; at->parent_id;) {
      if (!above.insert(at->node_id).second) return "circle";
      auto const parent = chart.find(*at->parent_id);
      if (parent == chart.end()) return "no parent";
      if (at->state == NodeState::open && parent->second->state == NodeState::closed) return "open below closed";
      at = parent->second;
    }
    if (above.size() > 20) return "too deep";
    if (!version->parent_id) ++roots;
  }
  return roots == 1 ? "" : "not one group";
}

// One random act on one of the units, at a day within the next two weeks.
NewChange RandomChange(std::mt19937& random, Acts const& acts, int number) {
  using enum ChangeKind;
  constexpr ChangeKind kOften[] = {create, create, create, create, update, update, move,   move,
                                   move,   move,   merge,  split,  close,  reopen, reopen, reopen};
  auto const kind = kOften[random() % std::size(kOften)];
  std::vector<std::string> fitting;  // open units, or closed ones to reopen
  for (auto const* version : acts.timeline.Chart(acts.today))
    if ((version->state == NodeState::closed) == (kind == reopen)) fitting.push_back(version->node_id);
  std::sort(fitting.begin(), fitting.end());
  auto const any = [&] { return "N" + std::to_string(1 + random() % static_cast<unsigned>(acts.made())); };
  bool const wild = fitting.empty() || random() % 8 == 0;
  auto change = Acts::Of(kind, wild ? any() : fitting[random() % fitting.size()], any());
  if (change.kind == ChangeKind::create || change.kind == ChangeKind::update)
    change.facts = Acts::Facts("K" + std::to_string(random() % 200));
  if (change.kind == ChangeKind::split) {
    change.parts = {{"S" + std::to_string(number), "part", "", {}}};
    auto const children = acts.timeline.OpenChildren(*change.node_id, acts.today);
    if (!children.empty()) change.parts[0].children = {children[random() % children.size()]->node_id};
  }
  change.with_subtree = change.kind == ChangeKind::close && random() % 2 == 0;
  if ((change.kind == ChangeKind::close || change.kind == ChangeKind::reopen) && random() % 2 == 0)
    change.target_id.reset();
  return change;
}

TEST(OrgModel, NoSequenceOfChangesBreaksTheTreeOnAnyDay) {
  std::map<ChangeKind, int> carried;
  int cancelled = 0, refused = 0;
  EXPECT_TRUE(rc::check([&] {
    std::mt19937 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint32_t>()));
    Acts acts(D("2026-01-01"));
    for (int i = 0; i < 90; ++i) {
      auto const change = RandomChange(random, acts, i);
      acts.Do(change, AddDays(acts.today, random() % 2 == 0 ? 0 : static_cast<int>(random() % 6))).empty()
          ? ++carried[change.kind]
          : ++refused;
      if (random() % 6 == 0) cancelled += acts.Cancel(random() % acts.changes.size()) ? 1 : 0;
      if (random() % 4 == 0) acts.today = AddDays(acts.today, 1);
      for (int ahead = 0; i % 10 == 9 && ahead < 45; ++ahead)
        RC_ASSERT(Broken(acts.timeline, AddDays(D("2026-01-01"), ahead)) == "");
    }
  }));
  for (int kind = 0; kind < 7; ++kind) EXPECT_GT(carried[static_cast<ChangeKind>(kind)], 20) << "kind " << kind;
  EXPECT_GT(cancelled, 20);
  EXPECT_GT(refused, 500);
}

class OrgActs : public testing::Test {
 protected:
  Acts acts{D("2026-01-01")};
  std::string group = "N1", north = acts.Create(group, "BJ"), south = acts.Create(group, "SZ"),
              outlet = acts.Create(north, "BJ-1");
  std::string Path(std::string const& id, std::string const& day) { return acts.timeline.PathOf(id, D(day)); }
};

TEST_F(OrgActs, AMoveHoldsFromItsDayOn) {
  EXPECT_EQ(acts.Move(outlet, south, D("2026-03-01")), "");
  EXPECT_EQ(Path(outlet, "2026-02-28"), "/N1/" + north + "/" + outlet + "/");
  EXPECT_EQ(Path(outlet, "2026-03-01"), "/N1/" + south + "/" + outlet + "/");
  EXPECT_TRUE(acts.Cancel(acts.changes.size() - 1));
  EXPECT_EQ(Path(outlet, "2026-03-01"), "/N1/" + north + "/" + outlet + "/");
}

TEST_F(OrgActs, TwoMovesThatMakeACircleLaterAreRefused) {
  EXPECT_EQ(acts.Move(north, south, D("2026-05-01")), "");
  EXPECT_EQ(acts.Move(south, outlet, D("2026-03-01")), "cycle") << "from May on they would hang below each other";
  EXPECT_EQ(acts.Move(south, outlet), "cycle");
  auto next = acts.timeline;
  next.Put({south, D("2026-03-01"), {}, outlet, "SZ", "", "", OrgKind::branch, "", "", "", {}, NodeState::open, "own"});
  auto const broken = Violations(next, D("2026-03-01"), "own");
  ASSERT_FALSE(broken.empty());
  EXPECT_EQ(broken[0].date, D("2026-05-01"));
  EXPECT_EQ(broken[0].other_change, acts.changes.back().first) << "the move of May stands in the way";
}

TEST_F(OrgActs, ChangesOfOneUnitDoNotOverlap) {
  EXPECT_EQ(acts.Move(outlet, south, D("2026-03-01")), "");
  EXPECT_EQ(acts.Move(outlet, group, D("2026-03-01")), "blocked");
  EXPECT_EQ(acts.Move(outlet, group, D("2026-02-01")), "blocked");
  EXPECT_EQ(acts.Move(outlet, group, D("2026-04-01")), "");
  EXPECT_FALSE(acts.Cancel(acts.changes.size() - 2)) << "the move of April builds on it";
  EXPECT_TRUE(acts.Cancel(acts.changes.size() - 1));
}

TEST_F(OrgActs, AClosedUnitTakesNoChildren) {
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::close, south), D("2026-04-01")), "");
  EXPECT_EQ(acts.Move(outlet, south, D("2026-03-01")), "parent_closed");
  EXPECT_EQ(acts.Move(outlet, south, D("2026-05-01")), "closed_node");
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::close, north)), "open_children");
  auto all = Acts::Of(ChangeKind::close, north);
  all.with_subtree = true;
  EXPECT_EQ(acts.Do(all), "");
  EXPECT_EQ(acts.timeline.At(outlet, acts.today)->state, NodeState::closed);
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::reopen, outlet)), "parent_closed");
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::reopen, outlet, group)), "");
}

TEST_F(OrgActs, AMergedUnitClosesBelowTheOneThatTakesOver) {
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::merge, north, outlet)), "cycle");
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::merge, north, south), D("2026-02-01")), "");
  EXPECT_EQ(acts.timeline.At(north, D("2026-01-31"))->state, NodeState::open);
  EXPECT_EQ(acts.timeline.At(north, D("2026-02-01"))->state, NodeState::closed);
  EXPECT_EQ(Path(north, "2026-02-01"), "/N1/" + south + "/" + north + "/");
  EXPECT_EQ(Path(outlet, "2026-02-01"), "/N1/" + south + "/" + outlet + "/");
}

TEST_F(OrgActs, ASplitTakesChosenChildren) {
  auto const second = acts.Create(north, "BJ-2");
  auto split = Acts::Of(ChangeKind::split, north);
  split.parts = {{"BJ-N", "北", "", {second, south}}};
  EXPECT_EQ(acts.Do(split), "not_a_child");
  split.parts = {{"BJ", "北", "", {second}}};
  EXPECT_EQ(acts.Do(split), "taken");
  split.parts = {{"BJ-N", "北", "", {second}}};
  EXPECT_EQ(acts.Do(split), "");
  auto const fresh = "N" + std::to_string(acts.made());
  EXPECT_EQ(Path(second, "2026-01-01"), "/N1/" + fresh + "/" + second + "/");
  EXPECT_EQ(Path(outlet, "2026-01-01"), "/N1/" + north + "/" + outlet + "/");
}

TEST_F(OrgActs, ACodeIsUniqueOnEveryDay) {
  auto rename = Acts::Of(ChangeKind::update, south);
  rename.facts.emplace().code = "SZ2";
  EXPECT_EQ(acts.Do(rename, D("2026-03-01")), "");
  auto take = Acts::Of(ChangeKind::update, outlet);
  take.facts.emplace().code = "SZ";
  EXPECT_EQ(acts.Do(take, D("2026-02-01")), "taken");
  EXPECT_EQ(acts.Do(take, D("2026-03-01")), "");
}

TEST_F(OrgActs, TheGroupStays) {
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::move, group, south)), "group_node");
  EXPECT_EQ(acts.Do(Acts::Of(ChangeKind::close, group)), "group_node");
  EXPECT_EQ(acts.Move(north, north), "same_node");
  EXPECT_EQ(acts.Move(north, group), "same_parent");
}

TEST_F(OrgActs, TheTreeHasABottom) {
  auto at = group;
  for (int i = 0; i < kMaxDepth; ++i) at = acts.Create(at, "D" + std::to_string(i));
  NewChange deeper;
  deeper.kind = ChangeKind::create, deeper.target_id = at, deeper.facts = Acts::Facts("D-last");
  EXPECT_EQ(acts.Do(deeper), "too_deep");
}

TEST(OrgModelTime, ADayBeginsAtItsZonesMidnight) {
  EXPECT_EQ(FormatInstant(StartOfDay(D("2026-03-01"), "Asia/Shanghai")), "2026-02-28T16:00:00.000Z");
  EXPECT_EQ(FormatInstant(StartOfDay(D("2026-07-01"), "America/New_York")), "2026-07-01T04:00:00.000Z");
  EXPECT_EQ(FormatInstant(StartOfDay(D("2026-03-01"), "Pacific/Auckland")), "2026-02-28T11:00:00.000Z");
  EXPECT_EQ(DayIn(*ParseInstant("2026-02-28T16:00:00Z"), "Asia/Shanghai"), D("2026-03-01"));
  EXPECT_EQ(DayIn(*ParseInstant("2026-02-28T15:59:59Z"), "Asia/Shanghai"), D("2026-02-28"));
}

TEST(OrgModelTime, ANamedDayCountsBeforeTheWeekday) {
  CalendarView calendar;
  calendar.rest_weekdays = {6, 7};
  calendar.days = {{D("2026-02-14"), DayKind::workday, "调休", ""},
                   {D("2026-02-17"), DayKind::holiday, "春节", ""},
                   {D("2026-02-20"), DayKind::half_day, "", ""}};
  EXPECT_EQ(WorkShare(calendar, D("2026-02-14")), 1) << "a Saturday that is worked";
  EXPECT_EQ(WorkShare(calendar, D("2026-02-15")), 0);
  EXPECT_EQ(WorkShare(calendar, D("2026-02-16")), 1);
  EXPECT_EQ(WorkShare(calendar, D("2026-02-17")), 0);
  EXPECT_EQ(WorkShare(calendar, D("2026-02-20")), 0.5);
}

}  // namespace
}  // namespace bole::org
