#include "modules/assessment/evaluate.hpp"

#include <filesystem>

#include "modules/assessment/test_fixture.hpp"

namespace bole::assessment::testing {
namespace {

TEST(Compare, AgreesWithFiguresWorkedByHand) {
  // r = 2.5/sqrt(2.5*... ): deviations of (1,2,3,4) and (1,3,2,4): sum xy = 4, sum xx = 5 -> 0.8; ranks are the same.
  auto const figures = Compare({1, 2, 3, 4}, {1, 3, 2, 4});
  EXPECT_NEAR(figures.pearson, 0.8, 1e-12);
  EXPECT_NEAR(figures.spearman, 0.8, 1e-12);
  EXPECT_NEAR(figures.rmse, std::sqrt(0.5), 1e-12);
  // Observed disagreement 2/4, expected 2.5 for two uniform raters over 1..4.
  EXPECT_NEAR(figures.quadratic_weighted_kappa, 1 - 0.5 / 2.5, 1e-12);
  EXPECT_EQ(Compare({5, 5, 5}, {1, 2, 3}).pearson, 0);
  EXPECT_NEAR(Compare({1, 2, 3}, {10, 100, 1000}).spearman, 1, 1e-12);
  EXPECT_EQ(Compare({}, {}).n, 0);
}

TEST(ReadRatedAnswers, AcceptsBothShapesAndNamesTheBrokenLine) {
  std::istringstream good(
      R"({"question":"q","references":["r1","r2"],"rubric":["point",{"text_zh":"要点","weight":2}],"answer":"a","human":4,"max_score":5})"
      "\n\n"
      R"({"score":"7.5","answer":"b","q_id":"1","question":"q","reference1":"r","reference2":"","reference3":""})");
  auto const rows = ReadRatedAnswers(good);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].human, 8);
  EXPECT_EQ((*rows)[0].rubric.points.size(), 2U);
  EXPECT_EQ((*rows)[1].human, 7.5);
  EXPECT_EQ((*rows)[1].references, std::vector<std::string>{"r"});
  for (auto const* line :
       {"{", "[]", R"({"question":"q","answer":"a","human":1})", R"({"question":"q","references":["r"],"human":1})",
        R"({"question":"q","references":["r"],"answer":"a","human":"high"})"}) {
    std::istringstream bad("\n" + std::string(line));
    auto const result = ReadRatedAnswers(bad);
    ASSERT_FALSE(result) << line;
    EXPECT_EQ(result.error().params.at("line"), "2");
  }
}

TEST(Evaluate, EnglishAnswersAreRankedByWhatTheySay) {
  auto const& engines = Engines::Get();
  ContentScorer const scorer(*engines.words, engines.cached.get(), engines.content);
  std::string const question = "Why do plants need light?";
  std::vector<std::string> const references{
      "Plants need light for photosynthesis: chlorophyll absorbs light energy to turn carbon dioxide and water into "
      "sugar and oxygen."};
  std::vector<RatedAnswer> const rows{
      {question,
       references,
       {},
       "Chlorophyll absorbs light so that the plant can make sugar from water and carbon dioxide, and it releases "
       "oxygen.",
       10},
      {question, references, {}, "They use the light for photosynthesis to make food.", 6},
      {question, references, {}, "Because it is warmer.", 1},
      {question, references, {}, "My brother plays football on Sunday.", 0}};
  auto const result = Evaluate(rows, scorer);
  EXPECT_GT(result.overall.spearman, 0.75);
  EXPECT_GT(result.overall.pearson, 0.8);
}

TEST(ContentScorer, StaysWithinBoundsOnOddInput) {
  auto const& engines = Engines::Get();
  ContentScorer const scorer(*engines.words, engines.cached.get(), engines.content);
  for (auto const* text : {"", " ", "。。。", "\xff\xfe", "123 456", "a", "=1+1", "😀😀"}) {
    auto const answer = scorer.Read(text);
    auto const target = scorer.Prepare(text, {}, {text, "参考答案"}, answer.language);
    auto const score = scorer.Score(target, answer);
    EXPECT_GE(score.score, 0);
    EXPECT_LE(score.score, 10);
  }
}

// The shipped weights were fitted on this set: tools/fit_content_model.py prints the figure with whole questions left
// out (0.53). This only notices when a change breaks the features.
TEST(Evaluate, ShippedModelKeepsItsAgreementOnAds) {
  std::string const path = std::string(BOLE_DATA_DIR) + "/answers/ads_train.jsonl";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared data at " << path;
  auto const& engines = Engines::Get();
  ContentScorer const scorer(*engines.words, engines.cached.get(), engines.content);
  std::ifstream file(path);
  auto rows = ReadRatedAnswers(file);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1107U);
  std::vector<RatedAnswer> sample;  // a part keeps the test short
  for (std::size_t i = 0; i < rows->size(); i += 16) sample.push_back((*rows)[i]);
  EXPECT_GT(Evaluate(sample, scorer).overall.pearson, 0.35);
}

}  // namespace
}  // namespace bole::assessment::testing
