#include "modules/plans/plans_test.hpp"

namespace bole::plans {
namespace {

class DimensionsTest : public PlansTest {
 protected:
  Result<json::value> Add(Principal const& who, std::string const& org_id, std::string const& name_zh,
                          std::string const& key = "", std::string const& name_en = "") {
    clock.Advance(std::chrono::milliseconds(1));
    json::value const body{{"org_id", org_id},   {"key", key},           {"name_zh", name_zh},
                           {"name_en", name_en}, {"description_zh", ""}, {"description_en", ""}};
    return CallJson(who, Method::kPost, "/dimensions", json::serialize(body));
  }
  Result<json::value> Change(Principal const& who, std::string const& key, json::object body) {
    return CallJson(who, Method::kPatch, "/dimensions/" + key, json::serialize(body));
  }
  std::vector<std::string> Keys(Principal const& who, std::string const& org_id = "") {
    http::Pairs query;
    if (!org_id.empty()) query.push_back({"org_id", org_id});
    auto const list = CallJson(who, Method::kGet, "/dimensions", "", query).value();
    std::vector<std::string> out;
    for (auto const& item : list.at("items").as_array())
      if (item.as_object().contains("org_id") && item.at("org_id").is_string())
        out.emplace_back(item.at("key").as_string());
    return out;
  }
  Result<json::value> AskAbout(std::string const& org_id, std::string const& code, std::string const& competency) {
    clock.Advance(std::chrono::milliseconds(1));
    json::value const body{
        {"org_id", org_id}, {"code", code}, {"text_zh", "为什么？"}, {"text_en", ""}, {"competency", competency}};
    return CallJson(Hr(root.path), Method::kPost, "/questions", json::serialize(body));
  }
  // The plan's document with one more dimension; the others give up its weight.
  static json::value With(json::value document, std::string const& key, std::string const& name) {
    for (auto& dimension : document.at("dimensions").as_array()) dimension.as_object()["weight"] = 20;
    document.at("dimensions")
        .as_array()
        .push_back({{"key", key}, {"name_zh", name}, {"name_en", ""}, {"weight", 20}, {"core", false}});
    return document;
  }
  using Wanted = std::vector<std::string>;
};

TEST_P(DimensionsTest, ADimensionServesItsUnitAndEverythingBelow) {
  auto const branch = Node(north.id, "BJ-1");
  ASSERT_TRUE(Add(Hr(root.path), root.id, "创新意识", "innovation"));
  ASSERT_TRUE(Add(Hr(north.path), north.id, "方言沟通", "dialect"));
  EXPECT_EQ(Keys(Hr(root.path)), (Wanted{"innovation", "dialect"}));
  EXPECT_EQ(Keys(Hr(branch.path)), (Wanted{"innovation", "dialect"}));
  EXPECT_EQ(Keys(Hr(south.path)), (Wanted{"innovation"}));
  EXPECT_EQ(Keys(Hr(root.path), south.id), (Wanted{"innovation"})) << "what plans of that unit may use";
  EXPECT_EQ(Call(Hr(south.path), Method::kGet, "/dimensions", "", {{"org_id", north.id}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_TRUE(AskAbout(branch.id, "Q1", "dialect"));
  auto const stranger = AskAbout(south.id, "Q2", "dialect");
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().fields, (FieldErrors{{"/competency", "unknown_dimension"}}));
  auto const nowhere = AskAbout(root.id, "Q3", "telepathy");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().fields, (FieldErrors{{"/competency", "unknown_dimension"}}));
}

TEST_P(DimensionsTest, OnlyWhoWritesTheUnitsQuestionsChangesItsDimensions) {
  ASSERT_TRUE(Add(Hr(root.path), root.id, "创新意识", "innovation"));
  EXPECT_EQ(Add(Hr(south.path), root.id, "勤奋").error().fields, (FieldErrors{{"/org_id", "not_found"}}));
  EXPECT_EQ(Change(Hr(south.path), "innovation", {{"version", 1}, {"name_zh", "改"}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(Change(Hr(root.path), "communication", {{"version", 1}, {"name_zh", "改"}}).error().key,
            "dimension.shipped");
  auto const changed = Change(Hr(root.path), "innovation", {{"version", 1}, {"name_en", "Innovation"}});
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->at("version").as_int64(), 2);
  EXPECT_EQ(changed->at("name_en").as_string(), "Innovation");
  EXPECT_EQ(Change(Hr(root.path), "innovation", {{"version", 1}, {"name_zh", "改"}}).error().key, "conflict.stale");
}

TEST_P(DimensionsTest, NoNameOrKeyIsBorneTwiceWhereBothCanBeUsed) {
  auto const made = Add(Hr(north.path), north.id, "方言沟通");
  ASSERT_TRUE(made);
  EXPECT_TRUE(std::string_view(made->at("key").as_string()).starts_with("d-")) << "made by the server";
  EXPECT_TRUE(Add(Hr(south.path), south.id, "方言沟通")) << "the other branch does not see it";
  EXPECT_EQ(Add(Hr(root.path), root.id, "方言沟通").error().fields, (FieldErrors{{"/name_zh", "taken"}}));
  EXPECT_EQ(Add(Hr(north.path), north.id, "诚实", "", "communication").error().fields,
            (FieldErrors{{"/name_en", "taken"}}));
  EXPECT_EQ(Add(Hr(north.path), north.id, "诚实", "integrity").error().fields, (FieldErrors{{"/key", "taken"}}));
  EXPECT_EQ(Add(Hr(north.path), north.id, "诚实", "Big Key").error().fields,
            (FieldErrors{{"/key", "bad_dimension_key"}}));
  EXPECT_EQ(Add(Hr(north.path), north.id, " ").error().fields, (FieldErrors{{"/name_zh", "text_missing"}}));
}

TEST_P(DimensionsTest, AnArchivedOneStaysWhereItIsButIsNotChosenAnew) {
  ASSERT_TRUE(Add(Hr(root.path), root.id, "创新意识", "innovation"));
  auto const question = AskAbout(root.id, "Q1", "innovation").value();
  auto const plan = NewPlan(root.id, Id(question));
  auto const put = Put(plan, With(plan.at("document"), "innovation", "创新意识"));
  ASSERT_TRUE(put);
  ASSERT_TRUE(Change(Hr(root.path), "innovation", {{"version", 1}, {"status", "archived"}}));
  EXPECT_EQ(AskAbout(root.id, "Q2", "innovation").error().fields, (FieldErrors{{"/competency", "archived_dimension"}}));
  EXPECT_TRUE(
      CallJson(Hr(root.path), Method::kPatch, "/questions/" + Id(question), R"({"version":1,"text_zh":"怎么办？"})"))
      << "it had it before";
  auto const again = Put(*put, put->at("document"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(Publish(*again, Hr(root.path)));
  auto const other = NewPlan(root.id, Id(question));
  EXPECT_EQ(Put(other, With(other.at("document"), "innovation", "创新意识")).error().fields,
            (FieldErrors{{"/document/dimensions/4/key", "archived_dimension"}}));
  EXPECT_TRUE(Add(Hr(root.path), root.id, "创新意识", "innovation-2")) << "an archived name is free";
  EXPECT_EQ(Change(Hr(root.path), "innovation", {{"version", 2}, {"status", "active"}}).error().fields,
            (FieldErrors{{"/name_zh", "taken"}}));
}

// A copy for another branch is a draft like any other: it says what to change before it can be published.
TEST_P(DimensionsTest, APlanIsNotPublishedWithADimensionOfAnotherBranch) {
  ASSERT_TRUE(Add(Hr(north.path), north.id, "方言沟通", "dialect"));
  auto const plan = NewPlan(north.id, Id(Ask(root.id, "Q1")));
  auto const put = Put(plan, With(plan.at("document"), "dialect", "方言沟通"));
  ASSERT_TRUE(put);
  auto const copy = CallJson(Hr(root.path), Method::kPost, "/plans/" + Id(plan) + "/copy",
                             R"({"org_id":")" + south.id + R"(","name_zh":"副本","name_en":""})");
  ASSERT_TRUE(copy);
  EXPECT_EQ(Publish(*copy, Hr(root.path)).error().fields,
            (FieldErrors{{"/document/dimensions/4/key", "unknown_dimension"}}));
  EXPECT_TRUE(Publish(*put, Hr(root.path)));
}

// A branch cannot bring its own measure in under the name or beyond the share that the standard leaves to it.
TEST_P(DimensionsTest, OwnDimensionsOfABranchStayWithinItsShareOfAStandard) {
  ASSERT_TRUE(Add(Hr(north.path), north.id, "方言沟通", "dialect"));
  auto const plan = NewPlan(root.id, Id(Ask(root.id, "Q1")));
  auto document = plan.at("document");
  for (auto& dimension : document.at("dimensions").as_array()) {
    dimension.as_object()["core"] = false;
    dimension.as_object()["min_weight"] = 10;
  }
  document.at("dimensions").at(0).as_object()["core"] = true;
  document.as_object()["governance"] = {{"max_local_share", 15}, {"local_stages", 3}};
  auto const standard = Publish(*Put(plan, document), Hr(root.path)).value();
  auto const derived = CallJson(Hr(north.path), Method::kPost, "/plans/" + Id(standard) + "/derive",
                                R"({"org_id":")" + north.id + R"(","name_zh":"分行","name_en":""})")
                           .value();
  auto const wide = Put(derived, With(derived.at("document"), "dialect", "方言沟通"));
  ASSERT_FALSE(wide);
  std::vector<std::string> codes;
  for (auto const& error : wide.error().fields) codes.push_back(error.code);
  EXPECT_NE(std::find(codes.begin(), codes.end(), "local_outweighs"), codes.end());
  auto narrow = With(derived.at("document"), "dialect", "方言沟通");
  narrow.at("dimensions").at(4).as_object()["weight"] = 15;
  narrow.at("dimensions").at(3).as_object()["weight"] = 25;
  auto const kept = Put(derived, narrow);
  ASSERT_TRUE(kept);
  narrow.at("dimensions").at(4).as_object()["name_zh"] = narrow.at("dimensions").at(0).at("name_zh");
  auto const disguised = Put(*kept, narrow);
  ASSERT_TRUE(disguised) << "a draft";
  auto const refused = Publish(*disguised, Hr(root.path));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).pointer, "/document/dimensions/4/name_zh");
  EXPECT_EQ(refused.error().fields.at(0).code, "taken");
}

TEST_P(DimensionsTest, WhatMakesAQuestionOrDimensionIsRecordedWithItsId) {
  auto const question = Id(Ask(root.id, "Q1"));
  ASSERT_TRUE(Add(Hr(root.path), root.id, "创新意识", "innovation"));
  auto const subject = [&](std::string const& action) {
    return db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::string>({"test.subject", "SELECT subject_id FROM audit_record WHERE action = ?"}, action);
    });
  };
  EXPECT_EQ(subject("question.create"), question);
  EXPECT_EQ(subject("dimension.create"), "innovation");
}

BOLE_STORE_SUITE(DimensionsTest);

}  // namespace
}  // namespace bole::plans
