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

using IsStandards = bool (*)(PlanStage const& standard, PlanStage const& mine);
bool IsLocked(PlanStage const& standard, PlanStage const&) { return standard.locked; }
bool IsUnchanged(PlanStage const& standard, PlanStage const& mine) {
  return standard.kind == mine.kind && SameQuestion(standard, mine);
}

// Percent of the stage weights that the stages of `base` hold in `document`, as far as `counts` says; with a dimension:
// among the stages that feed it. `nothing` when nothing weighs.
double ShareOf(PlanDocument const& base, PlanDocument const& document, IsStandards counts, std::string const* dimension,
               double nothing) {
  double held = 0, all = 0;
  for (auto const& stage : document.stages) {
    if (dimension && !Feeds(stage, *dimension)) continue;
    all += stage.weight;
    auto const* standard = Find(base.stages, stage.key);
    if (standard && (!dimension || Feeds(*standard, *dimension)) && counts(*standard, stage)) held += stage.weight;
  }
  return all > 0 ? 100 * held / all : nothing;
}

// Weights stay on paper when nothing of the standard is behind them any more: its own questions decide a core
// dimension, but for max_local_share.
void CheckCore(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may,
               PlanDimension const& dimension, Errors& errors) {
  auto const keeps = (100 - may.max_local_share) / 100;
  auto const locked = ShareOf(base, derived, IsLocked, &dimension.key, 100);
  auto const least = ShareOf(base, base, IsLocked, &dimension.key, 0) * keeps;
  if (locked < least - kTolerance) {
    errors.push_back({"/document/stages",
                      "core_outweighed",
                      {{"dimension", NameOf(dimension)}, {"share", Percent(locked)}, {"min", Percent(least)}}});
    return;
  }
  if (!(ShareOf(base, base, IsUnchanged, &dimension.key, 0) > 0)) return;  // the standard itself asks nothing for it
  auto const held = ShareOf(base, derived, IsUnchanged, &dimension.key, 0);
  if (!(held > 0)) {
    if (least > 0) return;  // a locked stage is gone or changed, which is said there
    errors.push_back({"/document/stages", "core_not_fed", {{"dimension", NameOf(dimension)}}});
  } else if (held < 100 * keeps - kTolerance) {
    errors.push_back({"/document/stages",
                      "core_own_questions",
                      {{"dimension", NameOf(dimension)}, {"share", Percent(held)}, {"min", Percent(100 * keeps)}}});
  }
}

void CheckShares(PlanDocument const& base, PlanDocument const& derived, PlanGovernance const& may, Errors& errors) {
  auto const keeps = (100 - may.max_local_share) / 100;
  auto const share = ShareOf(base, derived, IsLocked, nullptr, 100);
  auto const min = ShareOf(base, base, IsLocked, nullptr, 0) * keeps;
  if (share < min - kTolerance)
    errors.push_back({"/document/stages", "locked_outweighed", {{"share", Percent(share)}, {"min", Percent(min)}}});
  for (auto const& dimension : base.dimensions)
    if (dimension.core) CheckCore(base, derived, may, dimension, errors);
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
  if (!may.language && derived.language != base.language) errors.push_back({"/document/language", "language_not_free"});
  if (!may.valid_days && derived.valid_days != base.valid_days)
    errors.push_back({"/document/valid_days", "valid_days_not_free"});
  if (derived.retention_days > base.retention_days)
    errors.push_back({"/document/retention_days", "retention_longer", {{"max", std::to_string(base.retention_days)}}});
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

bool Feeds(PlanStage const& stage, std::string const& dimension) {
  return stage.dimensions.empty() ||
         std::find(stage.dimensions.begin(), stage.dimensions.end(), dimension) != stage.dimensions.end();
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
