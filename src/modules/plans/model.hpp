#pragma once
#include <functional>
#include <optional>
#include <string>

#include "modules/plans/api.hpp"

// Pure rules of plans and questions. No I/O.
namespace bole::plans {

// Finds the question of a stage (its pinned or newest revision); nullopt: missing or not for this node.
using FindQuestion = std::function<std::optional<QuestionContent>(PlanStage const& stage)>;

// Ranges that even a draft keeps. Pointers start with "/document".
void CheckLimits(PlanDocument const& document, FieldErrors& errors);
// Everything that keeps a plan from being published: weights_not_100{sum}, too_few, taken, not_found, text_missing,
// not_in_plan, bands_order … and what CheckLimits says. The model must exist when one is named.
[[nodiscard]] FieldErrors CheckPlan(PlanDocument const& document, FindQuestion const& find, bool model_exists);
// Either text may be empty, not both.
void CheckPair(std::string const& zh, std::string const& en, std::string const& pointer, FieldErrors& errors);
void CheckQuestion(QuestionContent const& content, FieldErrors& errors);
// An introduction and four dimensions that serve every job.
[[nodiscard]] PlanDocument DefaultDocument(std::vector<DimensionView> const& dimensions);
// Stage texts from the bank where the plan has none of its own.
void FillTexts(PlanDocument& document, std::map<std::string, QuestionContent> const& questions);
[[nodiscard]] json::value ContentJson(QuestionContent const& content);  // for equality and hashes

}  // namespace bole::plans
