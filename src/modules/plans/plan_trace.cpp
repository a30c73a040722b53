#include "modules/plans/plan_trace.hpp"

#include <algorithm>

#include "platform/crypto/digest.hpp"

namespace bole::plans {

PlanTrace TraceOf(PlanDraft const& before, std::string const& stage_key) {
  auto const& document = before.document;
  PlanTrace out;
  out.made_plan = before.row.id.empty(), out.had_draft = before.row.has_draft, out.stage_key = stage_key;
  for (auto const& stage : document.stages)
    if (stage.key == stage_key) out.stage = stage;
  out.job_id = before.row.job_id, out.language = document.language, out.valid_days = document.valid_days;
  out.retention_days = document.retention_days, out.bands = document.bands, out.dimensions = document.dimensions;
  return out;
}

std::string Fingerprint(store::PlanRow const& row, PlanDocument const& document) {
  json::object const state{{"job_id", WriteJson(row.job_id)},
                           {"name_zh", row.name_zh},
                           {"name_en", row.name_en},
                           {"revision", row.revision},
                           {"status", WriteJson(row.status)},
                           {"has_draft", row.has_draft},
                           {"published_revision", WriteJson(row.published_revision)},
                           {"base_revision", WriteJson(row.base_revision)},
                           {"document", WriteJson(document)}};
  auto const text = json::serialize(state);
  return crypto::HexEncode(crypto::Digester(crypto::DigestAlgorithm::kSha256).Hash({crypto::AsBytes(text)}));
}

void TakeBack(PlanTrace const& trace, PlanDraft& draft) {
  auto& document = draft.document;
  auto const at = std::find_if(document.stages.begin(), document.stages.end(),
                               [&](auto const& stage) { return stage.key == trace.stage_key; });
  if (at != document.stages.end()) {
    if (trace.stage)
      *at = *trace.stage;
    else
      document.stages.erase(at);
  }
  draft.row.job_id = trace.job_id, document.language = trace.language, document.valid_days = trace.valid_days;
  document.retention_days = trace.retention_days, document.bands = trace.bands;
  document.dimensions = trace.dimensions;
}

}  // namespace bole::plans
