#pragma once
#include <map>

#include "modules/imports/api.hpp"
#include "modules/plans/dimension_views.hpp"
#include "modules/plans/plan_document.hpp"

namespace bole::i18n {
class Messages;
}

// Interview plans as tables: a row is a stage, with the facts of its plan before it. What has no column, and how rows
// become plans: README.md.
namespace bole::plans {

// What the import reads; the export shows status and revision as well.
[[nodiscard]] std::vector<imports::Column> PlanColumns(i18n::Messages const& messages);
[[nodiscard]] std::vector<imports::Column> PlanExportColumns(i18n::Messages const& messages);
// The columns that say something about the whole plan.
[[nodiscard]] std::vector<std::string> const& PlanFactColumns();

[[nodiscard]] std::vector<imports::Choice> const& PlanLanguageWords();
[[nodiscard]] std::vector<imports::Choice> const& PlanStatusWords();
[[nodiscard]] std::vector<imports::Choice> const& StageKindWords();

// Dimensions by key and by name. Of equal keys the first counts: those of the plan, then those of its unit, then those
// of the model of its job.
class DimensionNames {
 public:
  DimensionNames(std::vector<PlanDimension> const& plan, std::vector<DimensionView> const& unit,
                 std::vector<org::CompetencyWeight> const& job);
  // As the plan weighs it, else with weight 0.
  [[nodiscard]] std::optional<PlanDimension> Find(std::string_view word) const;
  // The name when it means this dimension and no other and can stand in a list, else the key.
  [[nodiscard]] std::string WordOf(std::string const& key, bool chinese) const;

 private:
  void Add(PlanDimension dimension, bool retired);

  std::vector<PlanDimension> dimensions_;
  std::vector<imports::Choice> choices_;
  std::map<std::string, std::string> meanings_;
};

// "沟通表达:40; service:60"
[[nodiscard]] std::string WriteWeights(std::vector<PlanDimension> const& dimensions, DimensionNames const& names,
                                       bool chinese);
// Problems at `weights`: bad_weight{part}, unknown_dimension_name{dimension}, twice_in_cell{dimension}.
[[nodiscard]] std::vector<PlanDimension> ReadWeights(std::string const& text, DimensionNames const& names,
                                                     std::vector<imports::Problem>& problems);
[[nodiscard]] std::string WriteStageDimensions(PlanStage const& stage, DimensionNames const& names, bool chinese);

// Where a new stage without a key gets one: its number tells it from the others of the file.
[[nodiscard]] std::string KeyOfNumber(int number);
// The stage of the plan that a row names: by its key; without one the stage that an import made for the number, else
// the one at this place unless an import made it for another number. nullopt: a new one.
[[nodiscard]] std::optional<std::size_t> FindStage(PlanDocument const& document, std::string const& key, int number);
// Where a new stage goes: before the first one with a higher number, as `numbers` (by key) or the key say, else at the
// place of its number.
[[nodiscard]] std::size_t PlaceFor(std::vector<PlanStage> const& stages, int number,
                                   std::map<std::string, int> const& numbers);

}  // namespace bole::plans
