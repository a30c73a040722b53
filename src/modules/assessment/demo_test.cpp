#include "modules/assessment/test_fixture.hpp"

namespace bole::assessment::testing {
namespace {

struct Script {
  std::string file, plan, level;
  Report report;
};

// Every demo interview through the whole scorer, with the plan's own dimensions and weights.
std::vector<Script> const& Demo() {
  static auto const scripts = [] {
    std::vector<Script> out;
    auto const plans = Document("content/demo/plans.json");
    for (auto const* file :
         {"01-plan-teller-good", "02-plan-teller-middling", "03-plan-teller-poor", "04-plan-acm-good",
          "05-plan-acm-middling", "06-plan-risk-good", "07-plan-risk-poor", "08-plan-csr-en-good",
          "09-plan-csr-en-middling", "10-plan-csr-en-poor", "11-plan-eng-en-good", "12-plan-eng-en-poor"}) {
      auto const document = Document(std::string("content/demo/interviews/") + file + ".json");
      json::object plan;
      for (auto const& candidate : plans.at("plans").as_array())
        if (Str(candidate, "code") == Str(document, "plan_code")) plan = candidate.at("document").as_object();
      auto const dimensions = FromJson<std::vector<DimensionInput>>(plan.at("dimensions"));
      std::vector<AnswerInput> answers;
      for (auto const& answer : document.at("answers").as_array()) {
        for (auto const& stage : plan.at("stages").as_array()) {
          if (Str(stage, "key") != Str(answer, "stage_key")) continue;
          auto input = AnswerTo(Str(stage, "question_code"), Str(answer, "text"), Str(document, "language"));
          input.stage_key = Str(stage, "key"), input.kind = Str(stage, "kind");
          input.title_zh = Str(stage, "title_zh"), input.title_en = Str(stage, "title_en");
          input.dimensions = json::value_to<std::vector<std::string>>(stage.at("dimensions"));
          input.weight = stage.at("weight").to_number<double>();
          input.time_limit_seconds = stage.at("time_limit_seconds").to_number<double>();
          answers.push_back(std::move(input));
        }
      }
      out.push_back({file, Str(document, "plan_code"), Str(document, "level"), ScoreAll(Frame(*dimensions), answers)});
    }
    return out;
  }();
  return scripts;
}

TEST(DemoInterviews, GoodIsAboveMiddlingIsAbovePoorInEveryPlan) {
  std::map<std::string, std::map<std::string, double>> totals;
  for (auto const& script : Demo()) {
    ASSERT_TRUE(script.report.total) << script.file;
    totals[script.plan][script.level] = *script.report.total;
    RecordProperty(script.file, std::to_string(*script.report.total));
  }
  for (auto const& [plan, by_level] : totals) {
    for (auto const& [higher, lower] : {std::pair{"good", "middling"}, {"middling", "poor"}, {"good", "poor"}}) {
      if (!by_level.contains(higher) || !by_level.contains(lower)) continue;
      EXPECT_GE(by_level.at(higher), by_level.at(lower) + 1) << plan << ": " << higher << " over " << lower;
    }
  }
  EXPECT_EQ(totals.size(), 5U);
}

TEST(DemoInterviews, BandsFitTheLevels) {
  for (auto const& script : Demo()) {
    if (script.level == "good") {
      EXPECT_EQ(script.report.band, "recommend") << script.file;
    }
    if (script.level == "poor") {
      EXPECT_EQ(script.report.band, "reject") << script.file;
    }
    EXPECT_EQ(script.report.certainty, "high") << script.file;
  }
}

TEST(DemoInterviews, EveryScorePointsAtEvidenceAndContributionsSumToIt) {
  for (auto const& script : Demo()) {
    EXPECT_FALSE(script.report.verdict_zh.empty());
    EXPECT_FALSE(script.report.verdict_en.empty());
    for (auto const& dimension : script.report.dimensions) {
      ASSERT_TRUE(dimension.score) << script.file << dimension.key;
      EXPECT_FALSE(dimension.evidence.empty()) << script.file << dimension.key;
      double sum = 0, weight = 0;
      for (auto const& feature : dimension.features) sum += feature.contribution, weight += feature.weight;
      EXPECT_NEAR(sum, *dimension.score, 1e-9) << script.file << dimension.key;
      EXPECT_NEAR(weight, 100, 1) << script.file << dimension.key;
      EXPECT_FALSE(dimension.comment_zh.empty() || dimension.comment_en.empty());
    }
    for (auto const& answer : script.report.answers) {
      ASSERT_TRUE(answer.score);
      EXPECT_FALSE(answer.comment_zh.empty() || answer.comment_en.empty());
      for (auto const& point : answer.points) {
        EXPECT_EQ(point.quote.empty(), point.covered == 0);
        EXPECT_LE(point.start, point.end);
        EXPECT_LE(point.end, answer.duration);
      }
    }
  }
}

TEST(DemoInterviews, FindingsCarryEvidenceAndGoodOnesHaveHighlights) {
  for (auto const& script : Demo()) {
    std::size_t clips = 0;
    for (auto const& answer : script.report.answers) clips += answer.highlights.size();
    EXPECT_LE(clips, 4U);
    if (script.level == "good") {
      EXPECT_GE(clips, 2U) << script.file;
      EXPECT_EQ(script.report.strengths.size(), 3U) << script.file;
    }
    if (script.level == "poor") {
      EXPECT_EQ(script.report.doubts.size(), 3U) << script.file;
    }
    for (auto const* list : {&script.report.strengths, &script.report.doubts})
      for (auto const& finding : *list) EXPECT_FALSE(finding.evidence.empty()) << finding.text_zh;
  }
}

TEST(DemoInterviews, QuotesAreWordForWordFromTheTranscript) {
  for (auto const& script : Demo())
    for (auto const& answer : script.report.answers) {
      std::string said;
      for (auto const& sentence : answer.transcript.sentences) said += sentence.text;
      for (auto const& point : answer.points) EXPECT_NE(said.find(point.quote), std::string::npos) << point.quote;
    }
}

}  // namespace
}  // namespace bole::assessment::testing
