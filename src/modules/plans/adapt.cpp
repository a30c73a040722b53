#include "modules/plans/adapt.hpp"

#include <algorithm>

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

void DropRecordings(PlanDocument& adapted, PlanDocument const& before, PlanDocument const* base,
                    PromptVariables const& names, std::function<bool(std::string const& asset)> const& usable) {
  auto const speaks_of = [](PlanStage const& stage, char const* variable) {
    return stage.prompt_zh.find(variable) != std::string::npos || stage.prompt_en.find(variable) != std::string::npos;
  };
  for (std::size_t i = 0; i < adapted.stages.size(); ++i) {
    auto& stage = adapted.stages[i];
    if (!stage.prompt_asset_id) continue;
    auto const of_base = [&] {
      return base && std::any_of(base->stages.begin(), base->stages.end(), [&](PlanStage const& s) {
               return s.key == stage.key && s.prompt_asset_id == stage.prompt_asset_id;
             });
    };
    bool const changed = stage.prompt_zh != before.stages[i].prompt_zh || stage.prompt_en != before.stages[i].prompt_en;
    bool const renamed = (!names.job_zh.empty() && speaks_of(stage, "{job}")) ||
                         (!names.branch_zh.empty() && speaks_of(stage, "{branch}"));
    if (changed || ((renamed || !usable(*stage.prompt_asset_id)) && !of_base())) stage.prompt_asset_id.reset();
  }
}

}  // namespace bole::plans
