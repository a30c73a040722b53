#include "modules/plans/base_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace bole::plans {
namespace {

using Errors = std::vector<FieldError>;
constexpr double kTolerance = 1e-6;  // percent; weights are typed with at most two decimals

std::string At(char const* list, std::size_t index, char const* member = nullptr) {
  auto out = fmt::format("/document/{}/{}", list, index);
  return member ? out + "/" + member : out;
}

std::string Percent(double value) { return fmt::format("{:g}", std::round(value * 100) / 100); }

std::string NameOf(std::string const& zh, std::string const& en, std::string const& key) {
  if (zh.empty() && en.empty()) return key;
  return zh.empty() || en.empty() ? zh + en : zh + " / " + en;
}
std::string NameOf(PlanStage const& stage) { return NameOf(stage.title_zh, stage.title_en, stage.key); }
std::string NameOf(PlanDimension const& dimension) {
  return NameOf(dimension.name_zh, dimension.name_en, dimension.key);
}

template <class T>
std::size_t IndexOf(std::vector<T> const& items, std::string const& key) {
  return static_cast<std::size_t>(
      std::find_if(items.begin(), items.end(), [&](T const& item) { return item.key == key; }) - items.begin());
}
template <class T>
T const* Find(std::vector<T> const& items, std::string const& key) {
  auto const at = IndexOf(items, key);
  return at < items.size() ? &items[at] : nullptr;
}

bool SameTitle(PlanStage const& a, PlanStage const& b) { return a.title_zh == b.title_zh && a.title_en == b.title_en; }
bool SameQuestion(PlanStage const& a, PlanStage const& b) {
  return a.question_id == b.question_id && a.question_revision == b.question_revision &&
         a.question_zh == b.question_zh && a.question_en == b.question_en;
}
bool SamePrompts(PlanStage const& a, PlanStage const& b) {
  return a.prompt_zh == b.prompt_zh && a.prompt_en == b.prompt_en;
}
bool SameTimes(PlanStage const& a, PlanStage const& b) {
  return a.preparation_seconds == b.preparation_seconds && a.time_limit_seconds == b.time_limit_seconds &&
         a.grace_seconds == b.grace_seconds && a.retakes == b.retakes;
}

void CheckLocked(PlanStage const& base, PlanStage const& derived, std::size_t at, Errors& errors) {
  if (base.kind != derived.kind || !SameQuestion(base, derived))
    errors.push_back({At("stages", at, "question_zh"), "locked_question"});
  if (!SameTitle(base, derived)) errors.push_back({At("stages", at, "title_zh"), "locked_text"});
  if (!SamePrompts(base, derived)) errors.push_back({At("stages", at, "prompt_zh"), "locked_text"});
  if (base.prompt_asset_id != derived.prompt_asset_id)
    errors.push_back({At("stages", at, "prompt_asset_id"), "locked_recording"});
  if (!SameTimes(base, derived)) errors.push_back({At("stages", at, "time_limit_seconds"), "locked_times"});
  if (base.dimensions != derived.dimensions) errors.push_back({At("stages", at, "dimensions"), "locked_dimensions"});
  if (std::abs(base.weight - derived.weight) > kTolerance)
    errors.push_back({At("stages", at, "weight"), "locked_weight"});
}

void CheckFree(PlanStage const& base, PlanStage const& derived, PlanGovernance const& may, std::size_t at,
               Errors& errors) {
  if (base.kind != derived.kind) errors.push_back({At("stages", at, "kind"), "kind_changed"});
  if (!may.texts && !(SameQuestion(base, derived) && SameTitle(base, derived)))
    errors.push_back({At("stages", at, "question_zh"), "texts_not_free"});
  if (!may.prompts && !SamePrompts(base, derived))
    errors.push_back({At("stages", at, "prompt_zh"), "prompts_not_free"});
  if (!may.prompts && base.prompt_asset_id != derived.prompt_asset_id)
    errors.push_back({At("stages", at, "prompt_asset_id"), "prompts_not_free"});
  if (!may.times && !SameTimes(base, derived))
    errors.push_back({At("stages", at, "time_limit_seconds"), "times_not_free"});
}

void CheckStages(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may, Errors& errors) {
  std::size_t last = 0;
  for (auto const& stage : base.stages) {
    auto const at = IndexOf(derived.stages, stage.key);
    if (at == derived.stages.size()) {
      if (stage.locked) errors.push_back({"/document/stages", "stage_removed", {{"stage", NameOf(stage)}}});
      continue;
    }
    auto const& mine = derived.stages[at];
    if (mine.locked != stage.locked) errors.push_back({At("stages", at, "locked"), "only_standard_locks"});
    if (!stage.locked) {
      CheckFree(stage, mine, may, at, errors);
      continue;
    }
    CheckLocked(stage, mine, at, errors);
    if (at < last) errors.push_back({At("stages", at), "stage_order"});
    last = std::max(last, at);
  }
  int local = 0;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < derived.stages.size(); ++i) {
    auto const& stage = derived.stages[i];
    if (!seen.insert(stage.key).second) errors.push_back({At("stages", i, "key"), "taken"});
    if (Find(base.stages, stage.key)) continue;
    ++local;
    if (stage.locked) errors.push_back({At("stages", i, "locked"), "only_standard_locks"});
  }
  if (local > may.local_stages)
    errors.push_back({"/document/stages", "too_many_local_stages", {{"max", std::to_string(may.local_stages)}}});
}

void CheckDimensions(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may, Errors& errors) {
  for (auto const& dimension : base.dimensions) {
    auto const at = IndexOf(derived.dimensions, dimension.key);
    bool const there = at < derived.dimensions.size();
    if (!there && dimension.core) {
      errors.push_back({"/document/dimensions", "core_removed", {{"dimension", NameOf(dimension)}}});
      continue;
    }
    if (there) {
      auto const& mine = derived.dimensions[at];
      if (mine.core != dimension.core || mine.min_weight != dimension.min_weight ||
          mine.max_weight != dimension.max_weight || mine.name_zh != dimension.name_zh ||
          mine.name_en != dimension.name_en)
        errors.push_back({At("dimensions", at), "dimension_changed", {{"dimension", NameOf(dimension)}}});
    }
    auto const range = RangeOf(dimension);
    auto const weight = there ? derived.dimensions[at].weight : 0;
    if (!(weight >= range.min - kTolerance && weight <= range.max + kTolerance))
      errors.push_back({there ? At("dimensions", at, "weight") : "/document/dimensions",
                        "weight_out_of_range",
                        {{"dimension", NameOf(dimension)}, {"min", Percent(range.min)}, {"max", Percent(range.max)}}});
  }
  double local = 0;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < derived.dimensions.size(); ++i) {
    auto const& dimension = derived.dimensions[i];
    if (!seen.insert(dimension.key).second) errors.push_back({At("dimensions", i, "key"), "taken"});
    if (Find(base.dimensions, dimension.key)) continue;
    local += dimension.weight;
    if (dimension.core || dimension.min_weight || dimension.max_weight)
      errors.push_back({At("dimensions", i), "only_standard_locks"});
  }
  if (!(local <= may.max_local_share + kTolerance))
    errors.push_back(
        {"/document/dimensions", "local_outweighs", {{"sum", Percent(local)}, {"max", Percent(may.max_local_share)}}});
}

// Percent of the stage weights that the locked stages of `base` hold in `document`; with a dimension: among the stages
// that feed it. `nothing` when nothing weighs.
double LockedShare(PlanDocument const& base, PlanDocument const& document, std::string const* dimension,
                   double nothing) {
  double locked = 0, all = 0;
  for (auto const& stage : document.stages) {
    auto const& feeds = stage.dimensions;
    if (dimension && std::find(feeds.begin(), feeds.end(), *dimension) == feeds.end()) continue;
    all += stage.weight;
    auto const* standard = Find(base.stages, stage.key);
    if (standard && standard->locked) locked += stage.weight;
  }
  return all > 0 ? 100 * locked / all : nothing;
}

void CheckShares(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may, Errors& errors) {
  auto const keeps = (100 - may.max_local_share) / 100;
  auto const share = LockedShare(base, derived, nullptr, 100);
  auto const min = LockedShare(base, base, nullptr, 0) * keeps;
  if (share < min - kTolerance)
    errors.push_back({"/document/stages", "locked_outweighed", {{"share", Percent(share)}, {"min", Percent(min)}}});
  for (auto const& dimension : base.dimensions) {
    if (!dimension.core) continue;
    auto const held = LockedShare(base, derived, &dimension.key, 100);
    auto const least = LockedShare(base, base, &dimension.key, 0) * keeps;
    if (held < least - kTolerance)
      errors.push_back({"/document/stages",
                        "core_outweighed",
                        {{"dimension", NameOf(dimension)}, {"share", Percent(held)}, {"min", Percent(least)}}});
  }
}

void CheckWhole(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may, Errors& errors) {
  if (derived.governance) errors.push_back({"/document/governance", "only_standard_governs"});
  if (derived.kind != base.kind) errors.push_back({"/document/kind", "kind_changed"});
  if (derived.scoring_model_id != base.scoring_model_id)
    errors.push_back({"/document/scoring_model_id", "model_changed"});
  if (may.bands_binding) {
    if (!(derived.bands.recommend >= base.bands.recommend - kTolerance))
      errors.push_back({"/document/bands/recommend", "threshold_lowered", {{"min", Percent(base.bands.recommend)}}});
    if (!(derived.bands.reinterview >= base.bands.reinterview - kTolerance))
      errors.push_back(
          {"/document/bands/reinterview", "threshold_lowered", {{"min", Percent(base.bands.reinterview)}}});
  }
  if (!may.prompts) {
    if (derived.welcome_zh != base.welcome_zh || derived.welcome_en != base.welcome_en)
      errors.push_back({"/document/welcome_zh", "prompts_not_free"});
    if (derived.closing_zh != base.closing_zh || derived.closing_en != base.closing_en)
      errors.push_back({"/document/closing_zh", "prompts_not_free"});
  }
}

}  // namespace

std::vector<FieldError> CheckAgainstBase(PlanDocument const& base, PlanDocument const& derived) {
  auto const may = base.governance.value_or(PlanGovernance{});
  Errors errors;
  CheckWhole(base, derived, may, errors);
  CheckDimensions(base, derived, may, errors);
  CheckStages(base, derived, may, errors);
  CheckShares(base, derived, may, errors);
  return errors;
}

WeightRange RangeOf(PlanDimension const& dimension) {
  if (dimension.core && !dimension.min_weight && !dimension.max_weight) return {dimension.weight, dimension.weight};
  return {dimension.min_weight.value_or(0), dimension.max_weight.value_or(100)};
}

void CheckGovernance(PlanDocument const& document, std::vector<FieldError>& errors) {
  for (std::size_t i = 0; i < document.dimensions.size(); ++i) {
    auto const& dimension = document.dimensions[i];
    auto const range = RangeOf(dimension);
    if (!(range.min <= dimension.weight + kTolerance && dimension.weight <= range.max + kTolerance))
      errors.push_back({At("dimensions", i, "weight"),
                        "weight_out_of_range",
                        {{"dimension", NameOf(dimension)}, {"min", Percent(range.min)}, {"max", Percent(range.max)}}});
  }
}

PlanDocument DerivedFrom(PlanDocument const& base) {
  auto out = base;
  out.governance.reset();
  return out;
}

}  // namespace bole::plans
