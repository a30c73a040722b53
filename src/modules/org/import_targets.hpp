#pragma once
#include <memory>
#include <vector>

#include "modules/imports/api.hpp"
#include "modules/org/api.hpp"

namespace bole::org {

// Units, calendars and the job library for module imports. `api`: the one that Register returned; it outlives the
// targets.
[[nodiscard]] std::vector<std::unique_ptr<imports::Target>> MakeImportTargets(AppContext& context, Api& api);

class Service;
[[nodiscard]] std::unique_ptr<imports::Target> MakeUnitTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakeJobTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakePositionTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakeGradeTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakeFamilyTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakeCompetencyTarget(AppContext& context, Service& service);
[[nodiscard]] std::unique_ptr<imports::Target> MakeCalendarTarget(AppContext& context, Service& service);

// How kinds and families are written in tables.
[[nodiscard]] std::vector<imports::Choice> const& KindWords();
[[nodiscard]] std::vector<imports::Choice> FamilyWords(std::vector<FamilyView> const& families);
[[nodiscard]] std::vector<imports::Choice> const& LocaleWords();
[[nodiscard]] std::vector<imports::Choice> const& StatusWords();
[[nodiscard]] std::vector<imports::Choice> const& StateWords();
[[nodiscard]] std::vector<imports::Choice> const& DayWords();

}  // namespace bole::org
