#include "modules/plans/plans_test.hpp"

#include "platform/documents/xlsx_writer.hpp"

namespace bole::plans {
namespace {

TEST_P(PlansTest, APublishedRevisionNeverChanges) {
  auto const question = Ask(root.id, "Q1");
  auto const published = Publish(NewPlan(root.id, Id(question)), Hr(root.path)).value();
  EXPECT_EQ(published.at("status").as_string(), "published");
  EXPECT_EQ(published.at("has_draft").as_bool(), false);
  EXPECT_EQ(published.at("document").at("stages").at(1).at("question_revision").as_int64(), 1);
  ASSERT_TRUE(
      CallJson(Hr(root.path), Method::kPatch, "/questions/" + Id(question), R"({"version":1,"text_zh":"怎么办？"})"));
  EXPECT_EQ(Resolved(Id(published), 1).document.stages[1].question_zh, "为什么？");
  EXPECT_EQ(Resolved(Id(published), 1).questions.at("q1").rubric.points[0].text_zh, "因为");

  auto document = published.at("document");
  document.at("stages").at(1).as_object()["question_revision"] = nullptr;
  document.at("stages").at(1).as_object()["time_limit_seconds"] = 60;
  auto const draft = Put(published, document).value();
  EXPECT_EQ(draft.at("revision").as_int64(), 2);
  EXPECT_EQ(draft.at("status").as_string(), "published");
  EXPECT_EQ(draft.at("has_draft").as_bool(), true);
  EXPECT_EQ(Resolved(Id(published), 1).document.stages[1].time_limit_seconds, 120);
  auto const second = Publish(draft, Hr(root.path)).value();
  EXPECT_EQ(second.at("published_revision").as_int64(), 2);
  EXPECT_EQ(Resolved(Id(published), 2).document.stages[1].question_zh, "怎么办？");
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, "/plans/" + Id(published), "", {{"revision", "1"}})
                ->at("document")
                .at("stages")
                .at(1)
                .at("time_limit_seconds")
                .as_int64(),
            120);
}

TEST_P(PlansTest, WeightsOf99AreSavedAsDraftButNotPublished) {
  auto const plan = NewPlan(root.id);
  auto document = plan.at("document");
  document.at("dimensions").at(0).as_object()["weight"] = 24;
  auto const draft = Put(plan, document);
  ASSERT_TRUE(draft) << "nothing typed is lost";
  auto const refused = Publish(*draft, Hr(root.path));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields, (FieldErrors{{"/document/dimensions", "weights_not_100", {{"sum", "99"}}}}));
  auto const check = CallJson(Hr(root.path), Method::kPost, "/plans/" + Id(plan) + "/check");
  EXPECT_EQ(std::string(check->at("problems").at(0).at("message").as_string()),
            "The weights must add up to 100 %; they add up to 99 %");
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, "/plans/" + Id(plan))->at("status").as_string(), "draft");
}

TEST_P(PlansTest, ATimeLimitOf0IsRefusedAtOnce) {
  auto const plan = NewPlan(root.id);
  auto document = plan.at("document");
  document.at("stages").at(0).as_object()["time_limit_seconds"] = 0;
  auto const refused = Put(plan, document);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].pointer, "/document/stages/0/time_limit_seconds");
  EXPECT_EQ(refused.error().fields[0].code, "out_of_range");
}

TEST_P(PlansTest, StaleAndWrongStatesAreConflicts) {
  auto const plan = NewPlan(root.id);
  ASSERT_TRUE(Put(plan, plan.at("document")));
  EXPECT_EQ(Put(plan, plan.at("document")).error().key, "conflict.stale");
  EXPECT_EQ(Publish(plan, Hr(root.path)).error().key, "conflict.stale");
  auto const now = CallJson(Hr(root.path), Method::kGet, "/plans/" + Id(plan)).value();
  auto const published = Publish(now, Hr(root.path)).value();
  EXPECT_EQ(Publish(published, Hr(root.path)).error().key, "plan.nothing_to_publish");
  auto const archived = CallJson(Hr(root.path), Method::kPost, "/plans/" + Id(plan) + "/archive").value();
  EXPECT_EQ(archived.at("status").as_string(), "archived");
  EXPECT_EQ(Put(archived, archived.at("document")).error().key, "plan.archived");
  EXPECT_EQ(db->Read([&](db::Tx& tx) { return api->PublishedPlan(tx, Scope::Everything(), Id(plan)); }).error().key,
            "plan.archived");
}

TEST_P(PlansTest, BranchesSeeWhatTheGroupPublishedAndNothingOfEachOther) {
  auto const group = NewPlan(root.id);
  auto const branch = NewPlan(north.id);
  auto const stranger = Hr(south.path);
  EXPECT_EQ(Call(stranger, Method::kGet, "/plans/" + Id(branch)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(stranger, Method::kGet, "/plans/" + Id(group)).error().code, ErrorCode::kNotFound) << "still a draft";
  auto const published = Publish(group, Hr(root.path)).value();
  auto document = published.at("document");
  document.as_object()["welcome_zh"] = "还没发布";
  ASSERT_TRUE(Put(published, document));
  auto const seen = CallJson(stranger, Method::kGet, "/plans/" + Id(group)).value();
  EXPECT_EQ(seen.at("document").at("welcome_zh").as_string(), "") << "the next draft is the group's own";
  EXPECT_EQ(seen.at("has_draft").as_bool(), false);
  EXPECT_EQ(Call(stranger, Method::kGet, "/plans/" + Id(group), "", {{"revision", "2"}}).error().code,
            ErrorCode::kNotFound);
  for (auto const* tail : {"/publish", "/archive"})
    EXPECT_EQ(Call(stranger, Method::kPost, "/plans/" + Id(group) + tail, R"({"version":2})").error().code,
              ErrorCode::kNotFound)
        << tail;
  EXPECT_EQ(CallJson(stranger, Method::kGet, "/plans")->at("items").as_array().size(), 1U);
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, "/plans")->at("items").as_array().size(), 2U);
  auto const copy = CallJson(stranger, Method::kPost, "/plans/" + Id(group) + "/copy",
                             R"({"org_id":")" + south.id + R"(","name_zh":"副本","name_en":""})");
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->at("status").as_string(), "draft");
  EXPECT_EQ(Call(stranger, Method::kPost, "/plans/" + Id(branch) + "/copy",
                 R"({"org_id":")" + south.id + R"(","name_zh":"副本","name_en":""})")
                .error()
                .code,
            ErrorCode::kNotFound);
}

TEST_P(PlansTest, QuestionsAreSharedDownwardOnly) {
  auto const group = Ask(root.id, "G1");
  auto const branch = Ask(north.id, "N1");
  auto const stranger = Hr(south.path);
  EXPECT_TRUE(Call(stranger, Method::kGet, "/questions/" + Id(group)));
  EXPECT_EQ(Call(stranger, Method::kPatch, "/questions/" + Id(group), R"({"version":1,"text_zh":"改"})").error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(Call(stranger, Method::kGet, "/questions/" + Id(branch)).error().code, ErrorCode::kNotFound);
  auto const other_branch = Publish(NewPlan(south.id, Id(branch)), Hr(root.path));
  ASSERT_FALSE(other_branch);
  EXPECT_EQ(other_branch.error().fields, (FieldErrors{{"/document/stages/1/question_id", "not_found"}}));
}

TEST_P(PlansTest, QuestionsKeepTheirRevisions) {
  auto const question = Ask(root.id, "Q1");
  auto const path = "/questions/" + Id(question);
  auto const changed = CallJson(Hr(root.path), Method::kPatch, path, R"({"version":1,"difficulty":5})").value();
  EXPECT_EQ(changed.at("revision").as_int64(), 2);
  EXPECT_EQ(Call(Hr(root.path), Method::kPatch, path, R"({"version":1,"difficulty":4})").error().key, "conflict.stale");
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, path, "", {{"revision", "1"}})->at("difficulty").as_int64(), 3);
  EXPECT_EQ(
      CallJson(Hr(root.path), Method::kPatch, path, R"({"version":2,"status":"archived"})")->at("revision").as_int64(),
      2)
      << "same content, same revision";
  auto const taken =
      Call(Hr(root.path), Method::kPost, "/questions",
           R"({"org_id":")" + root.id + R"(","code":"Q1","text_zh":"","text_en":"","competency":"logic"})");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().fields, (FieldErrors{{"/text_zh", "text_missing"}, {"/code", "taken"}}));
}

TEST_P(PlansTest, QuestionsAndStandardsAreOfAFamilyOfTheGroup) {
  FieldErrors const unknown{{"/family", "unknown_family"}};
  auto const made =
      Call(Hr(root.path), Method::kPost, "/questions",
           R"({"org_id":")" + root.id +
               R"(","code":"Q2","text_zh":"为什么？","text_en":"","competency":"logic","family":"pilot"})");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().fields, unknown);
  auto const question = Ask(root.id, "Q1");
  auto const changed =
      Call(Hr(root.path), Method::kPatch, "/questions/" + Id(question), R"({"version":1,"family":"pilot"})");
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().fields, unknown);
  auto const plan = NewPlan(root.id, Id(question));
  auto document = plan.at("document").as_object();
  document["governance"] = {{"family", "pilot"}};
  auto const put = Put(plan, document);
  auto const published = put ? Publish(*put, Hr(root.path)) : put;
  ASSERT_FALSE(published);
  EXPECT_EQ(published.error().fields, (FieldErrors{{"/document/governance/family", "unknown_family"}}));
  document["governance"] = {{"family", std::string(41, 'x')}};
  EXPECT_EQ(Put(plan, document).error().fields.at(0).code, "too_long");
}

TEST_P(PlansTest, AnArchivedFamilyStaysButIsNotChosenAnew) {
  auto const family = [&](int version, char const* state) {
    json::value const body{
        {"version", version}, {"name_zh", "焊工"}, {"name_en", "Welder"}, {"rank", 900}, {"state", state}};
    return Call(User({"job.write"}, root.path), Method::kPut, "/job-families/welder", json::serialize(body));
  };
  ASSERT_TRUE(family(0, "active"));
  auto const question = Id(Ask(root.id, "Q1"));
  auto const plan = NewPlan(root.id, question);
  auto document = plan.at("document").as_object();
  document["governance"] = {{"family", "welder"}};
  auto const put = Put(plan, document);
  ASSERT_TRUE(put);
  ASSERT_TRUE(family(1, "archived"));
  auto const again = Put(*put, document);
  ASSERT_TRUE(again) << "it had it before";
  EXPECT_TRUE(Publish(*again, Hr(root.path)));
  auto const other = Put(NewPlan(root.id, question), document);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().fields, (FieldErrors{{"/document/governance/family", "unknown_family"}}));
}

TEST_P(PlansTest, ShippedContentLoadsOnceAndKeepsEdits) {
  ASSERT_TRUE(api->LoadShippedContent());
  auto const count = [&] {
    return CallJson(Hr(root.path), Method::kGet, "/questions", "", {{"limit", "200"}})->at("total").as_int64();
  };
  auto const first = count();
  EXPECT_GE(first, 30);
  auto const question = db->Read([&](db::Tx& tx) { return api->QuestionByCode(tx, "GEN-02"); }).value();
  EXPECT_TRUE(question.shipped);
  ASSERT_TRUE(
      Call(Hr(root.path), Method::kPatch, "/questions/" + question.id, R"({"version":1,"text_zh":"改过的题目"})"));
  ASSERT_TRUE(api->LoadShippedContent());
  EXPECT_EQ(count(), first);
  EXPECT_EQ(db->Read([&](db::Tx& tx) { return api->QuestionByCode(tx, "GEN-02"); })->text_zh, "改过的题目");
  EXPECT_EQ(db->Read([&](db::Tx& tx) { return api->QuestionByCode(tx, "GEN-01"); })->revision, 1);
  EXPECT_GE(CallJson(Hr(south.path), Method::kGet, "/dimensions")->at("items").as_array().size(), 12U);
}

TEST_P(PlansTest, ThePreviewIsWhatACandidateWouldSee) {
  auto const plan = NewPlan(north.id, Id(Ask(root.id, "Q1")));
  auto const seen = CallJson(Hr(north.path), Method::kGet, "/plans/" + Id(plan) + "/preview", "",
                             {{"locale", "en-US"}, {"draft", "true"}})
                        .value();
  EXPECT_EQ(seen.at("preview").as_bool(), true);
  EXPECT_EQ(seen.at("stages").as_array().size(), 2U);
  EXPECT_EQ(seen.at("stages").at(1).at("question_en").as_string(), "Why?");
  EXPECT_EQ(std::string_view(seen.at("stages").at(0).at("prompt_en").as_string()).find('{'), std::string_view::npos);
  EXPECT_EQ(seen.at("company").as_string(), "HQ");
}

// A draft is not checked: by naming a question of another branch its text could be read in the preview.
TEST_P(PlansTest, ThePreviewOfADraftShowsNoQuestionOfAnotherBranch) {
  auto const plan = NewPlan(north.id, Id(Ask(south.id, "SECRET")));
  auto const seen =
      CallJson(Hr(north.path), Method::kGet, "/plans/" + Id(plan) + "/preview", "", {{"draft", "true"}}).value();
  EXPECT_EQ(seen.at("stages").at(1).at("question_zh").as_string(), "");
  EXPECT_EQ(seen.at("stages").at(1).at("question_en").as_string(), "");
  EXPECT_EQ(Publish(plan, Hr(north.path)).error().fields.at(0).code, "not_found");
}

BOLE_STORE_SUITE(PlansTest);

}  // namespace
}  // namespace bole::plans
