#include "modules/assessment/scoring_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "modules/assessment/feature_keys.hpp"
#include "platform/reflect/json.hpp"

namespace bole::assessment {
namespace {

void CheckTransform(Transform const& t, std::string const& at, FieldErrors& errors) {
  if (t.kind != "linear" && t.kind != "inverse" && t.kind != "plateau") errors.push_back({at + "/kind", "not_allowed"});
  if (!(t.from < t.to)) errors.push_back({at + "/to", "out_of_range"});
  if (!(t.floor >= 0 && t.floor < 1)) errors.push_back({at + "/floor", "out_of_range"});
  if (t.kind != "plateau") return;
  if (!t.full_from || !t.full_to) return errors.push_back({at + "/full_from", "required"});
  if (!(t.from < *t.full_from && *t.full_from <= *t.full_to && *t.full_to < t.to))
    errors.push_back({at + "/full_from", "out_of_range"});
}

void CheckRule(DimensionRule const& rule, std::string const& at, FieldErrors& errors) {
  if (!(rule.rubric_share >= 0 && rule.rubric_share <= 1)) errors.push_back({at + "/rubric_share", "out_of_range"});
  CheckTransform(rule.rubric_transform, at + "/rubric_transform", errors);
  if (rule.features.empty()) errors.push_back({at + "/features", "required"});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rule.features.size(); ++i) {
    auto const& feature = rule.features[i];
    auto const here = at + "/features/" + std::to_string(i);
    if (!FindFeature(feature.feature) || feature.feature == kRubricCoverage)
      errors.push_back({here + "/feature", "not_allowed"});
    if (!seen.insert(feature.feature).second) errors.push_back({here + "/feature", "duplicate"});
    if (!(feature.weight > 0 && feature.weight <= 1000)) errors.push_back({here + "/weight", "out_of_range"});
    CheckTransform(feature.transform, here + "/transform", errors);
    if (feature.transform_en) CheckTransform(*feature.transform_en, here + "/transform_en", errors);
  }
}

}  // namespace

Result<ScoringModel> ReadScoringModel(std::string_view json_text) {
  BOLE_ASSIGN(auto model, FromJsonText<ScoringModel>(json_text));
  FieldErrors errors;
  if (model.name.empty()) errors.push_back({"/name", "required"});
  CheckRule(model.answer, "/answer", errors);
  CheckRule(model.other, "/other", errors);
  std::set<std::string> seen;
  for (std::size_t i = 0; i < model.dimensions.size(); ++i) {
    auto const at = "/dimensions/" + std::to_string(i);
    if (!seen.insert(model.dimensions[i].key).second) errors.push_back({at + "/key", "duplicate"});
    CheckRule(model.dimensions[i], at, errors);
  }
  auto const& c = model.certainty;
  auto const share = [&](double value, char const* member) {
    if (!(value >= 0 && value <= 1)) errors.push_back({std::string("/certainty/") + member, "out_of_range"});
  };
  share(c.min_confidence, "min_confidence");
  share(c.medium_confidence, "medium_confidence");
  share(c.high_confidence, "high_confidence");
  share(c.min_evidence, "min_evidence");
  share(c.min_scorable_weight, "min_scorable_weight");
  if (!(c.min_confidence <= c.medium_confidence && c.medium_confidence <= c.high_confidence))
    errors.push_back({"/certainty/medium_confidence", "out_of_range"});
  if (!errors.empty()) return FailFields(std::move(errors));
  return model;
}

DimensionRule const& RuleFor(ScoringModel const& model, std::string_view dimension) {
  auto const found = std::find_if(model.dimensions.begin(), model.dimensions.end(),
                                  [&](auto const& rule) { return rule.key == dimension; });
  return found == model.dimensions.end() ? model.other : *found;
}

double Apply(Transform const& t, double value) {
  double shape = 0;
  if (std::isnan(value)) {
    shape = 0;
  } else if (t.kind == "plateau") {
    auto const rising = (value - t.from) / (t.full_from.value_or(t.from) - t.from);
    auto const falling = (t.to - value) / (t.to - t.full_to.value_or(t.to));
    shape = std::min(rising, falling);
  } else {
    shape = (value - t.from) / (t.to - t.from);
    if (t.kind == "inverse") shape = 1 - shape;
  }
  return t.floor + (1 - t.floor) * std::clamp(shape, 0.0, 1.0);
}

}  // namespace bole::assessment
