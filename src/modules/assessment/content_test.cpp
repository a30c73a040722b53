#include <set>

#include "modules/assessment/feature_keys.hpp"
#include "modules/assessment/lexicon.hpp"
#include "modules/assessment/test_fixture.hpp"
#include "modules/assessment/weighing.hpp"

namespace bole::assessment::testing {
namespace {

TEST(QuestionBank, IsWholeInBothLanguages) {
  std::map<std::string, int> families;
  for (auto const& [code, question] : Questions()) {
    for (auto const* key : {"text_zh", "text_en", "family", "competency"})
      EXPECT_FALSE(Str(question, key).empty()) << code;
    ++families[Str(question, "family")];
    auto const rubric = FromJson<Rubric>(question.at("rubric"));
    ASSERT_TRUE(rubric) << code;
    EXPECT_GE(rubric->points.size(), 3U) << code;
    EXPECT_LE(rubric->points.size(), 5U) << code;
    EXPECT_GE(rubric->anchors.size(), 3U) << code;
    EXPECT_FALSE(rubric->model_answer_zh.empty() || rubric->model_answer_en.empty()) << code;
    std::set<std::string> keys;
    for (auto const& point : rubric->points) {
      EXPECT_TRUE(keys.insert(point.key).second) << code << point.key;
      EXPECT_FALSE(point.text_zh.empty() || point.text_en.empty()) << code;
      EXPECT_GE(point.synonyms.size(), 4U) << code << point.key;
    }
  }
  EXPECT_GE(Questions().size(), 200U);
  EXPECT_EQ(families.size(), 12U);
  for (auto const& [family, questions] : families) EXPECT_GE(questions, 15) << family;
}

// The model answer is what the rubric's author would say: it must score well by his own rubric.
TEST(QuestionBank, ModelAnswersCoverTheirOwnRubric) {
  auto const& engines = Engines::Get();
  ContentScorer const scorer(*engines.words, nullptr, engines.content);  // by words alone: stricter and quick
  for (auto const& [code, question] : Questions()) {
    auto const rubric = *FromJson<Rubric>(question.at("rubric"));
    for (auto const& [language, text] : {std::pair{"zh", rubric.model_answer_zh}, {"en", rubric.model_answer_en}}) {
      auto const target = scorer.Prepare(Str(question, "text_zh"), rubric, {}, language);
      EXPECT_GE(scorer.Score(target, scorer.Read(text)).coverage, 0.55) << code << " " << language;
    }
  }
}

TEST(Dimensions, AreTheTwelveOfTheContractAndTheModelKnowsThem) {
  auto const document = Document("content/dimensions.json");
  std::set<std::string> keys;
  for (auto const& dimension : document.at("dimensions").as_array()) keys.insert(Str(dimension, "key"));
  EXPECT_EQ(keys, (std::set<std::string>{"communication", "expertise", "culture_fit", "problem_solving", "logic",
                                         "emotional_stability", "service", "numeracy", "integrity", "leadership",
                                         "learning", "teamwork"}));
  for (auto const& key : keys) EXPECT_EQ(RuleFor(Engines::Get().scoring, key).key, key);
  EXPECT_EQ(RuleFor(Engines::Get().scoring, "our_own").key, Engines::Get().scoring.other.key);
}

TEST(ScoringModel, BrokenDocumentsAreRefusedWithPointers) {
  auto model = Engines::Get().scoring;
  ASSERT_TRUE(ReadScoringModel(ToJsonText(model)));
  auto pointer = [](ScoringModel const& broken) {
    auto const result = ReadScoringModel(ToJsonText(broken));
    return result || result.error().fields.empty() ? std::string() : result.error().fields.front().pointer;
  };
  auto broken = model;
  broken.answer.features[0].feature = "astrology";
  EXPECT_EQ(pointer(broken), "/answer/features/0/feature");
  broken = model;
  broken.dimensions[1].features[0].weight = -1;
  EXPECT_EQ(pointer(broken), "/dimensions/1/features/0/weight");
  broken = model;
  broken.dimensions[0].rubric_share = 1.5;
  EXPECT_EQ(pointer(broken), "/dimensions/0/rubric_share");
  broken = model;
  broken.other.features[0].transform.kind = "cubic";
  EXPECT_EQ(pointer(broken), "/other/features/0/transform/kind");
  EXPECT_FALSE(ReadScoringModel("{"));
}

TEST(Transform, ShapesAreAsDocumented) {
  EXPECT_DOUBLE_EQ(Apply({"linear", 0, 10, {}, {}, 0}, 5), 0.5);
  EXPECT_DOUBLE_EQ(Apply({"inverse", 0, 10, {}, {}, 0.2}, 20), 0.2);
  Transform const plateau{"plateau", 0, 10, 2, 6, 0};
  EXPECT_DOUBLE_EQ(Apply(plateau, 1), 0.5);
  EXPECT_DOUBLE_EQ(Apply(plateau, 4), 1);
  EXPECT_DOUBLE_EQ(Apply(plateau, 8), 0.5);
  EXPECT_DOUBLE_EQ(Apply(plateau, std::nan("")), 0);
}

TEST(Lexicon, StemsAndPhrases) {
  EXPECT_EQ(Stem("customers"), Stem("customer"));
  EXPECT_EQ(Stem("reduced"), Stem("reduce"));
  EXPECT_EQ(Stem("policies"), Stem("policy"));
  EXPECT_EQ(Stem("stopped"), Stem("stop"));
  EXPECT_TRUE(ContainsPhrase("then i called", "call") == false);
  EXPECT_TRUE(ContainsPhrase("我先道歉，再核实", "道歉"));
}

TEST(Demo, OrgJobsUsersPlansAndCandidatesFitTogether) {
  auto const org_file = Document("content/demo/org.json"), jobs_file = Document("content/demo/jobs.json"),
             users_file = Document("content/demo/users.json"), plans_file = Document("content/demo/plans.json"),
             candidates_file = Document("content/demo/candidates.json");
  std::set<std::string> nodes, jobs, plans, candidates;
  for (auto const& node : org_file.at("nodes").as_array()) {
    EXPECT_TRUE(Str(node, "parent_code").empty() || nodes.contains(Str(node, "parent_code")));
    nodes.insert(Str(node, "code"));
  }
  for (auto const& job : jobs_file.at("jobs").as_array()) {
    EXPECT_TRUE(nodes.contains(Str(job, "org_code")));
    jobs.insert(Str(job, "code"));
  }
  for (auto const& user : users_file.at("users").as_array()) {
    EXPECT_TRUE(nodes.contains(Str(user, "org_code")));
    EXPECT_FALSE(user.as_object().contains("password"));
  }
  for (auto const& plan : plans_file.at("plans").as_array()) {
    EXPECT_TRUE(nodes.contains(Str(plan, "org_code")));
    EXPECT_TRUE(Str(plan, "job_code").empty() || jobs.contains(Str(plan, "job_code")));
    plans.insert(Str(plan, "code"));
    if (!plan.as_object().contains("document")) {  // made of a template, or derived from a plan above it
      EXPECT_TRUE(plan.as_object().contains("template_key") || plans.contains(Str(plan, "base_code")));
      continue;
    }
    double dimensions = 0, stages = 0;
    for (auto const& d : plan.at("document").at("dimensions").as_array())
      dimensions += d.at("weight").to_number<double>();
    for (auto const& s : plan.at("document").at("stages").as_array()) {
      stages += s.at("weight").to_number<double>();
      EXPECT_TRUE(Questions().contains(Str(s, "question_code"))) << Str(s, "question_code");
    }
    EXPECT_EQ(dimensions, 100);
    EXPECT_EQ(stages, 100);
  }
  std::set<std::string> phones;
  for (auto const& candidate : candidates_file.at("candidates").as_array()) {
    EXPECT_TRUE(nodes.contains(Str(candidate, "org_code")) && jobs.contains(Str(candidate, "job_code")));
    EXPECT_TRUE(Str(candidate, "phone").starts_with("19900000"));
    EXPECT_TRUE(Str(candidate, "email").ends_with("@example.com"));
    phones.insert(Str(candidate, "phone"));
    candidates.insert(Str(candidate, "code"));
  }
  EXPECT_EQ(phones.size(), 40U);
  EXPECT_GE(jobs.size(), 6U);
  EXPECT_GE(plans.size(), 4U);
}

}  // namespace
}  // namespace bole::assessment::testing
