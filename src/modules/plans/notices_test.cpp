#include "modules/plans/notices.hpp"

#include "modules/notify/api.hpp"
#include "modules/plans/group_fixture.hpp"
#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

struct FakeNotify final : notify::Api {
  Result<std::string> Send(db::Tx&, notify::Message const& message) override {
    return sent.push_back(message), std::string("id");
  }
  std::vector<notify::Delivery> DeliveriesOf(db::Tx&, std::vector<std::string> const& related) override {
    for (auto const& message : sent)
      if (message.related_id == related.at(0)) return {notify::Delivery{.related_id = message.related_id}};
    return {};
  }
  std::vector<notify::Message> sent;
};

class NoticesTest : public PlansTest {
 protected:
  void SetUp() override {
    PlansTest::SetUp();
    RegisterNotices(
        context, *orgs, notes,
        [](db::Tx&, std::string const& user) -> std::optional<Addressee> {
          if (user == "01BOSS") return Addressee{"Lu Wan", "boss@example.com", i18n::Locale::kEnUs};
          if (user != "01NORTH") return std::nullopt;
          return Addressee{"顾清川", "bj@example.com", i18n::Locale::kZhCn};
        },
        [](db::Tx&, std::string const&) {
          return std::vector<std::string>{"01BOSS", "01NORTH"};
        });
  }
  PlanView Derived(Principal who, std::string const& standard, org::OrgNodeView const& node) {
    clock.Advance(std::chrono::milliseconds(1));
    auto const plan = api->DerivePlan(who, standard, {node.id, "派生", "", std::nullopt}).value();
    return api->PublishPlan(who, plan.id, {plan.version}).value();
  }
  PlanView Next(PlanView const& standard) {
    auto const draft = api->PutPlan(hq, standard.id, {standard.version, "标准", "", {}, standard.document}).value();
    return api->PublishPlan(hq, draft.id, {draft.version}).value();
  }
  FakeNotify notes;
  Principal const hq = Principal::System("hq");
};

TEST_P(NoticesTest, TheEditorOfEachPlanThatIsBehindHearsOfANewVersionOnce) {
  auto const draft = api->CreatePlan(hq, {root.id, std::nullopt, "标准", "", testing::Standard()}).value();
  auto const first = api->PublishPlan(hq, draft.id, {draft.version}).value();
  auto north_hr = Hr(north.path), south_hr = Hr(south.path);
  north_hr.id = "01NORTH", south_hr.id = "01SOUTH";
  auto const plan = Derived(north_hr, first.id, north);
  Derived(south_hr, first.id, south);
  runner.RunDue();
  EXPECT_TRUE(notes.sent.empty()) << "nobody is behind the first version";
  auto const second = Next(first);
  runner.RunDue();
  ASSERT_EQ(notes.sent.size(), 1U) << "nobody knows an address in the south";
  EXPECT_EQ(notes.sent[0].to, "bj@example.com");
  EXPECT_EQ(notes.sent[0].params.at("version"), "2");
  EXPECT_EQ(notes.sent[0].params.at("adopt_by"), "2025-12-22 16:26");
  EXPECT_TRUE(notes.sent[0].params.at("link").ends_with("/plans/" + plan.id + "/difference"));
  db->Write([&](db::Tx& tx) { bus.Publish(tx, kStandardPublished, "again", {{"plan_id", first.id}}); });
  runner.RunDue();
  EXPECT_EQ(notes.sent.size(), 1U) << "a repeated job writes nothing";
  Next(second);
  runner.RunDue();
  EXPECT_EQ(notes.sent.size(), 2U);
}

TEST_P(NoticesTest, TheEndOfAStandardIsToldEachTime) {
  auto const draft = api->CreatePlan(hq, {root.id, std::nullopt, "标准", "", testing::Standard()}).value();
  auto const standard = api->PublishPlan(hq, draft.id, {draft.version}).value();
  auto north_hr = Hr(north.path);
  north_hr.id = "01NORTH";
  auto const plan = Derived(north_hr, standard.id, north);
  ASSERT_TRUE(api->ArchivePlan(hq, plan.id));
  ASSERT_TRUE(api->RestorePlan(hq, plan.id));
  runner.RunDue();
  EXPECT_TRUE(notes.sent.empty()) << "nothing follows a derived plan";
  for (std::size_t const times : {1U, 2U}) {
    ASSERT_TRUE(api->ArchivePlan(hq, standard.id));
    runner.RunDue();
    ASSERT_EQ(notes.sent.size(), times);
    EXPECT_EQ(notes.sent.back().template_key, "standard_archived");
    EXPECT_EQ(notes.sent.back().params.at("standard"), "标准");
    EXPECT_TRUE(notes.sent.back().params.at("link").ends_with("/plans/" + plan.id));
    ASSERT_TRUE(api->RestorePlan(hq, standard.id));
    runner.RunDue();
    EXPECT_EQ(notes.sent.size(), times) << "the return of a standard asks for nothing";
  }
}

TEST_P(NoticesTest, WhoMayApproveHearsOfASubmissionAndItsAuthorOfTheDecision) {
  auto author = Hr(north.path), boss = User({"plan.read", "plan.approve"}, root.path);
  author.id = "01NORTH", boss.id = "01BOSS", boss.name = "Lu Wan";
  auto const ask = [&](Principal const& who, std::string const& id, char const* act, std::string const& comment) {
    auto const version = CallJson(who, Method::kGet, "/plans/" + id)->at("version");
    return CallJson(who, Method::kPost, "/plans/" + id + "/" + act,
                    json::serialize(json::value{{"version", version}, {"comment", comment}}));
  };
  auto const plan = api->CreatePlan(author, {north.id, std::nullopt, "初面", "First", std::nullopt}).value();
  ASSERT_TRUE(ask(author, plan.id, "submit", "请审"));
  runner.RunDue();
  ASSERT_EQ(notes.sent.size(), 1U) << "who submitted is not asked to approve";
  EXPECT_EQ(notes.sent[0].to, "boss@example.com");
  EXPECT_EQ(notes.sent[0].template_key, "plan_submitted");
  EXPECT_EQ(notes.sent[0].params.at("plan"), "First");
  EXPECT_TRUE(notes.sent[0].params.at("link").ends_with("/plans/" + plan.id));
  ASSERT_TRUE(ask(boss, plan.id, "reject", "题目太少"));
  runner.RunDue();
  ASSERT_EQ(notes.sent.size(), 2U);
  EXPECT_EQ(notes.sent[1].to, "bj@example.com");
  EXPECT_EQ(notes.sent[1].template_key, "plan_rejected");
  EXPECT_EQ(notes.sent[1].params.at("reason"), "题目太少");
  EXPECT_EQ(notes.sent[1].params.at("by"), "Lu Wan");
  clock.Advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(ask(author, plan.id, "submit", ""));
  ASSERT_TRUE(ask(boss, plan.id, "approve", ""));
  runner.RunDue();
  ASSERT_EQ(notes.sent.size(), 3U) << "what is decided by now asks nobody any more, and is told once";
  EXPECT_EQ(notes.sent[2].template_key, "plan_approved");
  ASSERT_TRUE(api->PutPlan(
      author, plan.id,
      {CallJson(author, Method::kGet, "/plans/" + plan.id)->at("version").as_int64(), "初面", "", {}, plan.document}));
  clock.Advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(ask(author, plan.id, "submit", ""));
  ASSERT_TRUE(CallJson(
      author, Method::kPost, "/plans/" + plan.id + "/withdraw",
      json::serialize(json::value{{"version", CallJson(author, Method::kGet, "/plans/" + plan.id)->at("version")}})));
  runner.RunDue();
  EXPECT_EQ(notes.sent.size(), 3U) << "withdrawn";
}

BOLE_STORE_SUITE(NoticesTest);

}  // namespace
}  // namespace bole::plans
