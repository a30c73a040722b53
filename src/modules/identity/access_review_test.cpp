#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

class AccessReviewTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    // One candidate in Beijing, as the module of candidates would answer.
    service.FindSubjects("candidate", [this](db::Tx&, std::string const& id) -> std::optional<Subject> {
      if (id == "C1") return Subject{branch.id, "candidate.read", team};
      return std::nullopt;
    });
  }
  RecordTeam team;  // of C1
  std::vector<std::string> Names(AccessView const& view) {
    std::vector<std::string> out;
    for (auto const& person : view.people) out.push_back(person.user_name);
    std::sort(out.begin(), out.end());
    return out;
  }
};

TEST_P(AccessReviewTest, NamesWhoSeesSomethingThroughWhichGrant) {
  Make("boss", {{"hq_hr", root.id}, {"interviewer", branch.id}});
  Make("hr.sz", {{"branch_hr", other.id}});
  Make("over", {{"branch_hr", branch.id, ParseDate("2020-01-01")}});
  Make("later", {{"branch_hr", branch.id, {}, ParseDate("2030-01-01")}});
  auto const looker = Make("looker", {{"interviewer", branch.id}});
  Make("stranger", {{"interviewer", branch.id}});
  Make("chief", {{"hiring_manager", branch.id}});
  team = {{}, {looker.id}, {}};
  ASSERT_TRUE(service.tokens.Create(In(SessionOf("hr.bj")), {"nightly sync", 30, {"candidate.read"}}));
  auto const view = service.access.Of(Who("admin"), {"candidate", "C1"});
  ASSERT_TRUE(view);
  EXPECT_EQ(view->org_name, "BJ");
  EXPECT_EQ(Names(*view), (std::vector<std::string>{"boss", "hr.bj", "looker"}));
  for (auto const& person : view->people) {
    if (person.user_name == "boss") {
      EXPECT_EQ(person.through.size(), 2U);
      EXPECT_EQ(person.fields.pay, FieldLevel::reveal);
    }
    if (person.user_name == "looker") {
      EXPECT_EQ(person.fields.contact, FieldLevel::masked);
      EXPECT_EQ(person.fields.id_number, FieldLevel::hidden);
      EXPECT_EQ(person.through[0].role, "interviewer");
      EXPECT_EQ(ReachOf(person.through[0].reaches, "candidate.read"), Reach::assigned);
      EXPECT_EQ(person.through[0].org_name, "BJ");
    }
    EXPECT_EQ(person.tokens,
              person.user_name == "hr.bj" ? std::vector<std::string>{"nightly sync"} : std::vector<std::string>{});
    // The review and the decision agree.
    EXPECT_TRUE(Scope(Who(person.user_name), "candidate.read").Sees(branch.path, team)) << person.user_name;
  }
  for (auto const* name : {"stranger", "chief"})
    EXPECT_FALSE(Scope(Who(name), "candidate.read").Sees(branch.path, team)) << name;
}

TEST_P(AccessReviewTest, AManagerSeesWhatHisPeopleWorkOn) {
  auto const boss = Make("boss", {{"hiring_manager", branch.id}});
  auto const chief = Make("chief", {{"hiring_manager", branch.id}});
  auto const looker = Make("looker", {{"interviewer", branch.id}});
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), looker.id, {.version = 1, .manager_id = chief.id}));
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), chief.id, {.version = 1, .manager_id = boss.id}));
  auto const managers = db->Read([&](db::Tx& tx) { return service.ManagersOf(tx, {looker.id}); });
  EXPECT_EQ(managers.size(), 2U);
  team = {{}, {looker.id}, managers};
  auto const view = service.access.Of(Who("admin"), {"candidate", "C1"});
  ASSERT_TRUE(view);
  EXPECT_EQ(Names(*view), (std::vector<std::string>{"boss", "chief", "hr.bj", "looker"}));
}

TEST_P(AccessReviewTest, AnswersOnlyWhereTheAskerReadsAccounts) {
  Make("head", {{"branch_head", other.id}});
  EXPECT_EQ(service.access.Of(Who("head"), {"candidate", "C1"}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.access.Of(Who("admin"), {"candidate", "C2"}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(service.access.Of(Who("admin"), {"payslip", "1"}).error().fields, (FieldErrors{{"/kind", "not_allowed"}}));
  EXPECT_EQ(service.access.OfUser(Who("head"), hr.id).error().code, ErrorCode::kNotFound);
  auto const nodes = service.access.Of(Who("head"), {"org_node", other.id});
  ASSERT_TRUE(nodes);
  EXPECT_EQ(Names(*nodes), (std::vector<std::string>{"admin", "head", "officer"}));
}

TEST_P(AccessReviewTest, ShowsWhatAPersonCanDoWhere) {
  auto const user = Make(
      "mixed",
      {{"branch_hr", branch.id}, {"interviewer", other.id}, {"branch_head", root.id, {}, ParseDate("2030-01-01")}});
  auto const view = service.access.OfUser(Who("admin"), user.id);
  ASSERT_TRUE(view);
  ASSERT_EQ(view->grants.size(), 2U);
  EXPECT_EQ(view->grants[0].fields.contact, FieldLevel::reveal);
  ASSERT_EQ(view->others.size(), 1U);
  EXPECT_EQ(view->others[0].state, GrantState::future);
  EXPECT_EQ(view->duties, (std::vector<Duty>{Duty::hr}));
}

BOLE_STORE_SUITE(AccessReviewTest);

}  // namespace
}  // namespace bole::identity
