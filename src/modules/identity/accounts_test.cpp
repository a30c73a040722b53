#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

using http::Method;

class AccountsTest : public IdentityTest {};

TEST_P(AccountsTest, SignInGivesRightsOfGrantsOnly) {
  auto const in = Begin("hr.bj");
  ASSERT_TRUE(in);
  EXPECT_EQ(in->view.step, Step::done);
  auto const who = In(in->session);
  EXPECT_TRUE(who.Can("candidate.read", branch.path));
  EXPECT_FALSE(who.Can("candidate.read", other.path));
  EXPECT_FALSE(who.Can("user.write"));
  EXPECT_EQ(Scope(who, "candidate.read").Level(FieldClass::contact, branch.path), FieldLevel::reveal);
  EXPECT_EQ(Scope(who, "candidate.read").Level(FieldClass::contact, other.path), FieldLevel::hidden);
  EXPECT_EQ(in->view.session->roles.at(0).org_name, "BJ");
  EXPECT_EQ(in->view.session->fields.contact, FieldLevel::reveal);
  EXPECT_FALSE(service.sessions.Recognise("forged"));
}

TEST_P(AccountsTest, RightsStopWhenAccountOrGrantEnds) {
  auto const token = SessionOf("hr.bj");
  ASSERT_TRUE(In(token).Can("candidate.read"));
  ASSERT_TRUE(service.accounts.Revoke(Who("admin"), hr.id, hr.grants.at(0).id));
  EXPECT_FALSE(In(token).Can("candidate.read"));
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .active = false}));
  EXPECT_FALSE(service.sessions.Recognise(token));
}

TEST_P(AccountsTest, OnlySoManySessionsAtATime) {
  auto const first = SessionOf("hr.bj");
  clock.Advance(std::chrono::minutes(1));
  auto const second = SessionOf("hr.bj");
  Policy([](auto& policy) { policy.session_limit = 2; });
  clock.Advance(std::chrono::minutes(5));
  EXPECT_TRUE(service.sessions.Recognise(first)) << "used last";
  auto const third = Begin("hr.bj").value();
  EXPECT_EQ(third.view.ended_sessions, 1);
  EXPECT_TRUE(service.sessions.Recognise(first));
  EXPECT_FALSE(service.sessions.Recognise(second));
  EXPECT_TRUE(service.sessions.Recognise(third.session));
  EXPECT_EQ(Begin("admin")->view.ended_sessions, 0) << "everybody for himself";
  Policy([](auto& policy) { policy.session_limit = 0; });
  EXPECT_EQ(Begin("hr.bj")->view.ended_sessions, 0);
}

TEST_P(AccountsTest, GrantsHoldFromTheirFirstToTheirLastDayInTheBranch) {
  // 2025-11-22 08:26 UTC is 16:26 of the 22nd in Shanghai; the 23rd begins there at 16:00 UTC.
  Policy([](auto& policy) { policy.session_idle_minutes = 1440, policy.session_hours = 72; });
  auto const made = Make("temp", {{"branch_hr", branch.id, ParseDate("2025-11-23"), ParseDate("2025-11-23")}});
  EXPECT_EQ(made.grants.at(0).state, GrantState::future);
  auto const token = SessionOf("temp");
  EXPECT_FALSE(In(token).Can("candidate.read"));
  clock.Advance(*ParseInstant("2025-11-22T15:59:58Z") - clock.Now());
  EXPECT_FALSE(In(token).Can("candidate.read"));
  clock.Advance(std::chrono::seconds(2));
  EXPECT_TRUE(In(token).Can("candidate.read")) << "not remembered over the beginning";
  clock.Advance(std::chrono::hours(12));
  EXPECT_TRUE(In(token).Can("candidate.read"));
  clock.Advance(*ParseInstant("2025-11-23T15:59:58Z") - clock.Now());
  EXPECT_TRUE(In(token).Can("candidate.read"));
  clock.Advance(std::chrono::seconds(2));
  EXPECT_FALSE(In(token).Can("candidate.read")) << "not remembered over the end";
  EXPECT_EQ(service.accounts.Get(Who("admin"), made.id)->grants.at(0).state, GrantState::expired);
  auto const backwards = service.accounts.Grant(
      Who("admin"), made.id, {"branch_hr", branch.id, ParseDate("2025-12-01"), ParseDate("2025-12-02")});
  EXPECT_EQ(backwards.error().fields, (FieldErrors{{"/valid_until", "before_start"}}));
}

TEST_P(AccountsTest, NobodyRaisesHimselfOrGrantsOutsideHisTree) {
  EXPECT_EQ(service.accounts.Grant(Who("admin"), admin.id, {"hq_hr", root.id}).error().key, "user.own_grants");
  EXPECT_EQ(service.accounts.Revoke(Who("admin"), admin.id, admin.grants[0].id).error().key, "user.own_grants");
  EXPECT_EQ(service.accounts.Patch(Who("admin"), admin.id, {.version = 1, .password = "another long one"}).error().key,
            "user.own_password");
  Make("admin.bj", {{"administrator", branch.id}});
  auto const outside = service.accounts.Grant(Who("admin.bj"), hr.id, {"hq_hr", root.id});
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().fields, (FieldErrors{{"/org_id", "not_found"}}));
  EXPECT_TRUE(service.accounts.Grant(Who("admin.bj"), hr.id, {"interviewer", branch.id}));
  EXPECT_EQ(service.accounts.Get(Who("admin.bj"), "01ARZ3NDEKTSV4RRFFQ69G5FAV").error().code, ErrorCode::kNotFound);
}

// Whoever resets the password of a mightier account would become that account.
TEST_P(AccountsTest, ALocalAdministratorCannotTakeOverAGroupAccount) {
  Make("admin.bj", {{"administrator", branch.id}});
  auto const boss = Make("boss", {{"hq_hr", root.id}});  // lives in Beijing, works for the group
  auto const who = Who("admin.bj");
  EXPECT_EQ(service.accounts.Patch(who, boss.id, {.version = 1, .password = "another long one"}).error().key,
            "user.beyond_scope");
  EXPECT_EQ(service.accounts.Patch(who, boss.id, {.version = 1, .email = "me@example.com"}).error().key,
            "user.beyond_scope");
  EXPECT_EQ(service.second_factor.RemoveOf(who, boss.id).error().key, "user.beyond_scope");
  EXPECT_EQ(service.accounts.Revoke(who, boss.id, boss.grants[0].id).error().key, "user.beyond_scope");
  EXPECT_TRUE(service.accounts.Patch(who, hr.id, {.version = 1, .name = "李四"}));
}

TEST_P(AccountsTest, SeparatedDutiesNeverMeetInOnePerson) {
  auto const refused = [&](std::string const& have, std::string const& more) {
    static int number = 0;
    auto const user = Make("duty." + std::to_string(++number), {{have, branch.id}});
    return service.accounts.Grant(Who("admin"), user.id, {more, other.id}).error().key;
  };
  EXPECT_EQ(refused("administrator", "security_officer"), "duties.administrator_security_officer");
  EXPECT_EQ(refused("administrator", "auditor"), "duties.administrator_auditor");
  EXPECT_EQ(refused("security_officer", "auditor"), "duties.security_officer_auditor");
  EXPECT_EQ(refused("branch_hr", "administrator"), "duties.administrator_hr");
  EXPECT_EQ(service.CreateUser(system, Input("both", {{"administrator", root.id}, {"hq_hr", root.id}})).error().key,
            "duties.administrator_hr");
  // A grant that has not begun counts, one that is over does not.
  auto const later = Make("later", {{"auditor", root.id, {}, ParseDate("2030-01-01")}});
  EXPECT_EQ(service.accounts.Grant(Who("admin"), later.id, {"administrator", root.id}).error().key,
            "duties.administrator_auditor");
  auto const once = Make("once", {{"auditor", root.id, ParseDate("2020-01-01")}});
  EXPECT_TRUE(service.accounts.Grant(Who("admin"), once.id, {"administrator", root.id}));
}

TEST_P(AccountsTest, BadAccountsAreExplained) {
  auto input = Input("Bad Name", {});
  input.locale = "fr";
  EXPECT_EQ(service.CreateUser(system, input).error().fields.size(), 2U);
  EXPECT_EQ(service.CreateUser(system, Input("admin", {})).error().fields.at(0).code, "taken");
  EXPECT_EQ(service.CreateUser(system, Input("x1", {{"emperor", root.id}})).error().fields.at(0).pointer,
            "/grants/0/role");
}

TEST_P(AccountsTest, APatchCannotCarryGrantsOrRights) {
  auto const session = SessionOf("admin");
  for (auto const* extra :
       {R"("grants":[{"role":"hq_hr","org_id":"x"}])", R"("role":"hq_hr")", R"("permissions":["audit.read"])",
        R"("user_name":"x")", R"("must_change_password":false)"}) {
    auto const sent =
        Send(Method::kPatch, "/users/" + hr.id, std::string(R"({"version":1,)") + extra + "}", Browser(session));
    EXPECT_EQ(sent.status, 422) << extra;
    EXPECT_EQ(sent.body.at("errors").at(0).at("code").as_string(), "unknown") << extra;
  }
  EXPECT_EQ(service.accounts.Get(Who("admin"), hr.id)->grants.size(), 1U);
}

TEST_P(AccountsTest, AnAccountMovesToAnotherUnitAndKeepsItsGrants) {
  auto const moved = service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .org_id = other.id}).value();
  EXPECT_EQ(moved.org_name, "SZ");
  EXPECT_EQ(moved.grants.at(0).org_id, branch.id);
  EXPECT_EQ(service.accounts.Patch(Who("admin"), hr.id, {.version = 2, .org_id = "nowhere"}).error().fields,
            (FieldErrors{{"/org_id", "not_found"}}));
  Make("admin.sz", {{"administrator", other.id}});
  auto const clerk = service.accounts.Create(Who("admin.sz"), {"clerk", "clerk", "", other.id, "zh-CN", kPassword, {}});
  ASSERT_TRUE(clerk);
  EXPECT_EQ(service.accounts.Patch(Who("admin.sz"), clerk->id, {.version = 1, .org_id = branch.id}).error().fields,
            (FieldErrors{{"/org_id", "not_found"}}))
      << "into a unit he does not manage";
}

TEST_P(AccountsTest, APasswordSetByTheAdministratorEndsTokens) {
  ASSERT_TRUE(service.tokens.Create(In(SessionOf("hr.bj")), {"sync", 30, {"candidate.read"}}));
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .name = "renamed"}));
  EXPECT_EQ(service.tokens.Of(Who("admin"), hr.id)->items.size(), 1U);
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 2, .password = "another long password"}));
  EXPECT_TRUE(service.tokens.Of(Who("admin"), hr.id)->items.empty());
}

TEST_P(AccountsTest, WhoNeedsASecondFactorFromNowOnSignsInAgain) {
  Make("protected", {{"branch_hr", branch.id}});
  (void)Enrol("protected");
  auto const without = SessionOf("hr.bj"), officers = SessionOf("officer");
  Policy([](auto& policy) { policy.mfa_roles = {"branch_hr"}; });
  EXPECT_FALSE(service.sessions.Recognise(without));
  EXPECT_TRUE(service.sessions.Recognise(officers));
  EXPECT_EQ(Begin("hr.bj")->view.step, Step::enrol);
  // The same for somebody who gets such a role.
  auto const user = Make("later", {{"hrbp", branch.id}});
  auto const session = SessionOf("later");
  ASSERT_TRUE(service.accounts.Grant(Who("admin"), user.id, {"branch_hr", branch.id}));
  EXPECT_FALSE(service.sessions.Recognise(session));
}

TEST_P(AccountsTest, EvidenceSaysFromWhereSomebodyTriedToSignIn) {
  SignInFlow::Browser const browser{{"agent", "192.0.2.7"}, "", ""};
  ASSERT_TRUE(Begin("hr.bj", kPassword, browser));
  EXPECT_FALSE(Begin("hr.bj", "wrong", browser));
  EXPECT_FALSE(Begin("nobody.here", "wrong", browser));
  for (int i = 0; i < 5; ++i) (void)Begin("hr.bj", "wrong", browser);
  auto const details = db->Read([&](db::Tx& tx) {
    std::string out;
    for (auto const& row : tx.Fetch({"test.details", "SELECT details FROM audit_record WHERE action = 'session.begin'"},
                                    {}, {db::Kind::text}))
      out += std::get<std::string>(row[0]) + "\n";
    return out;
  });
  EXPECT_EQ(CountAudit("session.begin"), 1);
  for (auto const* expected : {"192.0.2.7", "unknown", "wrong", "locked"})
    EXPECT_NE(details.find(expected), std::string::npos) << expected << " in " << details;
  EXPECT_EQ(details.find("nobody.here"), std::string::npos) << "a name may be a password";
}

TEST_P(AccountsTest, AccountsReportToOneAnotherWithoutCircles) {
  auto const boss = Make("boss", {{"hiring_manager", root.id}});
  auto input = Input("worker", {{"interviewer", branch.id}});
  input.manager_id = boss.id;
  auto const worker = service.accounts.Create(Who("admin"), input).value();
  EXPECT_EQ(worker.manager_name, "张三");
  auto const circle = service.accounts.Patch(Who("admin"), boss.id, {.version = 1, .manager_id = worker.id});
  EXPECT_EQ(circle.error().fields, (FieldErrors{{"/manager_id", "reports_to_itself"}}));
  EXPECT_EQ(service.accounts.Patch(Who("admin"), boss.id, {.version = 1, .manager_id = boss.id}).error().fields,
            (FieldErrors{{"/manager_id", "reports_to_itself"}}));
  EXPECT_EQ(service.accounts.Patch(Who("admin"), boss.id, {.version = 1, .manager_id = "nobody"}).error().fields,
            (FieldErrors{{"/manager_id", "not_found"}}));
  auto const alone = service.accounts.Patch(Who("admin"), worker.id, {.version = 1, .manager_id = ""}).value();
  EXPECT_FALSE(alone.manager_id);
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return service.ManagersOf(tx, {worker.id}); }).empty());
}

TEST_P(AccountsTest, ColleaguesAreThoseWhoMayWorkThere) {
  Make("over", {{"interviewer", branch.id, ParseDate("2020-01-01")}});
  Make("elsewhere", {{"interviewer", other.id}});
  auto const closed = Make("closed", {{"interviewer", branch.id}});
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), closed.id, {.version = 1, .active = false}));
  Make("looker", {{"interviewer", branch.id}, {"hiring_manager", branch.id}});
  auto const names = [&](std::string const& text) {
    std::vector<std::string> out;
    for (auto const& one :
         db->Read([&](db::Tx& tx) { return service.Colleagues(tx, "candidate.read", branch.path, text); }))
      out.push_back(one.user_name);
    std::sort(out.begin(), out.end());
    return out;
  };
  EXPECT_EQ(names(""), (std::vector<std::string>{"hr.bj", "looker"}));
  EXPECT_EQ(names("LOOK"), (std::vector<std::string>{"looker"}));
  EXPECT_EQ(names("nobody"), std::vector<std::string>{});
}

BOLE_STORE_SUITE(AccountsTest);

}  // namespace
}  // namespace bole::identity
