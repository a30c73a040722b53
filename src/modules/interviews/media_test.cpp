#include "modules/interviews/interviews_test.hpp"
#include "modules/plans/test_picture.hpp"
#include "platform/http/response.hpp"

namespace bole::interviews {
namespace {

using http::Method;

// Plans whose second stage shows a picture of its own.
class InterviewMediaTest : public InterviewsTest {
 protected:
  static std::string Id(Result<json::value> const& made) { return std::string(made.value().at("id").as_string()); }
  static Principal Author(std::string const& path) {
    return User({"org.read", "question.read", "question.write", "plan.read", "plan.write", "plan.publish"}, path);
  }
  std::string Picture() {
    clock.Advance(std::chrono::milliseconds(1));
    return Id(CallJson(Author(root.path), Method::kPost, "/assets", plans::testing::Picture(),
                       {{"org_id", root.id}, {"name", "a.png"}}));
  }
  Invited InviteToPicture(std::string const& asset) {
    json::value const question{{"org_id", root.id},    {"code", asset},     {"text_zh", "这张图说明了什么？"},
                               {"text_en", ""},        {"kind", "picture"}, {"asset_id", asset},
                               {"competency", "logic"}};
    auto const asked = Id(CallJson(Author(root.path), Method::kPost, "/questions", json::serialize(question)));
    plans::PlanDocument document;
    document.dimensions = {{"communication", "沟通", "Communication", 100}};
    plans::PlanStage stage;
    stage.key = "q1", stage.title_zh = stage.title_en = "q1", stage.question_id = asked;
    stage.dimensions = {"communication"};
    document.stages = {stage};
    auto const plan = plans->CreatePlan(system, {root.id, std::nullopt, asset, asset, document}).value();
    plan_id = plans->PublishPlan(system, plan.id, {plan.version}).value().id;
    return Invite();
  }
  std::string UrlOf(Invited const& invited) {
    auto const session = service.Session(As(invited.id)).value();
    return session.stages.at(0).question_media.value().url;
  }
};

TEST_P(InterviewMediaTest, TwoInterviewsInOneBrowserDoNotShareAPicture) {
  auto const first = Picture(), second = Picture();
  auto const mine = InviteToPicture(first), yours = InviteToPicture(second);
  for (auto const& invited : {mine, yours}) Identify(invited.id);
  EXPECT_EQ(UrlOf(mine), "/api/v1/candidate/stages/q1/media/question?v=" + first);
  EXPECT_EQ(UrlOf(yours), "/api/v1/candidate/stages/q1/media/question?v=" + second);
  http::Request request;
  request.method = Method::kGet, request.query = {{"v", second}};
  auto const answer = service.StageMedia(As(yours.id), request, "q1", "question");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Header("etag"), '"' + second + '"');
}

BOLE_STORE_SUITE(InterviewMediaTest);

}  // namespace
}  // namespace bole::interviews
