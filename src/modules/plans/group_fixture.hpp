#pragma once
#include "modules/plans/base_rules.hpp"

// A standard and a legal plan derived from it, for tests of the rules.
namespace bole::plans::testing {

inline PlanStage StageOf(std::string key, std::vector<std::string> dimensions, double weight, bool locked) {
  PlanStage out;
  out.key = std::move(key), out.title_zh = "题" + out.key, out.title_en = "Stage " + out.key;
  out.question_zh = "为什么" + out.key + "？", out.question_en = "Why " + out.key + "?";
  out.prompt_zh = "请作答。", out.prompt_en = "Please answer.";
  out.dimensions = std::move(dimensions), out.weight = weight, out.locked = locked;
  return out;
}

// Core: integrity 30 (25..40), service 30 (fixed). Free: communication 25 (10..40), logic 15. Locked: q1, q3.
inline PlanDocument Standard() {
  PlanDocument out;
  out.dimensions = {{"integrity", "诚信", "Integrity", 30, true, 25, 40},
                    {"service", "服务", "Service", 30, true, {}, {}},
                    {"communication", "沟通", "Communication", 25, false, 10, 40},
                    {"logic", "逻辑", "Logic", 15, false, {}, {}}};
  out.stages = {StageOf("intro", {"communication"}, 1, false), StageOf("q1", {"integrity"}, 2, true),
                StageOf("q2", {"logic", "service"}, 1, false), StageOf("q3", {"service"}, 2, true)};
  out.bands = {7, 5};
  out.welcome_zh = "欢迎", out.welcome_en = "Welcome", out.closing_zh = "谢谢", out.closing_en = "Thank you";
  out.governance = PlanGovernance{.family = "teller", .local_stages = 2};
  return out;
}

inline PlanDimension& DimensionOf(PlanDocument& document, std::string const& key) {
  for (auto& dimension : document.dimensions)
    if (dimension.key == key) return dimension;
  throw std::logic_error("no dimension " + key);
}
inline PlanStage& StageIn(PlanDocument& document, std::string const& key) {
  for (auto& stage : document.stages)
    if (stage.key == key) return stage;
  throw std::logic_error("no stage " + key);
}

}  // namespace bole::plans::testing
