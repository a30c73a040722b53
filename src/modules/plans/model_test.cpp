#include "modules/plans/model.hpp"

#include <gtest/gtest.h>

#include "modules/plans/candidate_view.hpp"

namespace bole::plans {
namespace {

PlanDocument Good() {
  auto out = DefaultDocument({});
  PlanStage stage;
  stage.key = "q1", stage.question_zh = "为什么？", stage.dimensions = {"expertise"};
  out.stages.push_back(stage);
  return out;
}

std::vector<std::string> Problems(PlanDocument const& document, bool model = true) {
  std::vector<std::string> out;
  auto const find = [](PlanStage const& stage) -> std::optional<QuestionContent> {
    if (stage.question_id != "known") return std::nullopt;
    return QuestionContent{.question_id = "known", .text_zh = "问"};
  };
  for (auto const& e : CheckPlan(document, find, model)) out.push_back(e.pointer + " " + e.code);
  return out;
}
using Lines = std::vector<std::string>;

TEST(CheckPlanTest, AGoodPlanHasNoProblems) { EXPECT_EQ(Problems(Good()), Lines{}); }

TEST(CheckPlanTest, WeightsMustSumTo100) {
  for (double const off : {-1.0, -0.02, 0.02, 5.0}) {
    auto plan = Good();
    plan.dimensions[0].weight += off;
    EXPECT_EQ(Problems(plan), Lines{"/document/dimensions weights_not_100"}) << off;
  }
  auto plan = Good();
  plan.dimensions[0].weight = 24;
  EXPECT_EQ(CheckPlan(
                plan, [](auto const&) { return std::nullopt; }, true)[0]
                .params.at("sum"),
            "99");
  plan.dimensions.assign(3, {"a", "甲", "", 33.33});
  plan.dimensions[1].key = "b", plan.dimensions[2].key = "c";
  plan.dimensions[1].name_zh = "乙", plan.dimensions[2].name_zh = "丙";
  plan.stages.resize(1);
  EXPECT_EQ(Problems(plan), Lines{}) << "99.99 is within 0.01";
}

TEST(CheckPlanTest, EachRuleHasItsCode) {
  auto const with = [](auto change) {
    auto plan = Good();
    change(plan);
    return Problems(plan);
  };
  EXPECT_EQ(with([](auto& p) { p.stages[1].time_limit_seconds = 0; }),
            Lines{"/document/stages/1/time_limit_seconds out_of_range"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].time_limit_seconds = 901; }),
            Lines{"/document/stages/1/time_limit_seconds out_of_range"});
  EXPECT_EQ(with([](auto& p) { p.dimensions[2].name_zh = " " + p.dimensions[0].name_zh; }),
            Lines{"/document/dimensions/2/name_zh taken"})
      << "a report shows names only";
  EXPECT_EQ(with([](auto& p) { p.stages[1].key = "introduction"; }), Lines{"/document/stages/1/key taken"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].key = "a b"; }), Lines{"/document/stages/1/key bad_key"});
  EXPECT_EQ(with([](auto& p) { p.stages.clear(); }), Lines{"/document/stages too_few"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].dimensions = {"luck"}; }),
            Lines{"/document/stages/1/dimensions/0 not_in_plan"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].question_id = "gone"; }), Lines{"/document/stages/1/question_id not_found"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].question_zh = " "; }), Lines{"/document/stages/1/question_zh text_missing"});
  EXPECT_EQ(with([](auto& p) { p.language = "en-US"; }), Lines{"/document/stages/1/question_en text_missing"});
  EXPECT_EQ(with([](auto& p) { p.stages[1].question_id = "known", p.stages[1].question_zh = ""; }), Lines{});
  EXPECT_EQ(with([](auto& p) { p.bands = {5, 5}; }), Lines{"/document/bands bands_order"});
  EXPECT_EQ(with([](auto& p) { p.stages[0].weight = p.stages[1].weight = 0; }), Lines{"/document/stages no_weight"});
  EXPECT_EQ(
      with([](auto& p) { p.stages.erase(p.stages.begin()); }),
      (Lines{"/document/dimensions/0 not_fed", "/document/dimensions/2 not_fed", "/document/dimensions/3 not_fed"}))
      << "only the introduction speaks for every dimension";
  EXPECT_EQ(with([](auto& p) {
              p.stages[0].dimensions = {"communication", "problem_solving", "culture_fit"};
            }),
            Lines{});
  EXPECT_EQ(with([](auto& p) { p.stages[1].weight = 0, p.stages[0].dimensions = {"communication"}; })[0],
            "/document/dimensions/1 not_fed")
      << "a stage without weight speaks for nothing";
  EXPECT_EQ(with([](auto& p) { p.language = "fr"; }), Lines{"/document/language not_allowed"});
  EXPECT_EQ(Problems(Good(), false), Lines{"/document/scoring_model_id not_found"});
  auto empty = Good();
  empty.dimensions.clear(), empty.stages.resize(1);
  EXPECT_EQ(Problems(empty), Lines{"/document/dimensions too_few"});
}

TEST(FillPromptTest, FillsKnownVariablesOnce) {
  PromptVariables const v{"{job}<b>", "北京分行", "Beijing", "柜员", "", "瑞禾", "Ruihe"};
  EXPECT_EQ(FillPrompt("{candidate_name}，{company}{branch}{job}", v, TextLanguage::zh), "{job}<b>，瑞禾北京分行柜员")
      << "a name that looks like a variable is not read again";
  EXPECT_EQ(FillPrompt("{company} {job} {other} {", v, TextLanguage::en), "Ruihe 柜员 {other} {");
  EXPECT_EQ(FillPrompt("{{job}}", v, TextLanguage::zh), "{柜员}");
}

TEST(CandidateViewTest, StagesAndLanguage) {
  auto plan = Good();
  plan.stages[1].retakes = 2;
  auto const stages = StagesFor(plan, {"张三", "", "", "柜员", "Teller", "瑞禾", "Ruihe"});
  ASSERT_EQ(stages.size(), 2U);
  EXPECT_EQ(stages[0].prompt_zh, "张三，您好！欢迎参加瑞禾柜员岗位的面试。请先做一个自我介绍。");
  EXPECT_EQ(stages[1].title_en, "Question 1");
  EXPECT_EQ(stages[1].retakes_left, 2);
  EXPECT_EQ(LanguageFor(plan, "en-US"), "en-US");
  plan.language = "zh-CN";
  EXPECT_EQ(LanguageFor(plan, "en-US"), "zh-CN");
}

}  // namespace
}  // namespace bole::plans
