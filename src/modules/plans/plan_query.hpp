#pragma once
#include "modules/plans/store.hpp"

namespace bole::plans {

// What the list and the export of plans narrow by, out of a query struct with these members; not by unit and page.
template <class Query>
store::PlanFilter PlanFilterOf(Query const& q) {
  return {.text = q.q.value_or(""),
          .org_path = "",
          .job_id = q.job_id.value_or(""),
          .status = q.status,
          .standard = q.standard,
          .family = q.family,
          .behind = q.behind.value_or(false),
          .submitted = q.submitted.value_or(false),
          .base_plan_id = q.base_plan_id.value_or(""),
          .cursor = ""};
}

}  // namespace bole::plans
