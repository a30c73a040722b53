#include "modules/plans/adapt.hpp"

#include "base/text.hpp"

namespace bole::plans {
namespace {

void Replace(std::string& text, std::string const& name, char const* variable) {
  if (CountCodePoints(name) > 1) text = ReplaceAll(std::move(text), name, variable);
}

void Adapt(std::string& zh, std::string& en, PromptVariables const& names) {
  Replace(zh, names.job_zh, "{job}"), Replace(zh, names.branch_zh, "{branch}");
  Replace(en, names.job_en, "{job}"), Replace(en, names.branch_en, "{branch}");
}

}  // namespace

void AdaptTexts(PlanDocument& document, PromptVariables const& names, bool keep_locked) {
  Adapt(document.welcome_zh, document.welcome_en, names);
  Adapt(document.closing_zh, document.closing_en, names);
  for (auto& stage : document.stages) {
    if (keep_locked && stage.locked) continue;
    Adapt(stage.question_zh, stage.question_en, names);
    Adapt(stage.prompt_zh, stage.prompt_en, names);
  }
}

}  // namespace bole::plans
