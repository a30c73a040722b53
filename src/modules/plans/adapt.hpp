#pragma once
#include <functional>

#include "modules/plans/candidate_view.hpp"

// Takes a plan to another job or node. Pure.
namespace bole::plans {

// Names of the old job and node in questions, prompts, welcome and closing become {job} and {branch}, so that the copy
// speaks of its own. Locked stages stay as they are when `keep_locked`; names of one character are left alone.
void AdaptTexts(PlanDocument& document, PromptVariables const& names, bool keep_locked);

// After AdaptTexts made `adapted` out of `before`: a recorded prompt goes where the written one changed, where it
// speaks of a job or node in `names`, or where it is not `usable`; the last two not when it is the standard's own.
void DropRecordings(PlanDocument& adapted, PlanDocument const& before, PlanDocument const* base,
                    PromptVariables const& names, std::function<bool(std::string const& asset)> const& usable);

}  // namespace bole::plans
