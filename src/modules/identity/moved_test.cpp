#include "modules/identity/api.hpp"
#include "platform/app/testing.hpp"
#include "platform/http/hooks.hpp"

// What a grant reaches after its unit moved, merged or closed: the session is the same, its paths are not.
namespace bole::identity {
namespace {

class MovedTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "identity"});
    root = Add(std::nullopt, "HQ");
    north = Add(root.id, "BJ");
    south = Add(root.id, "SZ");
    ASSERT_TRUE(api->CreateUser(
        system,
        {"hr.bj", "HR", "", north.id, "zh-CN", "correct horse battery", {{"branch_hr", north.id, std::nullopt}}}));
    auto const signed_in =
        Call(system, http::Method::kPost, "/session", R"({"user_name":"hr.bj","password":"correct horse battery"})");
    ASSERT_TRUE(signed_in);
    cookie = "bole_session=" + signed_in->cookies.at(0).value;
  }
  org::OrgNodeView Add(std::optional<std::string> parent, std::string const& code) {
    return orgs->CreateNode(system, {parent, code, code, code, org::OrgKind::branch, "", "Asia/Shanghai", "zh-CN"})
        .value();
  }
  Scope Now() {
    http::Request request;
    request.headers = {{"cookie", cookie}};
    return Scope(**authenticator->Authenticate(request), "candidate.read");
  }
  Result<org::ChangeView> Act(org::ChangeKind kind) {
    org::NewChange change;
    change.kind = kind, change.node_id = north.id, change.target_id = south.id;
    return orgs->Change(system, change);
  }

  Principal system = Principal::System("test");
  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  std::unique_ptr<Api> api = Register(context, *orgs, *audits);
  std::shared_ptr<http::Authenticator> authenticator = api->Authenticator();
  org::OrgNodeView root, north, south;
  std::string cookie;
};

TEST_P(MovedTest, AGrantFollowsItsUnitAtOnce) {
  ASSERT_EQ(Now().paths(), std::vector{north.path});
  ASSERT_TRUE(Act(org::ChangeKind::move));
  EXPECT_EQ(Now().paths(), std::vector{south.path + north.id + "/"}) << "what was remembered is forgotten";
}

TEST_P(MovedTest, AClosedUnitIsReadAndTakesNoUsers) {
  ASSERT_TRUE(Act(org::ChangeKind::merge));
  EXPECT_TRUE(Now().Covers(south.path + north.id + "/"));
  EXPECT_FALSE(Now().Covers(south.path));
  auto const refused = api->CreateUser(system, {"new.bj", "New", "", north.id, "zh-CN", "correct horse battery", {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/org_id");
  EXPECT_EQ(refused.error().fields.at(0).code, "closed_node");
  auto const preview = CallJson(system, http::Method::kPost, "/org/changes/preview",
                                R"({"kind":"close","node_id":")" + south.id + R"("})");
  ASSERT_TRUE(preview);
  auto const& problems = preview->at("problems").as_array();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].at("code").as_string(), "left_users") << "the account went along, its grant did not";
  EXPECT_EQ(problems[0].at("count").as_int64(), 1);
}

BOLE_STORE_SUITE(MovedTest);

}  // namespace
}  // namespace bole::identity
