#pragma once
#include "modules/plans/plan_rows.hpp"

namespace bole::plans {

// What a row of an import changed, and the plan as it left it: by content, so that the rows of one plan can be taken
// back one after the other.
struct PlanTrace {
  bool made_plan = false;
  bool had_draft = true;
  std::string stage_key;
  std::optional<PlanStage> stage;  // absent: the row added it
  std::optional<std::string> job_id;
  std::string language;
  int valid_days = 7, retention_days = 180;
  PlanBands bands;
  std::vector<PlanDimension> dimensions;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(PlanTrace, (),
                      (made_plan, had_draft, stage_key, stage, job_id, language, valid_days, retention_days, bands,
                       dimensions, after))

// `before` without an id: the row makes the plan. `stage_key`: the stage that the row writes.
[[nodiscard]] PlanTrace TraceOf(PlanDraft const& before, std::string const& stage_key);
// Fingerprint of everything an undo would touch or lose: content, revision, publication, standard.
[[nodiscard]] std::string Fingerprint(store::PlanRow const& row, PlanDocument const& document);
// Takes the row's part out of the draft again.
void TakeBack(PlanTrace const& trace, PlanDraft& draft);

}  // namespace bole::plans
