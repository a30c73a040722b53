#pragma once
#include "modules/plans/plan_document.hpp"

// What a plan derived from a standard may not do. Pure. Asked on every save, publication, copy and rebase, so that no
// door leads around it.
namespace bole::plans {

// Every violation with its place in `derived` ("/document/…") and the rule as code:
//   stage_removed, stage_order, locked_question, locked_text, locked_times, locked_dimensions, locked_weight   (locked)
//   texts_not_free, prompts_not_free, times_not_free, kind_changed                                       (not locked)
//   too_many_local_stages{max}, only_standard_locks, taken
//   core_removed, dimension_changed, weight_out_of_range{dimension,min,max}, local_outweighs{sum,max}
//   locked_outweighed{share,min}, core_outweighed{dimension,share,min}
//   core_own_questions{dimension,share,min}, core_not_fed{dimension}
//   threshold_lowered{min}, model_changed, kind_changed, only_standard_governs
//   language_not_free, valid_days_not_free, retention_longer{max}
// Locked stages outweigh: their share of the stage weights, in all and in each core dimension, may shrink against the
// base by max_local_share percent of itself at most. What feeds a core dimension are the standard's stages, locked or
// not, with their question unchanged, but for max_local_share percent; something of them stays. An unfinished draft
// (weights of 90 %) breaks none of these.
[[nodiscard]] std::vector<FieldError> CheckAgainstBase(PlanDocument const& base, PlanDocument const& derived);

// As scoring reads it: a stage that names no dimension speaks for each.
[[nodiscard]] bool Feeds(PlanStage const& stage, std::string const& dimension);

// The range in which a derived plan may move the weight of a dimension of its base.
struct WeightRange {
  double min = 0, max = 100;
};
[[nodiscard]] WeightRange RangeOf(PlanDimension const& dimension);

// What the base says of its own governance: ranges in order and containing the weight. Pointers start with "/document".
void CheckGovernance(PlanDocument const& document, std::vector<FieldError>& errors);

// The document a branch starts from: the standard without its governance.
[[nodiscard]] PlanDocument DerivedFrom(PlanDocument const& base);

}  // namespace bole::plans
