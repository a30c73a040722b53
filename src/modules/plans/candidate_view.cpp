#include "modules/plans/candidate_view.hpp"

namespace bole::plans {

std::string FillPrompt(std::string_view text, PromptVariables const& variables, TextLanguage language) {
  bool const zh = language == TextLanguage::zh;
  auto const pick = [&](std::string const& a, std::string const& b) -> std::string const& {
    return (zh ? a : b).empty() ? (zh ? b : a) : (zh ? a : b);
  };
  std::map<std::string_view, std::string_view> const values{
      {"candidate_name", variables.candidate_name},
      {"branch", pick(variables.branch_zh, variables.branch_en)},
      {"job", pick(variables.job_zh, variables.job_en)},
      {"company", pick(variables.company_zh, variables.company_en)}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const open = text.find('{', at);
    auto const close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text.substr(at));
    out += text.substr(at, open - at);
    auto const found = values.find(text.substr(open + 1, close - open - 1));
    if (found == values.end()) {
      out += '{';
      at = open + 1;
    } else {
      out += found->second;
      at = close + 1;
    }
  }
  return out;
}

std::vector<CandidateStage> StagesFor(PlanDocument const& document, PromptVariables const& variables) {
  std::vector<CandidateStage> out;
  int questions = 0;
  for (auto const& stage : document.stages) {
    CandidateStage view;
    view.index = static_cast<std::int64_t>(out.size());
    view.key = stage.key, view.kind = stage.kind;
    bool const intro = stage.kind == StageKind::introduction;
    if (!intro) ++questions;
    view.title_zh = stage.title_zh, view.title_en = stage.title_en;
    if (view.title_zh.empty()) view.title_zh = intro ? "自我介绍" : "问题 " + std::to_string(questions);
    if (view.title_en.empty()) view.title_en = intro ? "Introduction" : "Question " + std::to_string(questions);
    view.question_zh = FillPrompt(stage.question_zh, variables, TextLanguage::zh);
    view.question_en = FillPrompt(stage.question_en, variables, TextLanguage::en);
    view.prompt_zh = FillPrompt(stage.prompt_zh, variables, TextLanguage::zh);
    view.prompt_en = FillPrompt(stage.prompt_en, variables, TextLanguage::en);
    view.preparation_seconds = stage.preparation_seconds, view.time_limit_seconds = stage.time_limit_seconds;
    view.grace_seconds = stage.grace_seconds, view.retakes_left = stage.retakes;
    out.push_back(std::move(view));
  }
  return out;
}

std::string LanguageFor(PlanDocument const& document, std::string const& candidate_locale) {
  if (document.language == "zh-CN" || document.language == "en-US") return document.language;
  return candidate_locale == "en-US" ? "en-US" : "zh-CN";
}

}  // namespace bole::plans
