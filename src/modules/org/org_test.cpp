#include "modules/org/service.hpp"
#include "platform/db_testing/testing.hpp"
#include "platform/events/events.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::org {
namespace {

class OrgTest : public db::testing::StoreTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"audit", "org"});
    root = Add(std::nullopt, "HQ", OrgKind::group);
    north = Add(root.id, "BJ", OrgKind::branch);
    south = Add(root.id, "SZ", OrgKind::branch);
    outlet = Add(north.id, "BJ-1", OrgKind::outlet);
  }
  OrgNodeView Add(std::optional<std::string> parent, std::string code, OrgKind kind) {
    auto made = service.CreateNode(Principal::System("test"),
                                   {parent, code, "节点" + code, code, kind, "北京", "Asia/Shanghai", "zh-CN"});
    EXPECT_TRUE(made) << code;
    return *made;
  }
  static Principal User(std::string path) {
    Principal who{PrincipalKind::user, "u", "s", "u", {}};
    for (auto const* permission : {"org.read", "org.write", "job.read", "job.write"})
      who.grants.push_back({permission, path});
    return who;
  }
  ManualClock clock{FromMillis(1'700'000'000'000)};

  class NoAudit final : public audit::Api {
   public:
    std::string Begin(db::Tx&, Principal const&, audit::Entry const&) override { return ++begun, "x"; }
    void Succeeded(db::Tx&, std::string const&) override { ++succeeded; }
    void Record(db::Tx&, Principal const&, audit::Entry const&) override {}
    int begun = 0, succeeded = 0;
  } audit_log;
  jobs::JobQueue queue{clock};
  EventBus bus{queue};
  Service service{*db, clock, audit_log, fields::None(), queue, bus};
  OrgNodeView root, north, south, outlet;
};

TEST_P(OrgTest, ABranchSeesItsSubtreeOnly) {
  auto const who = User(north.path);
  EXPECT_EQ(service.Tree(who).items.size(), 2U);
  EXPECT_EQ(service.GetNode(who, south.id).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.PatchNode(who, south.id, {.version = 1, .name = "x"}).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(service.Tree(Principal{}).items.empty());
  EXPECT_EQ(outlet.path, north.path + outlet.id + "/");
}

TEST_P(OrgTest, NamesReachUpToTheRootAndNowhereElse) {
  std::vector<std::string> ids;
  for (auto const& unit : service.Names(User(outlet.path)).items) ids.push_back(unit.id);
  EXPECT_EQ(ids, (std::vector<std::string>{outlet.id, north.id, root.id}));
  EXPECT_EQ(service.Names(User(root.path)).items.size(), 4U);
  EXPECT_TRUE(service.Names(Principal{}).items.empty());
}

TEST_P(OrgTest, BrokenFieldsAreNamed) {
  auto const bad =
      service.CreateNode(User(root.path), {north.id, "SZ", "x", "", OrgKind::outlet, "", "Mars/Olympus", "fr-FR"});
  ASSERT_FALSE(bad);
  std::vector<std::string> codes;
  for (auto const& field : bad.error().fields) codes.push_back(field.pointer + " " + field.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"/zone unknown_zone", "/locale not_allowed", "/code taken"}));
}

TEST_P(OrgTest, AStaleVersionIsAConflict) {
  EXPECT_TRUE(service.PatchNode(User(root.path), north.id, {.version = 1, .name = "新名"}));
  auto const stale = service.PatchNode(User(root.path), north.id, {.version = 1, .name = "旧名"});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().key, "conflict.stale");
  EXPECT_EQ(service.GetNode(User(root.path), north.id)->name, "新名");
}

TEST_P(OrgTest, OnlyUnusedNodesGo) {
  EXPECT_EQ(service.DeleteNode(User(root.path), north.id).error().key, "org.in_use");
  EXPECT_TRUE(service.DeleteNode(User(root.path), outlet.id));
  ASSERT_TRUE(service.CreateJob(User(root.path), {south.id, "T", "柜员", "Teller", "teller", "", "", "", {}}));
  EXPECT_EQ(service.DeleteNode(User(root.path), south.id).error().key, "org.in_use");
}

TEST_P(OrgTest, JobsArePagedSearchedAndScoped) {
  for (int i = 0; i < 5; ++i) {
    clock.Advance(std::chrono::milliseconds(1));
    ASSERT_TRUE(service.CreateJob(User(root.path), {i % 2 == 0 ? north.id : south.id,
                                                    "J" + std::to_string(i),
                                                    "岗位100%" + std::to_string(i),
                                                    "",
                                                    "sales",
                                                    "",
                                                    "",
                                                    "",
                                                    {}}));
  }
  auto const first = service.ListJobs(User(root.path), {"100%", {}, "", 2, ""}, "");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->total, 5);
  ASSERT_EQ(first->items.size(), 2U);
  EXPECT_EQ(first->items[0].code, "J4");
  auto const second = service.ListJobs(User(root.path), {"", {}, "", 2, *first->next_cursor}, "");
  EXPECT_EQ(second->items[0].code, "J2");
  EXPECT_EQ(service.ListJobs(User(north.path), {"", {}, "", 50, ""}, "")->total, 3);
  EXPECT_EQ(service.ListJobs(User(root.path), {"", {}, "", 50, ""}, south.id)->total, 2);
  auto const weights =
      service.CreateJob(User(root.path), {north.id, "W", "w", "", "sales", "", "", "", {{"a", "", "", 99}}});
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().fields[0].code, "weights_not_100");
}

TEST_P(OrgTest, EveryChangeIsAudited) {
  EXPECT_EQ(audit_log.begun, 4);
  EXPECT_EQ(audit_log.succeeded, 4);
}

BOLE_STORE_SUITE(OrgTest);

}  // namespace
}  // namespace bole::org
