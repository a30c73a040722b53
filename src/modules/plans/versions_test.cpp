#include "modules/plans/group_fixture.hpp"
#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

class VersionsTest : public PlansTest {
 protected:
  json::array Versions(Principal const& who, std::string const& path) {
    return CallJson(who, Method::kGet, path + "/revisions")->at("items").as_array();
  }
  Result<json::value> Restore(Principal const& who, std::string const& path, int revision, json::value const& version) {
    return CallJson(who, Method::kPost, path + "/revisions/" + std::to_string(revision) + "/restore",
                    json::serialize(json::value{{"version", version}}));
  }
};

TEST_P(VersionsTest, AFormerVersionOfAQuestionBecomesTheNextOne) {
  auto const question = Ask(root.id, "Q1");
  auto const path = "/questions/" + Id(question);
  auto writer = Hr(root.path);
  writer.name = "顾清川";
  ASSERT_TRUE(CallJson(writer, Method::kPatch, path, R"({"version":1,"text_zh":"怎么办？","difficulty":5})"));
  auto const versions = Versions(Hr(south.path), path);
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].at("revision").as_int64(), 2);
  EXPECT_EQ(versions[0].at("author_name").as_string(), "顾清川");
  EXPECT_EQ(Restore(Hr(south.path), path, 1, 2).error().code, ErrorCode::kNotFound) << "only shared";
  EXPECT_EQ(Restore(Hr(root.path), path, 7, 2).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Restore(Hr(root.path), path, 1, 1).error().key, "conflict.stale");
  auto const restored = Restore(Hr(root.path), path, 1, 2);
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->at("revision").as_int64(), 3);
  EXPECT_EQ(restored->at("text_zh").as_string(), "为什么？");
  EXPECT_EQ(restored->at("difficulty").as_int64(), 3);
}

TEST_P(VersionsTest, AFormerVersionOfAPlanBecomesTheDraftAndTellsWhatChangedSince) {
  auto const plan = NewPlan(root.id, Id(Ask(root.id, "Q1")));
  auto const path = "/plans/" + Id(plan);
  auto const first = Publish(plan, Hr(root.path)).value();
  auto document = first.at("document");
  document.at("stages").at(1).as_object()["time_limit_seconds"] = 60;
  document.as_object()["welcome_zh"] = "你好";
  document.as_object()["governance"] = {{"local_stages", 1}};
  auto const draft = Put(first, document).value();
  auto const states = [&](Principal const& who) {
    std::vector<std::string> out;
    for (auto const& item : Versions(who, path))
      out.push_back(std::to_string(item.at("revision").as_int64()) + " " + std::string(item.at("state").as_string()));
    return out;
  };
  EXPECT_EQ(states(Hr(root.path)), (std::vector<std::string>{"2 draft", "1 in_use"}));
  EXPECT_EQ(states(Hr(south.path)), (std::vector<std::string>{"1 in_use"})) << "drafts are the owner's";
  auto const changes =
      CallJson(Hr(root.path), Method::kGet, path + "/revisions/1/difference")->at("changes").as_array();
  std::map<std::string, json::value> after;
  for (auto const& change : changes) after[std::string(change.at("path").as_string())] = change.at("after");
  EXPECT_EQ(after.at("/stages/q1/time_limit_seconds").to_number<int>(), 60);
  EXPECT_EQ(after.at("/welcome_zh").as_string(), "你好");
  EXPECT_EQ(after.at("/governance/local_stages").to_number<int>(), 1);
  EXPECT_EQ(Call(Hr(south.path), Method::kGet, path + "/revisions/2/difference").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(Hr(root.path), Method::kGet, path + "/revisions/x/difference").error().code, ErrorCode::kNotFound);
  auto const second = Publish(draft, Hr(root.path)).value();
  EXPECT_EQ(states(Hr(root.path)), (std::vector<std::string>{"2 in_use", "1 former"}));
  EXPECT_EQ(Restore(Hr(south.path), path, 1, second.at("version")).error().code, ErrorCode::kNotFound);
  auto const restored = Restore(Hr(root.path), path, 1, second.at("version"));
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->at("revision").as_int64(), 3);
  EXPECT_EQ(restored->at("has_draft").as_bool(), true);
  EXPECT_EQ(restored->at("document"), first.at("document"));
}

// A version that was legal under the former standard does not come back under the present one.
TEST_P(VersionsTest, ADerivedPlanGoesBackOnlyWhereItsStandardStillAllowsIt) {
  auto const hq = Principal::System("hq");
  auto const made = api->CreatePlan(hq, {root.id, std::nullopt, "标准", "", testing::Standard()}).value();
  auto const standard = api->PublishPlan(hq, made.id, {made.version}).value();
  auto const hr = Hr(north.path);
  auto const derived = api->DerivePlan(hr, standard.id, {north.id, "派生", "", std::nullopt}).value();
  ASSERT_TRUE(api->PublishPlan(hr, derived.id, {derived.version}));
  auto next = testing::Standard();
  testing::StageIn(next, "q1").question_zh = "新的锁定题目";
  auto const put = api->PutPlan(hq, standard.id, {standard.version, "标准", "", {}, next}).value();
  ASSERT_TRUE(api->PublishPlan(hq, put.id, {put.version}));
  auto const path = "/plans/" + derived.id;
  auto const version = [&] { return CallJson(hr, Method::kGet, path)->at("version"); };
  auto const followers = [&] {
    return CallJson(Hr(root.path), Method::kGet, "/plans/" + standard.id + "/followers")->at("items").at(0);
  };
  EXPECT_EQ(followers().at("follows_revision").as_int64(), 1);
  EXPECT_EQ(followers().at("current_revision").as_int64(), 2);
  EXPECT_EQ(followers().at("behind").as_bool(), true);
  EXPECT_EQ(followers().at("overdue").as_bool(), false);
  clock.Advance(std::chrono::days(31));
  EXPECT_EQ(followers().at("overdue").as_bool(), true);
  ASSERT_TRUE(
      CallJson(hr, Method::kPost, path + "/rebase",
               json::serialize(json::value{{"version", version()}, {"choices", json::array{}}, {"publish", true}})));
  EXPECT_EQ(followers().at("follows_revision").as_int64(), 2);
  EXPECT_EQ(followers().at("behind").as_bool(), false);
  EXPECT_EQ(Call(hr, Method::kGet, "/plans/" + standard.id + "/followers").error().code, ErrorCode::kNotFound)
      << "only for whose standard it is";
  auto const refused = Restore(hr, path, 1, version());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).code, "locked_question");
}

BOLE_STORE_SUITE(VersionsTest);

}  // namespace
}  // namespace bole::plans
