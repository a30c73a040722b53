#include <random>

#include "modules/org/service.hpp"
#include "platform/app/testing.hpp"

// The tree over time in a database: what is scheduled, applied, cancelled, and what the projection shows of it.
namespace bole::org {
namespace {

using http::Method;
using std::chrono::hours;

class OverTimeTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org"});
    root = Add(std::nullopt, "HQ", OrgKind::group);
    north = Add(root.id, "BJ", OrgKind::branch);
    south = Add(root.id, "SZ", OrgKind::branch);
    outlet = Add(north.id, "BJ-1", OrgKind::outlet);
    api.OnMoved([this] { ++moves; });
  }
  OrgNodeView Add(std::optional<std::string> parent, std::string const& code, OrgKind kind) {
    return api.CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  static NewChange Of(ChangeKind kind, std::string node, std::optional<std::string> target, std::string const& day) {
    NewChange change;
    change.kind = kind, change.node_id = std::move(node), change.target_id = std::move(target);
    if (!day.empty()) change.effective_date = ParseDate(day);
    return change;
  }
  static Principal Hr(std::string const& path) {
    return User({"org.read", "org.write", "job.read", "job.write"}, path);
  }
  OrgNodeView Now(std::string const& id) { return api.GetNode(Principal::System("t"), id).value(); }
  std::string FirstField(Result<ChangeView> const& result) {
    return result ? "" : result.error().fields.empty() ? result.error().key : result.error().fields[0].code;
  }
  // What the versions say of today equals what org_node shows.
  void ExpectProjection() {
    auto const today = DayIn(clock.Now(), "Asia/Shanghai");
    db->Read([&](db::Tx& tx) {
      auto chart = ChartOf(Timeline(store::VersionsOn(tx, today)), today);
      auto shown = store::Nodes(tx, Scope::Everything());
      ASSERT_EQ(chart.size(), shown.size());
      for (std::size_t i = 0; i < chart.size(); ++i) {
        shown[i].version = 0;
        EXPECT_EQ(ToJsonText(chart[i]), ToJsonText(shown[i]));
      }
    });
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<Api> owner = Register(context, *audits);
  Service& api = static_cast<Service&>(*owner);
  int moves = 0;
  OrgNodeView root, north, south, outlet;
};

TEST_P(OverTimeTest, AScheduledMoveIsInForceFromItsDayOn) {
  auto const made = api.Change(Hr(root.path), Of(ChangeKind::move, outlet.id, south.id, "2025-12-01"));
  ASSERT_TRUE(made) << FirstField(made);
  EXPECT_EQ(made->state, ChangeState::scheduled);
  EXPECT_EQ(Now(outlet.id).path, outlet.path);
  auto const later = api.Tree(Hr(south.path), ParseDate("2025-12-01"));
  ASSERT_EQ(later.items.size(), 2U);
  EXPECT_EQ(later.items[1].path, south.path + outlet.id + "/");
  EXPECT_EQ(api.Tree(Hr(north.path), ParseDate("2025-12-01")).items.size(), 1U);

  EXPECT_EQ(runner.RunDue(), 0);
  clock.Advance(*ParseInstant("2025-11-30T16:00:00Z") - clock.Now());  // midnight in Shanghai
  EXPECT_EQ(runner.RunDue(), 1);
  EXPECT_EQ(Now(outlet.id).path, south.path + outlet.id + "/");
  EXPECT_EQ(moves, 1);
  EXPECT_EQ(api.GetChange(Hr(root.path), made->id)->state, ChangeState::applied);
  EXPECT_EQ(api.Tree(Hr(north.path), ParseDate("2025-11-30")).items.size(), 2U) << "the chart of before is kept";
  EXPECT_EQ(api.CancelChange(Hr(root.path), made->id).error().key, "org.change_ended");
  ExpectProjection();
}

TEST_P(OverTimeTest, AMissedDayIsMadeUpAtTheStart) {
  ASSERT_TRUE(api.Change(Hr(root.path), Of(ChangeKind::move, outlet.id, south.id, "2025-12-01")));
  clock.Advance(hours(24 * 60));
  ASSERT_TRUE(api.CatchUp());
  EXPECT_EQ(Now(outlet.id).parent_id, south.id);
  EXPECT_EQ(api.Competencies().items.size(), 12U);
  ASSERT_TRUE(api.CatchUp()) << "and a second time changes nothing";
  EXPECT_EQ(api.Competencies().items.size(), 12U);
  EXPECT_EQ(Now(root.id).calendar_id, api.Calendars(Hr(root.path)).items.at(0).id);
  ExpectProjection();
}

TEST_P(OverTimeTest, ACancelledChangeNeverHappens) {
  auto const made = api.Change(Hr(root.path), Of(ChangeKind::merge, north.id, south.id, "2025-12-01")).value();
  EXPECT_EQ(api.CancelChange(Hr(north.path), made.id).error().key, "org.parent_out_of_scope");
  ASSERT_TRUE(api.CancelChange(Hr(root.path), made.id));
  clock.Advance(hours(24 * 30));
  runner.RunDue();
  EXPECT_EQ(Now(north.id).state, NodeState::open);
  EXPECT_EQ(Now(outlet.id).path, outlet.path);
  EXPECT_EQ(api.History(Hr(root.path), outlet.id)->versions.size(), 1U);
  ExpectProjection();
}

TEST_P(OverTimeTest, TheChangeInTheWayIsNamed) {
  auto const made = api.Change(Hr(root.path), Of(ChangeKind::move, outlet.id, south.id, "2025-12-01")).value();
  auto const preview = api.Preview(Hr(root.path), Of(ChangeKind::close, outlet.id, {}, "2025-11-25"));
  ASSERT_TRUE(preview);
  EXPECT_FALSE(preview->possible);
  ASSERT_EQ(preview->problems.size(), 1U);
  auto const& problem = preview->problems[0];
  EXPECT_EQ(problem.code, "blocked_by_move");
  EXPECT_EQ(problem.change_id, made.id);
  EXPECT_EQ(problem.date, ParseDate("2025-12-01"));
  EXPECT_EQ(problem.change_kind, ChangeKind::move);
  auto const refused = api.Change(Hr(root.path), Of(ChangeKind::close, outlet.id, {}, "2025-11-25"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields[0].code, "blocked_by_move");
  EXPECT_EQ(refused.error().fields[0].params.at("change"), made.id);
  EXPECT_EQ(FirstField(api.Change(Hr(root.path), Of(ChangeKind::close, south.id, {}, "2025-12-02"))), "open_children");
  EXPECT_EQ(FirstField(api.Change(Hr(root.path), Of(ChangeKind::close, south.id, {}, "2025-11-30"))), "parent_closed");
}

TEST_P(OverTimeTest, WhoSeesAUnitSeesWhatWasMergedIntoIt) {
  ASSERT_TRUE(api.CreateJob(Hr(root.path), {outlet.id, "T", "柜员", "", "teller", "", "", "", {}}));
  ASSERT_TRUE(api.Change(Hr(root.path), Of(ChangeKind::merge, north.id, south.id, "")));
  EXPECT_EQ(moves, 1);
  auto const hr = Hr(Now(south.id).path);
  EXPECT_EQ(api.Tree(hr).items.size(), 3U);
  EXPECT_EQ(api.ListJobs(hr, {}, "")->total, 1);
  EXPECT_EQ(Now(north.id).state, NodeState::closed);
  EXPECT_EQ(Now(outlet.id).depth, 2);
  auto const refused = api.CreateJob(hr, {north.id, "T2", "柜员", "", "teller", "", "", "", {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).code, "closed_node");
  ExpectProjection();
}

TEST_P(OverTimeTest, APreviewCountsWhatMoves) {
  ASSERT_TRUE(api.CreateJob(Hr(root.path), {outlet.id, "T", "柜员", "", "teller", "", "", "", {}}));
  auto const preview = api.Preview(Hr(root.path), Of(ChangeKind::move, north.id, south.id, "2025-12-01"));
  ASSERT_TRUE(preview);
  EXPECT_TRUE(preview->possible);
  EXPECT_EQ(preview->nodes, 2);
  ASSERT_EQ(preview->affected.size(), 2U);
  EXPECT_EQ(preview->affected[0].what, "jobs");
  EXPECT_EQ(preview->affected[0].count, 1);
  EXPECT_EQ(Now(north.id).parent_id, root.id) << "a preview changes nothing";
}

TEST_P(OverTimeTest, AuthorityIsNeededAtBothEnds) {
  auto const branch = Hr(north.path);
  EXPECT_EQ(FirstField(api.Change(branch, Of(ChangeKind::move, outlet.id, south.id, ""))), "not_found");
  EXPECT_EQ(FirstField(api.Change(branch, Of(ChangeKind::close, south.id, {}, ""))), "not_found");
  auto all = Of(ChangeKind::close, north.id, {}, "");
  all.with_subtree = true;
  EXPECT_EQ(FirstField(api.Change(branch, all)), "org.parent_out_of_scope");
  EXPECT_EQ(FirstField(api.Change(branch, Of(ChangeKind::close, outlet.id, {}, ""))), "");
  EXPECT_EQ(FirstField(api.Change(Hr(root.path), Of(ChangeKind::move, south.id, north.id, "2025-11-01"))),
            "in_the_past");
}

TEST_P(OverTimeTest, AUnitOfTheFutureIsKnownToThoseAboveIt) {
  NewChange create = Of(ChangeKind::create, "", north.id, "2025-12-01");
  create.node_id.reset();
  create.facts = NodeFacts{"BJ-9", "新支行", "", OrgKind::outlet, "", "Asia/Shanghai", "zh-CN", {}};
  auto const made = api.Change(Hr(north.path), create);
  ASSERT_TRUE(made) << FirstField(made);
  EXPECT_EQ(api.GetNode(Hr(root.path), made->node_id).error().key, "not_found");
  EXPECT_EQ(api.History(Hr(north.path), made->node_id)->versions.size(), 1U);
  EXPECT_EQ(api.History(Hr(south.path), made->node_id).error().key, "not_found");
  EXPECT_EQ(FirstField(api.Change(Hr(north.path), Of(ChangeKind::move, outlet.id, made->node_id, "2025-12-02"))), "");
  auto const cancelled = api.CancelChange(Hr(north.path), made->id);
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().key, "org.change_needed");
  EXPECT_EQ(cancelled.error().params.at("date"), "2025-12-02");
  clock.Advance(hours(24 * 30));
  EXPECT_EQ(runner.RunDue(), 2);
  EXPECT_EQ(Now(outlet.id).path, north.path + made->node_id + "/" + outlet.id + "/");
  ExpectProjection();
}

TEST_P(OverTimeTest, AHistoryIsReadOldestFirst) {
  ASSERT_TRUE(api.PatchNode(Hr(root.path), outlet.id, {.version = 1, .name = "望江路支行"}));
  clock.Advance(hours(48));
  ASSERT_TRUE(api.PatchNode(Hr(root.path), outlet.id, {.version = 2, .name = "滨江支行"}));
  auto const history = api.History(Hr(north.path), outlet.id);
  ASSERT_TRUE(history);
  ASSERT_EQ(history->versions.size(), 2U);
  EXPECT_EQ(history->versions[0].name, "望江路支行");
  EXPECT_EQ(history->versions[0].valid_to, history->versions[1].valid_from);
  EXPECT_EQ(history->versions[1].name, "滨江支行");
  EXPECT_EQ(history->changes.size(), 3U);
}

// Random acts with days that pass: org_node always shows what the versions say of today.
TEST_P(OverTimeTest, TheProjectionNeverDisagreesWithTheTruth) {
  std::mt19937 random(5);
  auto const who = Principal::System("test");
  std::vector<std::string> nodes{root.id, north.id, south.id, outlet.id}, changes;
  int carried = 0;
  for (int i = 0; i < 70; ++i) {
    clock.Advance(std::chrono::milliseconds(2));
    auto const pick = [&] { return nodes[random() % nodes.size()]; };
    auto change = Of(static_cast<ChangeKind>(random() % 7), pick(), pick(), "");
    change.effective_date = AddDays(DayIn(clock.Now(), "Asia/Shanghai"), static_cast<int>(random() % 4));
    auto const code = "R" + std::to_string(i);
    if (change.kind == ChangeKind::create)
      change.facts = NodeFacts{code, code, "", OrgKind::branch, "", "Asia/Shanghai", "zh-CN", {}};
    if (change.kind == ChangeKind::update) change.facts.emplace().name = code, change.target_id.reset();
    if (change.kind == ChangeKind::split) change.parts = {{code, code, "", {}}}, change.target_id.reset();
    if (auto const made = api.Change(who, change)) {
      ++carried;
      changes.push_back(made->id);
      if (change.kind == ChangeKind::create) nodes.push_back(made->node_id);
    }
    if (random() % 5 == 0 && !changes.empty()) (void)api.CancelChange(who, changes[random() % changes.size()]);
    if (random() % 3 == 0) {
      clock.Advance(hours(24));
      if (random() % 2 == 0) runner.RunDue();
      ASSERT_TRUE(api.ApplyDue());
    }
    ExpectProjection();
  }
  EXPECT_GT(carried, 15);
}

TEST_P(OverTimeTest, ADayAtAUnitFollowsItsCalendarOrItsParents) {
  auto const hr = Hr(root.path);
  CreateCalendar input{root.id, "XX", "测试", "", {7}, {{*ParseDate("2026-01-02"), DayKind::half_day, "半天", ""}}};
  auto const calendar = api.CreateCalendar(hr, input);
  ASSERT_TRUE(calendar);
  ASSERT_TRUE(api.PatchNode(hr, north.id, {.version = 1, .calendar_id = calendar->id}));
  auto const day = [&](OrgNodeView const& node, char const* date) {
    return db->Read([&](db::Tx& tx) { return api.DayAt(tx, node.id, *ParseDate(date)).value(); });
  };
  EXPECT_EQ(day(outlet, "2026-01-02").share, 0.5);
  EXPECT_EQ(day(outlet, "2026-01-02").calendar_from, north.id);
  EXPECT_EQ(day(outlet, "2026-01-03").share, 1) << "Saturday is worked there";
  EXPECT_EQ(day(south, "2026-01-03").share, 0) << "no calendar: Saturday and Sunday rest";
  EXPECT_EQ(day(south, "2026-01-02").next_working_day, ParseDate("2026-01-05"));
  EXPECT_EQ(day(outlet, "2026-01-03").next_working_day, ParseDate("2026-01-05"));
  ASSERT_TRUE(api.CatchUp());
  EXPECT_EQ(day(south, "2026-02-17").share, 0) << "Spring Festival of the shipped calendar";
  EXPECT_EQ(day(south, "2026-02-17").name_zh, "春节");
  EXPECT_EQ(day(south, "2026-02-13").next_working_day, ParseDate("2026-02-20"));
  auto const twice = api.PatchCalendar(hr, calendar->id,
                                       {.version = 1,
                                        .days = {{{*ParseDate("2026-01-02"), DayKind::holiday, "", ""},
                                                  {*ParseDate("2026-01-02"), DayKind::workday, "", ""}}}});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().fields.at(0).code, "duplicate");
  EXPECT_EQ(api.PatchCalendar(Hr(north.path), calendar->id, {.version = 1, .name_zh = "x"}).error().key,
            "org.owner_only");
  EXPECT_EQ(api.PatchCalendar(hr, calendar->id, {.version = 7, .name_zh = "x"}).error().key, "conflict.stale");
}

TEST_P(OverTimeTest, ANewJobStartsFromTheModelOfItsFamily) {
  ASSERT_TRUE(api.CatchUp());
  for (auto const& family : api.Families().items) {
    double sum = 0;
    for (auto const& line : family.competencies) {
      sum += line.weight;
      EXPECT_FALSE(line.name_zh.empty()) << line.key;
    }
    EXPECT_EQ(sum, 100) << family.key;
  }
  EXPECT_EQ(api.Families().items.size(), 12U);
  auto const job = api.CreateJob(Hr(root.path), {root.id, "T", "柜员", "Teller", "teller", "", "", "", {}});
  ASSERT_TRUE(job);
  EXPECT_EQ(job->competencies.size(), 6U);
  EXPECT_EQ(job->competencies[0].key, "service");
  EXPECT_EQ(job->competencies[0].level, 4);
  // The group's job is used below, and changed only where it belongs.
  EXPECT_EQ(api.ListJobs(Hr(north.path), {}, "")->total, 1);
  EXPECT_EQ(api.PatchJob(Hr(north.path), job->id, {.version = 1, .name = "x"}).error().key, "org.owner_only");
  auto const same = api.SameNames(Hr(north.path), "柜员", north.id);
  ASSERT_TRUE(same);
  ASSERT_EQ(same->items.size(), 1U);
  EXPECT_TRUE(same->items[0].above);
  ASSERT_TRUE(api.CreateJob(Hr(south.path), {south.id, "L", "大堂经理", "", "customer_service", "", "", "", {}}));
  EXPECT_EQ(api.SameNames(Hr(root.path), "大堂经理", north.id)->items.size(), 1U) << "in another branch";
  EXPECT_EQ(api.SameNames(Hr(north.path), "大堂经理", north.id)->items.size(), 0U) << "not told across the scope";
  EXPECT_EQ(FirstField({tl::unexpected<Error>(
                api.CreateJob(Hr(root.path), {root.id, "G", "g", "", "general", "P9", "", "", {}}).error())}),
            "unknown_grade");
  ASSERT_TRUE(api.PutGrade(Hr(root.path), "P9", {0, "九级", "", 9, JobStatus::active}));
  EXPECT_TRUE(api.CreateJob(Hr(root.path), {root.id, "G", "g", "", "general", "P9", "", "", {}}));
  EXPECT_EQ(api.PutGrade(Hr(north.path), "P8", {0, "八级", "", 8, JobStatus::active}).error().key, "org.group_only");
  EXPECT_EQ(api.PutGrade(Hr(root.path), "P9", {4, "九级", "", 9, JobStatus::active}).error().key, "conflict.stale");
}

TEST_P(OverTimeTest, ShippedModelsAreLoadedOnce) {
  ASSERT_TRUE(api.CatchUp());
  auto const teller = [&] { return api.Families().items.at(0); };
  EXPECT_EQ(teller().competencies.size(), 6U);
  ASSERT_TRUE(api.PutFamily(Hr(root.path), "teller", {1, "柜员", "Teller", 10, JobStatus::active, {}}));
  ASSERT_TRUE(api.CatchUp());
  EXPECT_TRUE(teller().competencies.empty()) << "what HR changed stays";
}

TEST_P(OverTimeTest, TheGroupKeepsItsOwnJobFamilies) {
  auto const hr = Hr(root.path);
  std::vector<CompetencyWeight> const model{{"safety", "安全", "Safety", 60}, {"care", "细致", "Care", 40}};
  ASSERT_TRUE(api.PutFamily(hr, "welder", {0, "焊工", "Welder", 15, JobStatus::active, model}));
  EXPECT_EQ(api.Families().items[1].key, "welder") << "by rank";
  auto const job = api.CreateJob(hr, {root.id, "W", "焊工", "", "welder", "", "", "", {}});
  ASSERT_TRUE(job);
  EXPECT_EQ(job->competencies.size(), 2U) << "starts from the model of its family";
  store::JobFilter filter;
  filter.family = "welder";
  EXPECT_EQ(api.ListJobs(hr, filter, "")->total, 1);
  // An archived one keeps its jobs and takes no new ones.
  ASSERT_TRUE(api.PutFamily(hr, "welder", {1, "焊工", "Welder", 15, JobStatus::archived, model}));
  EXPECT_TRUE(api.PatchJob(hr, job->id, {.version = 1, .name = "高级焊工"}));
  auto const refused = [&](std::string const& family) {
    return FirstField(
        {tl::unexpected<Error>(api.CreateJob(hr, {root.id, "W2", "焊工二", "", family, "", "", "", {}}).error())});
  };
  EXPECT_EQ(refused("welder"), "unknown_family");
  EXPECT_EQ(refused("pilot"), "unknown_family");
  EXPECT_EQ(api.PatchJob(hr, job->id, {.version = 2, .family = "pilot"}).error().fields.at(0).code, "unknown_family");

  EXPECT_EQ(api.PutFamily(Hr(north.path), "pilot", {0, "飞行员"}).error().key, "org.group_only");
  EXPECT_EQ(api.PutFamily(hr, "welder", {1, "焊工"}).error().key, "conflict.stale");
  EXPECT_EQ(api.PutFamily(hr, "a b", {0, "空格"}).error().fields.at(0).code, "bad_key");
  EXPECT_EQ(api.PutFamily(hr, "general", {1, "通用", "", 0, JobStatus::archived}).error().fields.at(0).code,
            "family_needed");
  EXPECT_EQ(api.PutFamily(hr, "x", {0, "x", "", 0, JobStatus::active, {{"a", "", "", 99}}}).error().fields.at(0).code,
            "weights_not_100");
}

TEST_P(OverTimeTest, AFamilyHasANameOfItsOwn) {
  auto const hr = Hr(root.path);
  auto const refused = [&](std::string const& key, org::PutFamily const& input) {
    auto const put = api.PutFamily(hr, key, input);
    return put ? FieldErrors{} : put.error().fields;
  };
  EXPECT_EQ(refused("welder", {0, " 柜员 ", "Welder"}), (FieldErrors{{"/name_zh", "taken"}}));
  EXPECT_EQ(refused("welder", {0, "焊工", "TELLER"}), (FieldErrors{{"/name_en", "taken"}}));
  EXPECT_EQ(refused("Teller", {0, "焊工", "Welder"}), (FieldErrors{{"/key", "taken"}}));
  EXPECT_EQ(refused("teller", {1, "柜员", "Teller", 11, JobStatus::archived}), FieldErrors{});
  EXPECT_EQ(refused("welder", {0, "柜员", "Welder"}), FieldErrors{}) << "an archived one gives its name away";
  EXPECT_EQ(refused("teller", {2, "柜员", "Teller", 11, JobStatus::active}), (FieldErrors{{"/name_zh", "taken"}}));
}

TEST_P(OverTimeTest, HeadcountAddsUpToTheTopOfTheScope) {
  auto const hr = Hr(root.path);
  auto const job = api.CreateJob(hr, {root.id, "T", "柜员", "", "teller", "", "", "", {}}).value();
  auto const local = api.CreateJob(hr, {south.id, "L", "本地", "", "sales", "", "", "", {}}).value();
  auto const from = *ParseDate("2025-01-01");
  ASSERT_TRUE(api.CreatePosition(hr, {outlet.id, job.id, "P1", "柜员岗", "", 4, from, {}}));
  ASSERT_TRUE(api.CreatePosition(hr, {north.id, job.id, "P2", "大堂", "", 2, from, {}}));
  ASSERT_TRUE(api.CreatePosition(hr, {north.id, job.id, "P3", "旧岗", "", 9, from, ParseDate("2025-02-01")}));
  auto const wrong = api.CreatePosition(hr, {north.id, local.id, "P4", "x", "", 1, from, ParseDate("2024-01-01")});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().fields.at(0).pointer, "/job_id");
  EXPECT_EQ(wrong.error().fields.at(1).code, "before_start");
  std::map<std::string, HeadcountView> seen;
  auto const branch = api.Headcount(Hr(north.path), {});
  for (auto const& view : branch->items) seen[view.org_id] = view;
  EXPECT_EQ(seen.size(), 2U) << "nothing of units above the scope";
  EXPECT_EQ(seen[north.id].total, 6);
  EXPECT_EQ(seen[north.id].own, 2);
  EXPECT_EQ(seen[north.id].positions, 1);
  EXPECT_EQ(seen[outlet.id].total, 4);
  EXPECT_FALSE(seen[outlet.id].filled.has_value()) << "unknown is not zero";
  EXPECT_EQ(api.Headcount(hr, ParseDate("2025-01-15"))->items.size(), 3U);
  EXPECT_EQ(api.Positions(Hr(south.path), {}, "")->total, 0);
  EXPECT_EQ(api.Positions(hr, {}, north.id)->total, 3);
}

TEST_P(OverTimeTest, TheRoutesSpeakOfChanges) {
  auto const hr = Hr(root.path);
  auto const made = CallJson(hr, Method::kPost, "/org/changes",
                             R"({"kind":"move","node_id":")" + outlet.id + R"(","target_id":")" + south.id +
                                 R"(","effective_date":"2025-12-01","reason":"就近管理"})");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->at("state").as_string(), "scheduled");
  EXPECT_EQ(made->at("payload").at("reason").as_string(), "就近管理");
  EXPECT_EQ(CallJson(hr, Method::kGet, "/org/nodes", "", {{"as_of", "2025-12-01"}})->at("items").as_array().size(), 4U);
  EXPECT_EQ(CallJson(hr, Method::kGet, "/org/changes", "", {{"state", "scheduled"}})->at("total").as_int64(), 1);
  EXPECT_EQ(CallJson(hr, Method::kGet, "/org/nodes/" + outlet.id + "/history")->at("versions").as_array().size(), 2U);
  auto const day = CallJson(hr, Method::kGet, "/org/nodes/" + outlet.id + "/working-day", "", {{"date", "2025-11-22"}});
  EXPECT_EQ(day->at("share").to_number<double>(), 0);
  EXPECT_EQ(day->at("next_working_day").as_string(), "2025-11-24");
  EXPECT_EQ(CallJson(User({"org.read"}, root.path), Method::kPost, "/org/changes", "{}").error().code,
            ErrorCode::kForbidden);
}

BOLE_STORE_SUITE(OverTimeTest);

}  // namespace
}  // namespace bole::org
