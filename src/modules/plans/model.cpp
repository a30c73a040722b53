#include "modules/plans/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "modules/plans/base_rules.hpp"

namespace bole::plans {
namespace {

std::string At(char const* list, std::size_t index, char const* member) {
  return std::string("/document/") + list + "/" + std::to_string(index) + "/" + member;
}

void CheckRange(double value, double min, double max, std::string const& at, FieldErrors& errors) {
  if (!(value >= min && value <= max))
    errors.push_back({at, "out_of_range", {{"min", fmt::format("{:g}", min)}, {"max", fmt::format("{:g}", max)}}});
}

bool Blank(std::string const& text) { return Trim(text).empty(); }

// The language a plan is held in must have its text.
void CheckLanguage(std::string const& language, std::string const& zh, std::string const& en, std::string const& at,
                   FieldErrors& errors) {
  if (language == "zh-CN" ? Blank(zh) : language != "en-US" && Blank(zh) && Blank(en))
    errors.push_back({at + "_zh", "text_missing"});
  else if (language == "en-US" && Blank(en))
    errors.push_back({at + "_en", "text_missing"});
}

void CheckDimensions(PlanDocument const& document, FieldErrors& errors) {
  double sum = 0;
  std::set<std::string> keys, names;
  for (std::size_t i = 0; i < document.dimensions.size(); ++i) {
    auto const& dimension = document.dimensions[i];
    if (Blank(dimension.key)) errors.push_back({At("dimensions", i, "key"), "required"});
    if (!keys.insert(dimension.key).second) errors.push_back({At("dimensions", i, "key"), "taken"});
    if (!(dimension.weight > 0)) errors.push_back({At("dimensions", i, "weight"), "not_positive"});
    if (Blank(dimension.name_zh) && Blank(dimension.name_en))
      errors.push_back({At("dimensions", i, "name_zh"), "text_missing"});
    // Reports show names only: a second one of the same name would pass for the first.
    for (auto const* member : {"name_zh", "name_en"}) {
      auto const name = AsciiLower(Trim(member == std::string_view("name_zh") ? dimension.name_zh : dimension.name_en));
      if (!name.empty() && !names.insert(member + name).second)
        errors.push_back({At("dimensions", i, member), "taken"});
    }
    sum += dimension.weight;
  }
  if (document.dimensions.empty())
    errors.push_back({"/document/dimensions", "too_few", {{"min", "1"}}});
  else if (std::abs(sum - 100) > 0.01 + 1e-9)
    errors.push_back(
        {"/document/dimensions", "weights_not_100", {{"sum", fmt::format("{:g}", std::round(sum * 100) / 100)}}});
}

// A dimension that no stage speaks for would be scored from answers to something else.
void CheckFed(PlanDocument const& document, FieldErrors& errors) {
  for (std::size_t i = 0; i < document.dimensions.size(); ++i) {
    auto const& dimension = document.dimensions[i];
    bool const fed = std::any_of(document.stages.begin(), document.stages.end(), [&](PlanStage const& stage) {
      return stage.weight > 0 && Feeds(stage, dimension.key);
    });
    if (dimension.weight > 0 && !fed)
      errors.push_back({"/document/dimensions/" + std::to_string(i),
                        "not_fed",
                        {{"dimension", dimension.name_zh.empty() ? dimension.name_en : dimension.name_zh}}});
  }
}

void CheckStages(PlanDocument const& document, FindQuestion const& find, FieldErrors& errors) {
  std::set<std::string> dimensions, keys;
  for (auto const& dimension : document.dimensions) dimensions.insert(dimension.key);
  bool weighs = false;
  for (std::size_t i = 0; i < document.stages.size(); ++i) {
    auto const& stage = document.stages[i];
    if (!keys.insert(stage.key).second) errors.push_back({At("stages", i, "key"), "taken"});
    weighs |= stage.weight > 0;
    for (std::size_t k = 0; k < stage.dimensions.size(); ++k)
      if (!dimensions.contains(stage.dimensions[k]))
        errors.push_back({At("stages", i, "dimensions/") + std::to_string(k), "not_in_plan"});
    std::string zh = stage.question_zh, en = stage.question_en;
    if (stage.question_id) {
      auto const question = find(stage);
      if (!question) {
        errors.push_back({At("stages", i, "question_id"), "not_found"});
        continue;
      }
      if (Blank(zh)) zh = question->text_zh;
      if (Blank(en)) en = question->text_en;
    }
    if (stage.kind == StageKind::question || stage.question_id)
      CheckLanguage(document.language, zh, en, At("stages", i, "question"), errors);
  }
  if (document.stages.empty())
    errors.push_back({"/document/stages", "too_few", {{"min", "1"}}});
  else if (!weighs)
    errors.push_back({"/document/stages", "no_weight"});
  else
    CheckFed(document, errors);
}

}  // namespace

void CheckPair(std::string const& zh, std::string const& en, std::string const& pointer, FieldErrors& errors) {
  if (Blank(zh) && Blank(en)) errors.push_back({pointer, "text_missing"});
}

void CheckLimits(PlanDocument const& document, FieldErrors& errors) {
  if (document.language != "zh-CN" && document.language != "en-US" && document.language != "candidate")
    errors.push_back({"/document/language", "not_allowed"});
  PlanDocument copy;
  ReadJson(WriteJson(document), copy, "/document", errors);  // the rules of the described structs
  for (std::size_t i = 0; i < document.stages.size(); ++i) {
    auto const& key = document.stages[i].key;
    if (key.empty() || !std::all_of(key.begin(), key.end(), [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }))
      errors.push_back({At("stages", i, "key"), "bad_key"});
  }
}

FieldErrors CheckPlan(PlanDocument const& document, FindQuestion const& find, bool model_exists) {
  FieldErrors errors;
  CheckLimits(document, errors);
  CheckDimensions(document, errors);
  CheckStages(document, find, errors);
  if (!(document.bands.reinterview < document.bands.recommend)) errors.push_back({"/document/bands", "bands_order"});
  if (document.governance) CheckGovernance(document, errors);
  if (!model_exists) errors.push_back({"/document/scoring_model_id", "not_found"});
  return errors;
}

void CheckQuestion(QuestionContent const& content, FieldErrors& errors) {
  CheckPair(content.text_zh, content.text_en, "/text_zh", errors);
  CheckRange(content.difficulty, 1, 5, "/difficulty", errors);
  CheckRange(content.suggested_seconds, 10, 900, "/suggested_seconds", errors);
  if (Blank(content.competency)) errors.push_back({"/competency", "required"});
  Rubric copy;
  ReadJson(WriteJson(content.rubric), copy, "/rubric", errors);  // the rules of the described structs
  std::set<std::string> keys;
  for (std::size_t i = 0; i < content.rubric.points.size(); ++i) {
    auto const& point = content.rubric.points[i];
    auto const at = "/rubric/points/" + std::to_string(i);
    if (!keys.insert(point.key).second) errors.push_back({at + "/key", "taken"});
    CheckPair(point.text_zh, point.text_en, at + "/text_zh", errors);
  }
}

PlanDocument DefaultDocument(std::vector<DimensionView> const& dimensions) {
  PlanDocument out;
  for (auto const* key : {"communication", "expertise", "problem_solving", "culture_fit"}) {
    auto const known = std::find_if(dimensions.begin(), dimensions.end(), [&](auto const& d) { return d.key == key; });
    out.dimensions.push_back(
        {key, known == dimensions.end() ? key : known->name_zh, known == dimensions.end() ? key : known->name_en, 25});
  }
  PlanStage intro;
  intro.key = "introduction", intro.kind = StageKind::introduction;
  intro.title_zh = "自我介绍", intro.title_en = "Introduction";
  intro.prompt_zh = "{candidate_name}，您好！欢迎参加{company}{job}岗位的面试。请先做一个自我介绍。";
  intro.prompt_en =
      "Hello {candidate_name}, welcome to the interview for {job} at {company}. Please introduce yourself.";
  out.stages.push_back(std::move(intro));
  return out;
}

void FillTexts(PlanDocument& document, std::map<std::string, QuestionContent> const& questions) {
  for (auto& stage : document.stages) {
    auto const found = questions.find(stage.key);
    if (found == questions.end()) continue;
    if (Blank(stage.question_zh)) stage.question_zh = found->second.text_zh;
    if (Blank(stage.question_en)) stage.question_en = found->second.text_en;
  }
}

json::value ContentJson(QuestionContent const& c) {
  json::object out{{"text_zh", c.text_zh},          {"text_en", c.text_en},
                   {"kind", WriteJson(c.kind)},     {"asset_id", WriteJson(c.asset_id)},
                   {"family", WriteJson(c.family)}, {"competency", c.competency},
                   {"difficulty", c.difficulty},    {"suggested_seconds", c.suggested_seconds},
                   {"rubric", WriteJson(c.rubric)}};
  if (!c.job_ids.empty()) out["job_ids"] = WriteJson(c.job_ids);  // what ships names none: its hashes stay
  return out;
}

}  // namespace bole::plans
