#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

using http::Method;

class SessionsTest : public IdentityTest {};

TEST_P(SessionsTest, EndBySignOutIdlenessAndAge) {
  auto const token = SessionOf("hr.bj");
  clock.Advance(std::chrono::hours(3));
  EXPECT_FALSE(service.sessions.Recognise(token));
  auto const second = SessionOf("hr.bj");
  ASSERT_TRUE(service.sessions.End(In(second)));
  EXPECT_FALSE(service.sessions.Recognise(second));
  auto const third = SessionOf("hr.bj");
  for (int i = 0; i < 11; ++i) {
    clock.Advance(std::chrono::hours(1));
    ASSERT_TRUE(service.sessions.Recognise(third)) << i;
  }
  clock.Advance(std::chrono::hours(1));
  EXPECT_FALSE(service.sessions.Recognise(third));
}

TEST_P(SessionsTest, AStricterPolicyHoldsForOpenSessions) {
  auto const token = SessionOf("hr.bj");
  clock.Advance(std::chrono::minutes(20));
  ASSERT_TRUE(service.sessions.Recognise(token));
  Policy([](auto& policy) { policy.session_idle_minutes = 10; });
  EXPECT_TRUE(service.sessions.Recognise(token));
  clock.Advance(std::chrono::minutes(10));
  EXPECT_FALSE(service.sessions.Recognise(token));
}

// Session fixation: what a browser brings is never taken over.
TEST_P(SessionsTest, SigningInMakesANewSecretAndEndsTheFormerOne) {
  auto const planted = SessionOf("officer");  // the attacker's own session, put into the victim's browser
  auto const in = Begin("hr.bj", kPassword, {{}, planted, ""}).value();
  EXPECT_NE(in.session, planted);
  EXPECT_FALSE(service.sessions.Recognise(planted));
  EXPECT_EQ(In(in.session).id, hr.id);
  auto const invented = Begin("hr.bj", kPassword, {{}, "invented-by-attacker", ""}).value();
  EXPECT_NE(invented.session, "invented-by-attacker");
  EXPECT_FALSE(service.sessions.Recognise("invented-by-attacker"));
}

TEST_P(SessionsTest, DevicesAreListedAndEnded) {
  auto const phone = Begin("hr.bj", kPassword, {{"Phone/1.0", "10.0.0.7"}, "", ""})->session;
  clock.Advance(std::chrono::seconds(1));
  auto const desk = Begin("hr.bj", kPassword, {{"Desk/2.0", "10.0.0.8"}, "", ""})->session;
  auto const devices = service.sessions.Mine(In(desk))->items;
  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].user_agent, "Desk/2.0");
  EXPECT_TRUE(devices[0].current);
  EXPECT_EQ(devices[1].address, "10.0.0.7");
  EXPECT_EQ(service.sessions.EndMine(In(SessionOf("admin")), devices[1].id).error().code, ErrorCode::kNotFound)
      << "another one's";
  ASSERT_TRUE(service.sessions.EndMine(In(desk), devices[1].id));
  EXPECT_FALSE(service.sessions.Recognise(phone));
  auto const third = SessionOf("hr.bj");
  ASSERT_TRUE(service.sessions.EndMyOthers(In(desk)));
  EXPECT_FALSE(service.sessions.Recognise(third));
  EXPECT_TRUE(service.sessions.Recognise(desk));
  EXPECT_EQ(service.sessions.Of(Who("hr.bj"), hr.id).error().code, ErrorCode::kNotFound) << "manages nobody";
  EXPECT_EQ(service.sessions.Of(Who("admin"), hr.id)->items.size(), 1U);
  ASSERT_TRUE(service.sessions.EndOf(Who("admin"), hr.id, "all"));
  EXPECT_FALSE(service.sessions.Recognise(desk));
}

TEST_P(SessionsTest, ChangingThePasswordEndsOtherSessions) {
  auto const first = SessionOf("hr.bj");
  auto const second = SessionOf("hr.bj");
  EXPECT_FALSE(service.sign_in.ChangeMine(In(second), {"wrong", "another long one"}));
  ASSERT_TRUE(service.sign_in.ChangeMine(In(second), {kPassword, "another long one"}));
  EXPECT_FALSE(service.sessions.Recognise(first));
  EXPECT_TRUE(service.sessions.Recognise(second));
  EXPECT_TRUE(Begin("hr.bj", "another long one"));
}

TEST_P(SessionsTest, LookingAsAnotherIsReadOnlyMaskedAndRecordedWithBothNames) {
  auto const token = SessionOf("officer");
  EXPECT_FALSE(In(token).Can("candidate.read"));
  auto const view = service.sessions.BeginViewAs(In(token), {hr.id, "ticket 4711"});
  ASSERT_TRUE(view) << view.error().key;
  EXPECT_EQ(view->user.user_name, "hr.bj");
  EXPECT_EQ(view->viewer, "张三");
  auto const who = In(token);
  EXPECT_EQ(who.id, hr.id);
  EXPECT_EQ(who.actor_id, officer.id);
  EXPECT_TRUE(who.Can("candidate.read", branch.path));
  EXPECT_FALSE(who.Can("security.view_as"));
  EXPECT_EQ(Scope(who, "candidate.read").Level(FieldClass::contact, branch.path), FieldLevel::masked)
      << "hr.bj may reveal, who looks as hr.bj may not";
  EXPECT_EQ(Send(Method::kGet, "/session", "", Browser(token)).body.at("viewer").as_string(), "张三");
  for (auto const& [method, path, body] :
       {std::tuple(Method::kPatch, "/session", R"({"locale":"en-US"})"),
        std::tuple(Method::kPost, "/session/password", R"({"current_password":"x","new_password":"y"})"),
        std::tuple(Method::kPost, "/session/tokens", R"({"name":"t","permissions":["org.read"]})"),
        std::tuple(Method::kDelete, "/session/devices", "")}) {
    auto const sent = Send(method, path, body, Browser(token));
    EXPECT_EQ(sent.status, 403) << path;
    EXPECT_EQ(sent.body.at("code").as_string(), "view_as.read_only") << path;
  }
  EXPECT_EQ(Send(Method::kGet, "/session/tokens", "", Browser(token)).status, 403) << "not the other's secrets";
  EXPECT_EQ(Send(Method::kDelete, "/session/view-as", "", Browser(token)).status, 200);
  EXPECT_EQ(In(token).id, officer.id);
  auto const records = db->Read([](db::Tx& tx) {
    return tx.Fetch({"test.records", "SELECT actor_id, details FROM audit_record WHERE action = 'view_as.end'"}, {},
                    {db::Kind::text, db::Kind::text});
  });
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(std::get<std::string>(records[0][0]), officer.id);
  EXPECT_EQ(ParseJson(std::get<std::string>(records[0][1]))->at("viewing_as").at("id").as_string(), hr.id);
  EXPECT_EQ(CountAudit("view_as.begin"), 1);
}

TEST_P(SessionsTest, NobodyLooksAsSeparatedDutiesOrBeyondHisTree) {
  auto const look = [&](std::string const& name, std::string const& target) {
    return service.sessions.BeginViewAs(In(SessionOf(name)), {target, "support"}).error();
  };
  auto const auditor = Make("auditor", {{"auditor", root.id}});
  auto const second = Make("officer.2", {{"security_officer", root.id}});
  for (auto const& id : {admin.id, auditor.id, second.id})
    EXPECT_EQ(look("officer", id).key, "view_as.separated_duties");
  EXPECT_EQ(look("officer", officer.id).key, "view_as.not_possible");
  Make("officer.bj", {{"security_officer", branch.id}});
  auto const boss = Make("boss", {{"hq_hr", root.id}});
  EXPECT_EQ(look("officer.bj", boss.id).key, "user.beyond_scope");
  EXPECT_EQ(look("hr.bj", boss.id).code, ErrorCode::kNotFound) << "no such permission";
  EXPECT_EQ(Send(Method::kPost, "/session/view-as", R"({"user_id":")" + boss.id + R"(","reason":"support"})",
                 Browser(SessionOf("hr.bj")))
                .status,
            403);
}

TEST_P(SessionsTest, LookingEndsWithTheRightToIt) {
  auto const token = SessionOf("officer");
  ASSERT_TRUE(service.sessions.BeginViewAs(In(token), {hr.id, "support"}));
  ASSERT_TRUE(service.accounts.Revoke(Who("admin"), officer.id, officer.grants[0].id));
  EXPECT_EQ(In(token).id, officer.id);
  EXPECT_FALSE(In(token).Can("candidate.read"));
}

BOLE_STORE_SUITE(SessionsTest);

}  // namespace
}  // namespace bole::identity
