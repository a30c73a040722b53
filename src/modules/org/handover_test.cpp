#include "modules/org/service.hpp"
#include "platform/app/testing.hpp"

// Who takes over when a unit closes, merges or is split; and what happens to a closing that cannot be on its day.
namespace bole::org {
namespace {

class HandOverTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "fields"});
    root = Add(std::nullopt, "HQ", OrgKind::group);
    north = Add(root.id, "BJ", OrgKind::branch);
    south = Add(root.id, "SZ", OrgKind::branch);
    outlet = Add(north.id, "BJ-1", OrgKind::outlet);
    api.OnHandOver([this](db::Tx&, HandOver const& over) { handed.push_back(over); });
    api.CountRows("candidates", [this](db::Tx&, std::string const& path, Date) {
      return path.find(outlet.id) != std::string::npos ? candidates : 0;
    });
  }
  OrgNodeView Add(std::optional<std::string> parent, std::string const& code, OrgKind kind) {
    return api.CreateNode(Principal::System("test"), {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  JobView Job(std::string const& org, std::string const& code, std::string const& name) {
    return api.CreateJob(hr(), {org, code, name, "", "teller", "", "", "", {}}).value();
  }
  PositionView Seat(std::string const& org, std::string const& job, std::string const& code) {
    return api.CreatePosition(hr(), {org, job, code, code, "", 2, *ParseDate("2025-01-01"), {}}).value();
  }
  static NewChange Of(ChangeKind kind, std::string node, std::optional<std::string> target = {},
                      std::string const& day = "") {
    NewChange change;
    change.kind = kind, change.node_id = std::move(node), change.target_id = std::move(target);
    if (!day.empty()) change.effective_date = ParseDate(day);
    return change;
  }
  Principal hr() const { return User({"org.read", "org.write", "job.read", "job.write"}, root.path); }
  OrgNodeView Now(std::string const& id) { return api.GetNode(Principal::System("t"), id).value(); }
  std::string UnitOfJob(std::string const& id) { return api.GetJob(hr(), id)->org_id; }
  static std::vector<std::string> Codes(Result<ChangeView> const& result) {
    std::vector<std::string> out;
    if (!result)
      for (auto const& field : result.error().fields)
        out.push_back(field.code + (field.params.contains("count") ? " " + field.params.at("count") : ""));
    return out;
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<Api> owner = Register(context, *audits);
  Service& api = static_cast<Service&>(*owner);
  std::vector<HandOver> handed;
  std::int64_t candidates = 0;
  OrgNodeView root, north, south, outlet;
};

TEST_P(HandOverTest, AUnitInUseClosesOnlyWhenAnotherTakesOver) {
  auto const job = Job(outlet.id, "T", "柜员");
  Seat(outlet.id, job.id, "P1");
  candidates = 3;
  EXPECT_EQ(Codes(api.Change(hr(), Of(ChangeKind::close, outlet.id))),
            (std::vector<std::string>{"left_jobs 1", "left_positions 1", "left_candidates 3"}));
  auto const preview = api.Preview(hr(), Of(ChangeKind::close, outlet.id, {}, "2025-12-01"));
  ASSERT_TRUE(preview);
  EXPECT_FALSE(preview->possible);
  EXPECT_EQ(preview->problems.at(0).count, 1);
  ASSERT_TRUE(api.Change(hr(), Of(ChangeKind::close, outlet.id, south.id)));
  EXPECT_EQ(Now(outlet.id).state, NodeState::closed);
  EXPECT_EQ(Now(outlet.id).parent_id, south.id) << "who sees the successor sees what stays";
  EXPECT_EQ(UnitOfJob(job.id), south.id);
  EXPECT_EQ(api.Positions(User({"job.read"}, Now(south.id).path), {}, "")->items.at(0).org_id, south.id);
  ASSERT_EQ(handed.size(), 1U);
  EXPECT_EQ(handed[0].from, outlet.id);
  EXPECT_FALSE(handed[0].jobs);
}

TEST_P(HandOverTest, AnEmptyUnitNeedsNobody) {
  auto const job = Job(outlet.id, "T", "柜员");
  ASSERT_TRUE(api.PatchJob(hr(), job.id, {.version = 1, .status = JobStatus::archived}));
  EXPECT_EQ(Codes(api.Change(hr(), Of(ChangeKind::close, outlet.id))), std::vector<std::string>{});
  EXPECT_EQ(UnitOfJob(job.id), outlet.id) << "what is archived is history";
  EXPECT_TRUE(handed.empty());
}

TEST_P(HandOverTest, ASuccessorIsNotBelowTheUnit) {
  auto change = Of(ChangeKind::close, north.id, outlet.id);
  change.with_subtree = true;
  EXPECT_EQ(Codes(api.Change(hr(), change)), std::vector<std::string>{"cycle"});
  change.target_id = south.id;
  auto const job = Job(outlet.id, "T", "柜员");
  ASSERT_TRUE(api.Change(hr(), change));
  EXPECT_EQ(UnitOfJob(job.id), south.id) << "of a unit below as well";
  EXPECT_EQ(Now(outlet.id).parent_id, north.id);
  EXPECT_EQ(handed.size(), 2U);
}

TEST_P(HandOverTest, WhatMovesAwayBeforehandDoesNotCount) {
  Job(outlet.id, "T", "柜员");
  ASSERT_TRUE(api.Change(hr(), Of(ChangeKind::move, outlet.id, south.id, "2025-11-25")));
  EXPECT_EQ(Codes(api.Change(hr(), Of(ChangeKind::close, north.id, {}, "2025-12-01"))), std::vector<std::string>{});
  EXPECT_EQ(Codes(api.Change(hr(), Of(ChangeKind::close, south.id, {}, "2025-12-01"))),
            std::vector<std::string>{"open_children"});
}

TEST_P(HandOverTest, AClosingThatCannotBeOnItsDayFailsWithWhatRestsOnIt) {
  auto const close = api.Change(hr(), Of(ChangeKind::close, outlet.id, {}, "2025-12-01"));
  ASSERT_TRUE(close);
  auto const reopen = api.Change(hr(), Of(ChangeKind::reopen, outlet.id, {}, "2025-12-10"));
  ASSERT_TRUE(reopen);
  auto const parent = api.Change(hr(), Of(ChangeKind::update, south.id, {}, "2025-12-01"));
  ASSERT_FALSE(parent) << "without facts";
  Job(outlet.id, "T", "柜员");
  clock.Advance(std::chrono::hours(24 * 15));
  ASSERT_TRUE(api.ApplyDue());
  EXPECT_EQ(Now(outlet.id).state, NodeState::open);
  auto const failed = api.GetChange(hr(), close->id);
  EXPECT_EQ(failed->state, ChangeState::failed);
  ASSERT_EQ(failed->left_over.size(), 1U);
  EXPECT_EQ(failed->left_over[0].what, "jobs");
  EXPECT_EQ(failed->left_over[0].count, 1);
  EXPECT_EQ(api.GetChange(hr(), reopen->id)->state, ChangeState::failed);
  EXPECT_TRUE(api.GetChange(hr(), reopen->id)->left_over.empty());
  EXPECT_EQ(api.History(hr(), outlet.id)->versions.size(), 1U) << "as if it had never been planned";
  EXPECT_EQ(api.CancelChange(hr(), close->id).error().key, "org.change_ended");
  EXPECT_TRUE(api.Change(hr(), Of(ChangeKind::close, outlet.id, south.id))) << "and it can be planned anew";
}

TEST_P(HandOverTest, ThePartsOfASplitTakeTheJobsNamed) {
  auto const goes = Job(north.id, "S", "销售"), stays = Job(north.id, "T", "柜员");
  auto const seat = Seat(north.id, goes.id, "P1");
  Seat(north.id, stays.id, "P2");
  auto split = Of(ChangeKind::split, north.id, {}, "2025-12-01");
  split.parts = {{"BJ-S", "北京销售", "", {}, {goes.id}}};
  auto const preview = api.Preview(hr(), split);
  ASSERT_TRUE(preview && preview->possible);
  EXPECT_EQ(preview->affected.at(0).count, 1);
  ASSERT_TRUE(api.Change(hr(), split));
  EXPECT_EQ(UnitOfJob(goes.id), north.id) << "not before its day";
  clock.Advance(std::chrono::hours(24 * 15));
  ASSERT_TRUE(api.ApplyDue());
  auto const part = UnitOfJob(goes.id);
  EXPECT_EQ(Now(part).code, "BJ-S");
  EXPECT_EQ(UnitOfJob(stays.id), north.id);
  EXPECT_EQ(api.Positions(hr(), {}, part)->items.at(0).id, seat.id);
  EXPECT_EQ(api.Positions(hr(), {}, north.id)->total, 1);
  ASSERT_EQ(handed.size(), 1U);
  EXPECT_EQ(handed[0].jobs, std::vector<std::string>{goes.id});
}

TEST_P(HandOverTest, AJobInUseWhereItWouldNotServeStays) {
  auto const job = Job(north.id, "S", "销售"), foreign = Job(south.id, "F", "客服");
  Seat(outlet.id, job.id, "P1");
  auto split = Of(ChangeKind::split, north.id);
  split.parts = {{"BJ-S", "北京销售", "", {}, {job.id, foreign.id}}};
  EXPECT_EQ(Codes(api.Change(hr(), split)), (std::vector<std::string>{"job_used_elsewhere", "not_its_job"}));
  split.parts = {{"BJ-S", "北京销售", "", {outlet.id}, {job.id}}};
  EXPECT_EQ(Codes(api.Change(hr(), split)), std::vector<std::string>{});
}

TEST_P(HandOverTest, OneNameStandsForOneJob) {
  Job(root.id, "T", "综合 柜员");
  auto const again = api.CreateJob(hr(), {north.id, "T2", "综合柜员", "", "teller", "", "", "", {}});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fields.at(0).code, "job_exists");
  EXPECT_EQ(again.error().fields.at(0).params.at("code"), "T");
  auto const other = Job(north.id, "S", "销售");
  EXPECT_TRUE(api.CreateJob(hr(), {south.id, "S2", "销售", "", "teller", "", "", "", {}})) << "sibling branches may";
  EXPECT_EQ(api.PatchJob(hr(), other.id, {.version = 1, .name = "综合柜员"}).error().fields.at(0).code, "job_exists");
  EXPECT_TRUE(api.PatchJob(hr(), other.id, {.version = 1, .name = "销售 "})) << "its own name";
}

TEST_P(HandOverTest, AHistoryNamesNoUnitOutsideTheScope) {
  auto move = Of(ChangeKind::move, outlet.id, south.id);
  move.reason = "就近管理";
  ASSERT_TRUE(api.Change(hr(), move));
  auto const reader = User({"org.read"}, Now(outlet.id).path);
  auto const history = api.History(reader, outlet.id);
  ASSERT_TRUE(history);
  auto const text = ToJsonText(*history) + ToJsonText(*api.Changes(reader, {}, ""));
  for (auto const& foreign : {root, north, south}) {
    EXPECT_EQ(text.find(foreign.id), std::string::npos) << foreign.code;
    EXPECT_EQ(text.find("\"" + foreign.name + "\""), std::string::npos);
  }
  EXPECT_NE(text.find("就近管理"), std::string::npos);
  EXPECT_NE(ToJsonText(*api.History(hr(), outlet.id)).find(south.id), std::string::npos);
}

TEST_P(HandOverTest, SeatsTakenAddUp) {
  auto const job = Job(root.id, "T", "柜员");
  auto const first = Seat(north.id, job.id, "P1"), second = Seat(outlet.id, job.id, "P2");
  api.CountSeats([&](db::Tx&, std::vector<std::string> const&, Date) {
    return std::map<std::string, std::int64_t>{{second.id, 2}};
  });
  auto const positions = api.Positions(hr(), {}, north.id);
  for (auto const& position : positions->items) EXPECT_EQ(position.filled, position.id == second.id ? 2 : 0);
  auto const heads = api.Headcount(hr(), {});
  for (auto const& view : heads->items) EXPECT_EQ(view.filled, 2) << view.org_id;
}

BOLE_STORE_SUITE(HandOverTest);

}  // namespace
}  // namespace bole::org
