#pragma once
#include <vector>

#include "modules/assessment/texts.hpp"
#include "modules/assessment/weighing.hpp"

// Words about what was found. Every text is composed from the numbers and quotes of the report; nothing is invented.
namespace bole::assessment {

[[nodiscard]] Both AnswerComment(Texts const& texts, ScoringModel const& model, AnswerAssessment const& answer);
[[nodiscard]] Both DimensionComment(Texts const& texts, DimensionScore const& dimension);
[[nodiscard]] Both Verdict(Texts const& texts, Report const& report);

// At most three each, with evidence, strongest first.
[[nodiscard]] std::vector<Finding> Strengths(Texts const& texts, ScoringModel const& model, Report const& report,
                                             std::vector<AnswerAssessment> const& answers);
[[nodiscard]] std::vector<Finding> Doubts(Texts const& texts, ScoringModel const& model, Report const& report,
                                          std::vector<AnswerAssessment> const& answers);

// Marks the two to four best moments of the interview in its answers.
void MarkHighlights(std::vector<AnswerReport>& answers);

inline constexpr double kPointMade = 0.5, kPointMissed = 0.35;

}  // namespace bole::assessment
