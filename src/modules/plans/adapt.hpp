#pragma once
#include "modules/plans/candidate_view.hpp"

// Takes a plan to another job or node. Pure.
namespace bole::plans {

// Names of the old job and node in questions, prompts, welcome and closing become {job} and {branch}, so that the copy
// speaks of its own. Locked stages stay as they are when `keep_locked`; names of one character are left alone.
void AdaptTexts(PlanDocument& document, PromptVariables const& names, bool keep_locked);

}  // namespace bole::plans
