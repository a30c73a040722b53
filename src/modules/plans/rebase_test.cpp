#include "modules/plans/rebase.hpp"

#include <gtest/gtest.h>

#include <random>

#include "modules/plans/adapt.hpp"
#include "modules/plans/group_fixture.hpp"

namespace bole::plans {
namespace {

using testing::DimensionOf;
using testing::StageIn;
using testing::StageOf;
using testing::Standard;
using Lines = std::vector<std::string>;

Lines Changes(Rebased const& rebased) {
  Lines out;
  for (auto const& c : rebased.changes)
    out.push_back(c.path + " " + boost::describe::enum_to_string(c.kind, "") + (c.locked ? " locked" : ""));
  return out;
}
Lines Keys(PlanDocument const& document) {
  Lines out;
  for (auto const& stage : document.stages) out.push_back(stage.key);
  return out;
}
Lines Codes(std::vector<FieldError> const& errors) {
  Lines out;
  for (auto const& e : errors) out.push_back(e.pointer + " " + e.code);
  return out;
}

class RebaseTest : public ::testing::Test {
 protected:
  Rebased Run(std::vector<RebaseChoice> const& choices = {}) { return RebasePlan(before, after, mine, choices); }
  PlanDocument before = Standard(), after = Standard(), mine = DerivedFrom(Standard());
};

TEST_F(RebaseTest, NothingChangedGivesTheSamePlan) {
  auto const rebased = Run();
  EXPECT_EQ(Changes(rebased), Lines{});
  EXPECT_EQ(WriteJson(rebased.document), WriteJson(mine));
}

TEST_F(RebaseTest, EachSideKeepsWhatOnlyItChanged) {
  StageIn(after, "q1").question_zh = "新题？";
  after.bands.recommend = 7.5;
  StageIn(mine, "intro").time_limit_seconds = 90;
  mine.welcome_zh = "北京欢迎您";
  auto const rebased = Run();
  EXPECT_EQ(Changes(rebased), (Lines{"/bands/recommend standard", "/welcome_zh local",
                                     "/stages/intro/time_limit_seconds local", "/stages/q1/question_zh standard"}));
  EXPECT_TRUE(rebased.errors.empty());
  auto result = rebased.document;
  EXPECT_EQ(StageIn(result, "q1").question_zh, "新题？");
  EXPECT_EQ(StageIn(result, "intro").time_limit_seconds, 90);
  EXPECT_EQ(result.bands.recommend, 7.5);
  EXPECT_EQ(result.welcome_zh, "北京欢迎您");
}

TEST_F(RebaseTest, BothChangedIsAConflictThatNeedsAChoice) {
  StageIn(after, "q2").question_zh = "总部的题";
  StageIn(mine, "q2").question_zh = "分行的题";
  EXPECT_EQ(Changes(Run()), Lines{"/stages/q2/question_zh conflict"});
  EXPECT_EQ(Codes(Run().errors), Lines{"/stages/q2/question_zh choose"});
  auto mine_taken = Run({{"/stages/q2/question_zh", Take::mine}});
  EXPECT_TRUE(mine_taken.errors.empty());
  EXPECT_EQ(StageIn(mine_taken.document, "q2").question_zh, "分行的题");
  auto standard_taken = Run({{"/stages/q2/question_zh", Take::standard}});
  EXPECT_EQ(StageIn(standard_taken.document, "q2").question_zh, "总部的题");
}

TEST_F(RebaseTest, WhatTheNewVersionLocksCanOnlyBeTaken) {
  StageIn(after, "q2").locked = true;
  StageIn(mine, "q2").question_zh = "分行的题";
  EXPECT_EQ(Changes(Run()), (Lines{"/stages/q2/question_zh conflict locked", "/stages/q2/locked standard"}));
  EXPECT_EQ(Codes(Run({{"/stages/q2/question_zh", Take::mine}}).errors), Lines{"/stages/q2/question_zh locked"});
  auto taken = Run({{"/stages/q2/question_zh", Take::standard}});
  EXPECT_TRUE(taken.errors.empty());
  EXPECT_EQ(CheckAgainstBase(after, taken.document).size(), 0U);
  EXPECT_EQ(StageIn(taken.document, "q2").question_zh, "为什么q2？");
}

TEST_F(RebaseTest, AStageThatBecomesMandatoryComesBack) {
  mine.stages.erase(mine.stages.begin() + 2);
  EXPECT_EQ(Keys(Run().document), (Lines{"intro", "q1", "q3"})) << "the branch did without it";
  StageIn(after, "q2").locked = true;
  EXPECT_EQ(Changes(Run()), Lines{"/stages/q2 conflict locked"});
  EXPECT_EQ(Keys(Run({{"/stages/q2", Take::standard}}).document), (Lines{"intro", "q1", "q2", "q3"}));
}

TEST_F(RebaseTest, NewAndRemovedStagesOfTheStandardTravel) {
  after.stages.erase(after.stages.begin() + 2);
  after.stages.insert(after.stages.begin() + 2, StageOf("q4", {"integrity"}, 1, true));
  mine.stages.insert(mine.stages.begin() + 2, StageOf("mine", {"logic"}, 0.5, false));
  auto const rebased = Run();
  EXPECT_EQ(Changes(rebased), (Lines{"/stages/q4 standard", "/stages/mine local", "/stages/q2 standard"}));
  EXPECT_EQ(Keys(rebased.document), (Lines{"intro", "q1", "mine", "q4", "q3"}));
}

TEST_F(RebaseTest, ALocalStageWhoseKeyTheStandardTakesGetsAnother) {
  mine.stages.push_back(StageOf("q4", {"logic"}, 0.5, false));
  after.stages.push_back(StageOf("q4", {"integrity"}, 1, true));
  auto rebased = Run();
  EXPECT_TRUE(rebased.errors.empty());
  EXPECT_EQ(Keys(rebased.document), (Lines{"intro", "q1", "q2", "q3", "local1", "q4"}));
  EXPECT_EQ(StageIn(rebased.document, "local1").dimensions, Lines{"logic"});
  EXPECT_TRUE(StageIn(rebased.document, "q4").locked);
}

TEST_F(RebaseTest, WeightsAreOneDecision) {
  DimensionOf(mine, "integrity").weight = 35, DimensionOf(mine, "communication").weight = 20;
  EXPECT_EQ(Changes(Run()), Lines{"/dimensions local"});
  DimensionOf(after, "logic").weight = 10, DimensionOf(after, "communication").weight = 30;
  EXPECT_EQ(Changes(Run()), Lines{"/dimensions conflict"});
  auto kept = Run({{"/dimensions", Take::mine}});
  EXPECT_EQ(DimensionOf(kept.document, "integrity").weight, 35);
  EXPECT_EQ(DimensionOf(kept.document, "logic").weight, 15);
  DimensionOf(after, "integrity").max_weight = 32;
  EXPECT_EQ(Changes(Run()), (Lines{"/dimension_rules standard", "/dimensions conflict locked"}));
  EXPECT_EQ(Codes(Run({{"/dimensions", Take::mine}}).errors), Lines{"/dimensions locked"});
  auto taken = Run({{"/dimensions", Take::standard}});
  EXPECT_EQ(DimensionOf(taken.document, "integrity").weight, 30);
}

TEST_F(RebaseTest, ARaisedThresholdMayStayAbove) {
  mine.bands.recommend = 8;
  after.bands.recommend = 7.5;
  EXPECT_EQ(Changes(Run()), Lines{"/bands/recommend conflict"});
  EXPECT_EQ(Run({{"/bands/recommend", Take::mine}}).document.bands.recommend, 8);
  mine.bands.recommend = 7.2;
  EXPECT_EQ(Changes(Run()), Lines{"/bands/recommend conflict locked"});
}

TEST_F(RebaseTest, OrderFollowsWhoeverChangedIt) {
  std::swap(after.stages[0], after.stages[2]);
  EXPECT_EQ(Keys(Run().document), (Lines{"q2", "q1", "intro", "q3"}));
  after = before;
  std::rotate(mine.stages.begin(), mine.stages.begin() + 1, mine.stages.end());
  EXPECT_EQ(Changes(Run()), Lines{"/stage_order local"});
  EXPECT_EQ(Keys(Run().document), (Lines{"q1", "q2", "q3", "intro"}));
  std::swap(after.stages[1], after.stages[3]);  // the standard turns its locked stages round
  EXPECT_EQ(Changes(Run()), Lines{"/stage_order conflict locked"});
  EXPECT_EQ(Keys(Run({{"/stage_order", Take::standard}}).document), (Lines{"intro", "q3", "q2", "q1"}));
}

// Whatever both sides did legally: with the standard's side in every conflict no lock is broken.
TEST_F(RebaseTest, TheStandardsSideNeverBreaksALock) {
  std::mt19937 random(7);  // NOLINT: the same numbers in every run
  auto const some = [&] { return random() % 3 == 0; };
  for (int round = 0; round < 300; ++round) {
    after = Standard(), mine = DerivedFrom(Standard());
    if (some()) StageIn(after, "q2").locked = true;
    if (some()) StageIn(after, "q1").time_limit_seconds = 60 + round;
    if (some()) after.stages.push_back(StageOf("n1", {"integrity"}, 1, true));
    if (some()) std::swap(after.stages[1], after.stages[3]);
    if (some()) after.bands.recommend = 7.5;
    if (some()) DimensionOf(after, "integrity").weight = 35, DimensionOf(after, "logic").weight = 10;
    if (some()) after.governance->prompts = false;
    if (some()) mine.stages.erase(mine.stages.begin() + 2);
    if (some()) mine.stages.insert(mine.stages.begin() + 1, StageOf("n1", {"logic"}, 0.2, false));
    if (some()) mine.bands.recommend = 7.1;
    if (some()) StageIn(mine, "intro").prompt_zh = "你好";
    if (some()) DimensionOf(mine, "integrity").weight = 26;
    if (some()) std::swap(mine.stages[0], mine.stages[1]);
    if (!CheckAgainstBase(before, mine).empty()) continue;
    std::vector<RebaseChoice> choices;
    for (auto const& change : Run().changes)
      if (change.kind == ChangeKind::conflict) choices.push_back({change.path, Take::standard});
    auto const rebased = Run(choices);
    EXPECT_EQ(Codes(rebased.errors), Lines{}) << round;
    EXPECT_EQ(Codes(CheckAgainstBase(after, rebased.document)), Lines{}) << round;
  }
}

TEST(AdaptTextsTest, TheOldJobAndBranchBecomeVariables) {
  auto document = Standard();
  StageIn(document, "q2").prompt_zh = "欢迎应聘北京分行综合柜员。";
  StageIn(document, "q1").prompt_zh = "综合柜员请作答。";
  document.welcome_en = "Teller at Beijing";
  AdaptTexts(document, {"", "北京分行", "Beijing", "综合柜员", "Teller", "", ""}, true);
  EXPECT_EQ(StageIn(document, "q2").prompt_zh, "欢迎应聘{branch}{job}。");
  EXPECT_EQ(StageIn(document, "q1").prompt_zh, "综合柜员请作答。") << "locked";
  EXPECT_EQ(document.welcome_en, "{job} at {branch}");
  AdaptTexts(document, {"", "", "", "x", "请", "", ""}, false);
  EXPECT_EQ(StageIn(document, "q1").prompt_zh, "综合柜员请作答。") << "one character is no name";
}

}  // namespace
}  // namespace bole::plans
