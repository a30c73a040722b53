#include "modules/identity/service.hpp"
#include "modules/org/service.hpp"
#include "platform/db_testing/testing.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::identity {
namespace {

class NoAudit final : public audit::Api {
 public:
  std::string Begin(db::Tx&, Principal const&, audit::Entry const&) override { return "x"; }
  void Succeeded(db::Tx&, std::string const&) override {}
  void Record(db::Tx&, Principal const&, audit::Entry const&) override {}
};

class IdentityTest : public db::testing::StoreTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"audit", "org", "identity"});
    root =
        *org.CreateNode(system, {std::nullopt, "HQ", "总部", "HQ", org::OrgKind::group, "", "Asia/Shanghai", "zh-CN"});
    branch =
        *org.CreateNode(system, {root.id, "BJ", "北京", "Beijing", org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"});
    other = *org.CreateNode(system,
                            {root.id, "SZ", "深圳", "Shenzhen", org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"});
    admin = *service.CreateUser(system, Input("admin", {{"administrator", root.id, {}}}));
    hr = *service.CreateUser(system, Input("hr.bj", {{"branch_hr", branch.id, {}}}));
  }
  identity::CreateUser Input(std::string name, std::vector<CreateGrant> grants) {
    return {std::move(name), "张三", "a@example.com", branch.id, "zh-CN", "correct horse battery", std::move(grants)};
  }
  Principal Who(std::string const& name) { return *service.PrincipalOf(name); }

  Principal system = Principal::System("test");
  ManualClock clock{FromMillis(1'700'000'000'000)};
  NoAudit audit_log;
  crypto::PasswordHasher passwords{{.memory_kib = 64, .passes = 1, .lanes = 1}};
  jobs::JobQueue queue{clock};
  org::Service org{*db, clock, audit_log, queue};
  Service service{*db, clock, passwords, org, audit_log};
  org::OrgNodeView root, branch, other;
  UserView admin, hr;
};

TEST_P(IdentityTest, SignInGivesRightsOfGrantsOnly) {
  auto const in = service.Begin({"hr.bj", "correct horse battery"});
  ASSERT_TRUE(in);
  auto const who = service.Recognise(in->token);
  ASSERT_TRUE(who);
  EXPECT_TRUE(who->Can("candidate.read", branch.path));
  EXPECT_FALSE(who->Can("candidate.read", other.path));
  EXPECT_FALSE(who->Can("user.write"));
  EXPECT_EQ(in->view.roles.at(0).org_name, "北京");
  EXPECT_FALSE(service.Recognise("forged"));
}

TEST_P(IdentityTest, SessionsEndBySignOutIdlenessAndAge) {
  auto const token = service.Begin({"hr.bj", "correct horse battery"})->token;
  clock.Advance(std::chrono::hours(3));
  EXPECT_FALSE(service.Recognise(token));
  auto const second = service.Begin({"hr.bj", "correct horse battery"})->token;
  ASSERT_TRUE(service.End(*service.Recognise(second)));
  EXPECT_FALSE(service.Recognise(second));
  auto const third = service.Begin({"hr.bj", "correct horse battery"})->token;
  for (int i = 0; i < 11; ++i) {
    clock.Advance(std::chrono::hours(1));
    ASSERT_TRUE(service.Recognise(third)) << i;
  }
  clock.Advance(std::chrono::hours(1));
  EXPECT_FALSE(service.Recognise(third));
}

TEST_P(IdentityTest, TooManyWrongPasswordsLockAndUnlock) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(service.Begin({"hr.bj", "wrong"}).error().key, "session.bad_credentials");
  EXPECT_EQ(service.Begin({"hr.bj", "correct horse battery"}).error().key, "session.locked");
  clock.Advance(std::chrono::minutes(16));
  EXPECT_TRUE(service.Begin({"hr.bj", "correct horse battery"}));
  EXPECT_EQ(service.Begin({"nobody", "wrong"}).error().key, "session.bad_credentials");
}

TEST_P(IdentityTest, RightsStopWhenAccountOrGrantEnds) {
  auto const token = service.Begin({"hr.bj", "correct horse battery"})->token;
  ASSERT_TRUE(service.Recognise(token)->Can("candidate.read"));
  ASSERT_TRUE(service.Revoke(Who("admin"), hr.id, hr.grants.at(0).id));
  EXPECT_FALSE(service.Recognise(token)->Can("candidate.read"));
  ASSERT_TRUE(service.PatchUser(Who("admin"), hr.id, {.version = 1, .active = false}));
  EXPECT_FALSE(service.Recognise(token));
  auto const past = service.CreateUser(system, Input("past", {{"branch_hr", branch.id, ParseDate("2020-01-01")}}));
  ASSERT_TRUE(past);
  EXPECT_TRUE(Who("past").grants.empty());
}

TEST_P(IdentityTest, NobodyRaisesHimselfOrGrantsOutsideHisTree) {
  EXPECT_EQ(service.Grant(Who("admin"), admin.id, {"hq_hr", root.id, {}}).error().key, "user.own_grants");
  EXPECT_EQ(service.Grant(Who("hr.bj"), hr.id, {"hq_hr", root.id, {}}).error().key, "user.own_grants");
  auto const local = service.CreateUser(system, Input("admin.bj", {{"administrator", branch.id, {}}}));
  ASSERT_TRUE(local);
  auto const outside = service.Grant(Who("admin.bj"), hr.id, {"hq_hr", root.id, {}});
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().fields.at(0).pointer, "/org_id");
  EXPECT_EQ(service.User(Who("admin.bj"), "01ARZ3NDEKTSV4RRFFQ69G5FAV").error().code, ErrorCode::kNotFound);
}

TEST_P(IdentityTest, BadAccountsAreExplained) {
  auto input = Input("Bad Name", {});
  input.locale = "fr";
  EXPECT_EQ(service.CreateUser(system, input).error().fields.size(), 2U);
  EXPECT_EQ(service.CreateUser(system, Input("admin", {})).error().fields.at(0).code, "taken");
  EXPECT_EQ(service.CreateUser(system, Input("x1", {{"emperor", root.id, {}}})).error().fields.at(0).pointer,
            "/grants/0/role");
}

TEST_P(IdentityTest, ChangingThePasswordEndsOtherSessions) {
  auto const first = service.Begin({"hr.bj", "correct horse battery"})->token;
  auto const second = service.Begin({"hr.bj", "correct horse battery"})->token;
  auto const who = *service.Recognise(second);
  EXPECT_FALSE(service.SetPassword(who, {"wrong", "another long one"}));
  ASSERT_TRUE(service.SetPassword(who, {"correct horse battery", "another long one"}));
  EXPECT_FALSE(service.Recognise(first));
  EXPECT_TRUE(service.Recognise(second));
  EXPECT_TRUE(service.Begin({"hr.bj", "another long one"}));
}

BOLE_STORE_SUITE(IdentityTest);

}  // namespace
}  // namespace bole::identity
