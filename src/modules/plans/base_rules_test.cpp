#include "modules/plans/base_rules.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "modules/plans/group_fixture.hpp"

namespace bole::plans {
namespace {

using testing::DimensionOf;
using testing::StageIn;
using testing::StageOf;
using testing::Standard;
using Lines = std::vector<std::string>;
using Edit = std::function<void(PlanDocument&)>;

Lines Violations(PlanDocument const& base, PlanDocument const& derived) {
  Lines out;
  for (auto const& e : CheckAgainstBase(base, derived)) out.push_back(e.pointer + " " + e.code);
  return out;
}
Lines After(Edit const& edit, PlanDocument const& base = Standard()) {
  auto derived = DerivedFrom(base);
  edit(derived);
  return Violations(base, derived);
}
void Erase(std::vector<PlanStage>& stages, std::string const& key) {
  std::erase_if(stages, [&](auto const& stage) { return stage.key == key; });
}

struct Illegal {
  char const* name;
  Lines violations;
  Edit edit;
  PlanDocument (*base)() = Standard;
};

// The standard feeds the core dimension integrity by q1 and q4, neither of them locked.
PlanDocument WithFreeCore() {
  auto out = Standard();
  StageIn(out, "q1").locked = false, StageIn(out, "q1").weight = 1;
  out.stages.push_back(StageOf("q4", {"integrity"}, 1, false));
  return out;
}
// Nothing is left to the branch but what the flags of the policy do not name.
PlanDocument Strict() {
  auto out = Standard();
  out.governance->language = out.governance->valid_days = false;
  return out;
}

std::vector<Illegal> const kIllegal{
    {"delete a locked stage", {"/document/stages stage_removed"}, [](auto& d) { Erase(d.stages, "q1"); }},
    {"ask something else",
     {"/document/stages/1/question_zh locked_question"},
     [](auto& d) { StageIn(d, "q1").question_zh = "你好吗？"; }},
    {"take another question of the bank",
     {"/document/stages/1/question_zh locked_question"},
     [](auto& d) { StageIn(d, "q1").question_id = "other"; }},
    {"take another revision",
     {"/document/stages/1/question_zh locked_question"},
     [](auto& d) { StageIn(d, "q1").question_revision = 7; }},
    {"make it an introduction",
     {"/document/stages/1/question_zh locked_question"},
     [](auto& d) { StageIn(d, "q1").kind = StageKind::introduction; }},
    {"rename a locked stage",
     {"/document/stages/1/title_zh locked_text"},
     [](auto& d) { StageIn(d, "q1").title_en = "Optional"; }},
    {"tell the answer in the prompt",
     {"/document/stages/1/prompt_zh locked_text"},
     [](auto& d) { StageIn(d, "q1").prompt_zh = "答案是上报。"; }},
    {"say it in a recording",
     {"/document/stages/1/prompt_asset_id locked_recording"},
     [](auto& d) { StageIn(d, "q1").prompt_asset_id = "sound"; }},
    {"cut its time",
     {"/document/stages/1/time_limit_seconds locked_times"},
     [](auto& d) { StageIn(d, "q1").time_limit_seconds = 30; }},
    {"give it retakes",
     {"/document/stages/1/time_limit_seconds locked_times"},
     [](auto& d) { StageIn(d, "q1").retakes = 3; }},
    {"let it score something else",
     {"/document/stages/1/dimensions locked_dimensions"},
     [](auto& d) { StageIn(d, "q1").dimensions = {"logic"}; }},
    {"make it light",
     {"/document/stages/1/weight locked_weight", "/document/stages core_outweighed"},
     [](auto& d) { StageIn(d, "q1").weight = 0.1, StageIn(d, "intro").dimensions = {"integrity"}; }},
    {"unlock it", {"/document/stages/1/locked only_standard_locks"}, [](auto& d) { StageIn(d, "q1").locked = false; }},
    {"swap locked stages",
     {"/document/stages/1 stage_order"},
     [](auto& d) { std::swap(StageIn(d, "q1"), StageIn(d, "q3")); }},
    {"bring a double of a locked stage",
     {"/document/stages/4/key taken"},
     [](auto& d) { d.stages.push_back(PlanStage(StageIn(d, "q1"))); }},
    {"lock a stage of one's own",
     {"/document/stages/4/locked only_standard_locks"},
     [](auto& d) { d.stages.push_back(StageOf("mine", {"logic"}, 0.1, true)); }},
    {"add too many stages",
     {"/document/stages too_many_local_stages"},
     [](auto& d) {
       for (auto const* key : {"a", "b", "c"}) d.stages.push_back(StageOf(key, {"logic"}, 0.1, false));
     }},
    {"outweigh by a local stage",
     {"/document/stages locked_outweighed"},
     [](auto& d) { d.stages.push_back(StageOf("mine", {"logic"}, 10, false)); }},
    {"outweigh by a stage that is not locked",
     {"/document/stages locked_outweighed"},
     [](auto& d) { StageIn(d, "intro").weight = 10; }},
    {"outweigh in one core dimension",
     {"/document/stages core_outweighed"},
     [](auto& d) { d.stages.push_back(StageOf("mine", {"integrity"}, 1.5, false)); }},
    {"remove a core dimension",
     {"/document/dimensions core_removed"},
     [](auto& d) { d.dimensions.erase(d.dimensions.begin()); }},
    {"core no longer",
     {"/document/dimensions/0 dimension_changed"},
     [](auto& d) { DimensionOf(d, "integrity").core = false; }},
    {"widen the range",
     {"/document/dimensions/0 dimension_changed"},
     [](auto& d) { DimensionOf(d, "integrity").min_weight = 0; }},
    {"rename a dimension",
     {"/document/dimensions/0 dimension_changed"},
     [](auto& d) { DimensionOf(d, "integrity").name_zh = "随便"; }},
    {"below the range",
     {"/document/dimensions/0/weight weight_out_of_range"},
     [](auto& d) { DimensionOf(d, "integrity").weight = 24.9; }},
    {"above the range",
     {"/document/dimensions/0/weight weight_out_of_range"},
     [](auto& d) { DimensionOf(d, "integrity").weight = 41; }},
    {"a core dimension without range is fixed",
     {"/document/dimensions/1/weight weight_out_of_range"},
     [](auto& d) { DimensionOf(d, "service").weight = 31; }},
    {"remove a dimension with a minimum",
     {"/document/dimensions weight_out_of_range"},
     [](auto& d) { std::erase_if(d.dimensions, [](auto const& x) { return x.key == "communication"; }); }},
    {"outweigh by own dimensions",
     {"/document/dimensions local_outweighs"},
     [](auto& d) {
       d.dimensions.push_back({"learning", "学习", "Learning", 31});
     }},
    {"a core dimension of one's own",
     {"/document/dimensions/4 only_standard_locks"},
     [](auto& d) {
       d.dimensions.push_back({"learning", "学习", "Learning", 5, true});
     }},
    {"a double of a dimension",
     {"/document/dimensions/4/key taken"},
     [](auto& d) { d.dimensions.push_back(PlanDimension(d.dimensions[0])); }},
    {"lower a threshold", {"/document/bands/recommend threshold_lowered"}, [](auto& d) { d.bands.recommend = 6.9; }},
    {"lower the other", {"/document/bands/reinterview threshold_lowered"}, [](auto& d) { d.bands.reinterview = 4; }},
    {"score with another model",
     {"/document/scoring_model_id model_changed"},
     [](auto& d) { d.scoring_model_id = "mine"; }},
    {"govern oneself", {"/document/governance only_standard_governs"}, [](auto& d) { d.governance.emplace(); }},
    {"another kind of stage",
     {"/document/stages/0/kind kind_changed"},
     [](auto& d) { StageIn(d, "intro").kind = StageKind::introduction; }},
    {"a stage that names no dimension dilutes each",
     {"/document/stages core_outweighed"},
     [](auto& d) { d.stages.push_back(StageOf("mine", {}, 0.9, false)); }},
    {"decide a core dimension by a question of one's own",
     {"/document/stages core_own_questions"},
     [](auto& d) { StageIn(d, "q2").question_zh = "你喜欢什么颜色？"; }},
    {"take the standard's questions out of a core dimension",
     {"/document/stages core_not_fed"},
     [](auto& d) { Erase(d.stages, "q1"), Erase(d.stages, "q4"); },
     WithFreeCore},
    {"let them feed something else",
     {"/document/stages core_not_fed"},
     [](auto& d) { StageIn(d, "q1").dimensions = StageIn(d, "q4").dimensions = {"logic"}; },
     WithFreeCore},
    {"let them weigh nothing",
     {"/document/stages core_not_fed"},
     [](auto& d) { StageIn(d, "q1").weight = StageIn(d, "q4").weight = 0; },
     WithFreeCore},
    {"feed a core dimension from one's own easy stage alone",
     {"/document/stages core_not_fed"},
     [](auto& d) {
       Erase(d.stages, "q1"), Erase(d.stages, "q4"), d.stages.push_back(StageOf("easy", {"integrity"}, 1, false));
     },
     WithFreeCore},
    {"let the easy stage outweigh what is left",
     {"/document/stages core_own_questions"},
     [](auto& d) { Erase(d.stages, "q4"), d.stages.push_back(StageOf("easy", {"integrity"}, 0.5, false)); },
     WithFreeCore},
    {"keep recordings longer", {"/document/retention_days retention_longer"}, [](auto& d) { d.retention_days = 181; }},
    {"another language", {"/document/language language_not_free"}, [](auto& d) { d.language = "en-US"; }, Strict},
    {"longer invitations", {"/document/valid_days valid_days_not_free"}, [](auto& d) { d.valid_days = 30; }, Strict},
};

TEST(CheckAgainstBaseTest, EachIllegalEditIsRefusedByItsRule) {
  for (auto const& illegal : kIllegal)
    EXPECT_EQ(After(illegal.edit, illegal.base()), illegal.violations) << illegal.name;
}

TEST(CheckAgainstBaseTest, WhatTheStandardLeavesOpenInACoreDimensionStaysOpen) {
  EXPECT_EQ(After([](auto& d) { Erase(d.stages, "q4"), d.retention_days = 30, d.valid_days = 30; }, WithFreeCore()),
            Lines{});
  EXPECT_EQ(After([](auto& d) { d.stages.push_back(StageOf("mine", {"integrity"}, 0.8, false)); }, WithFreeCore()),
            Lines{})
      << "0.8 of 2.8 is within 30 %";
  EXPECT_EQ(After([](auto& d) { StageIn(d, "q2").title_zh = "改名", StageIn(d, "q2").prompt_zh = "请说。"; }), Lines{});
  auto unfed = Standard();  // a standard of before this rule
  unfed.dimensions.push_back({"luck", "运气", "Luck", 10, true, 0, 20});
  EXPECT_EQ(After([](auto&) {}, unfed), Lines{});
}

TEST(CheckAgainstBaseTest, WhatTheStandardKeepsToItselfIsRefusedInFreeStagesToo) {
  auto base = Standard();
  base.governance->texts = base.governance->prompts = base.governance->times = false;
  EXPECT_EQ(After([](auto& d) { StageIn(d, "q2").question_en = "How?"; }, base),
            (Lines{"/document/stages/2/question_zh texts_not_free", "/document/stages core_own_questions"}));
  EXPECT_EQ(After([](auto& d) { StageIn(d, "q2").prompt_en = "Go."; }, base),
            Lines{"/document/stages/2/prompt_zh prompts_not_free"});
  EXPECT_EQ(After([](auto& d) { StageIn(d, "q2").retakes = 1; }, base),
            Lines{"/document/stages/2/time_limit_seconds times_not_free"});
  EXPECT_EQ(After([](auto& d) { d.welcome_en = "Hi", d.closing_en = "Bye"; }, base),
            (Lines{"/document/welcome_zh prompts_not_free", "/document/closing_zh prompts_not_free"}));
  base.governance->bands_binding = false;
  EXPECT_EQ(After([](auto& d) { d.bands = {3, 2}; }, base), Lines{});
}

TEST(CheckAgainstBaseTest, ADraftMayBeUnfinished) {
  EXPECT_EQ(After([](auto& d) { DimensionOf(d, "logic").weight = 3; }), Lines{}) << "the weights sum to 88";
  EXPECT_EQ(
      After([](auto& d) { d.stages.push_back(StageOf("mine", {"logic"}, 0, false)), d.stages[4].question_zh = ""; }),
      Lines{});
}

TEST(CheckAgainstBaseTest, TheMessageNamesTheRange) {
  auto derived = DerivedFrom(Standard());
  DimensionOf(derived, "integrity").weight = 50;
  auto const errors = CheckAgainstBase(Standard(), derived);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].params.at("min"), "25");
  EXPECT_EQ(errors[0].params.at("max"), "40");
  EXPECT_EQ(errors[0].params.at("dimension"), "诚信 / Integrity");
}

// Any mixture of what the standard allows stays legal; one illegal edit on top is found.
TEST(CheckAgainstBaseTest, RandomLegalEditsPassAndEachIllegalEditOnTopIsFound) {
  std::mt19937 random(20'261'127);  // NOLINT: the same numbers in every run
  auto const pick = [&](double from, double to) { return std::uniform_real_distribution<double>(from, to)(random); };
  std::vector<Edit> const legal{
      [&](auto& d) { DimensionOf(d, "integrity").weight = pick(25, 40); },
      [&](auto& d) { DimensionOf(d, "communication").weight = pick(10, 40); },
      [&](auto& d) { DimensionOf(d, "logic").weight = pick(0, 40); },
      [](auto& d) {
        if (d.dimensions.size() == 4) d.dimensions.push_back({"learning", "学习", "Learning", 12});
      },
      [&](auto& d) {
        d.bands = {pick(7, 10), pick(5, 7)};
      },
      [](auto& d) { StageIn(d, "intro").question_zh = "请介绍自己。"; },
      [&](auto& d) { StageIn(d, "intro").time_limit_seconds = static_cast<int>(pick(30, 300)); },
      [&](auto& d) { StageIn(d, "intro").weight = pick(0, 1); },
      [](auto& d) { StageIn(d, "intro").prompt_en = "Welcome to {branch}."; },
      [](auto& d) {
        if (d.stages.size() < 6)
          d.stages.insert(d.stages.begin(), StageOf("b" + std::to_string(d.stages.size()), {"logic"}, 0.2, false));
      },
      [](auto& d) { d.welcome_zh = "北京分行欢迎您", d.language = "zh-CN", d.valid_days = 3; },
  };
  for (int round = 0; round < 400; ++round) {
    auto const& illegal = kIllegal[static_cast<std::size_t>(round) % kIllegal.size()];
    auto const base = illegal.base();
    auto derived = DerivedFrom(base);
    for (auto const& edit : legal)
      if (random() % 2 == 0) edit(derived);
    if (illegal.base == Standard) {
      ASSERT_EQ(Violations(base, derived), Lines{}) << round;
    }
    illegal.edit(derived);
    auto const found = Violations(base, derived);
    auto const code = illegal.violations[0].substr(illegal.violations[0].find(' '));
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](auto const& line) { return line.ends_with(code); }))
        << illegal.name << " in round " << round;
  }
}

TEST(CheckGovernanceTest, AStandardKeepsItsOwnRanges) {
  auto standard = Standard();
  FieldErrors errors;
  CheckGovernance(standard, errors);
  EXPECT_TRUE(errors.empty());
  DimensionOf(standard, "integrity").min_weight = 45;
  CheckGovernance(standard, errors);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, "weight_out_of_range");
}

TEST(PlanDocumentTest, ADocumentWrittenBeforeGovernanceReadsUnchanged) {
  auto const text =
      R"({"dimensions":[{"key":"a","name_zh":"甲","name_en":"","weight":100}],"stages":[{"key":"q","weight":1}]})";
  auto const document = FromJsonText<PlanDocument>(text).value();
  EXPECT_FALSE(document.governance);
  EXPECT_FALSE(document.dimensions[0].core);
  EXPECT_FALSE(document.dimensions[0].min_weight);
  EXPECT_FALSE(document.stages[0].locked);
}

}  // namespace
}  // namespace bole::plans
