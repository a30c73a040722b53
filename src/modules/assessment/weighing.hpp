#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/assessment/input.hpp"

namespace bole::assessment {

// What a rule makes of one or several answers.
struct Weighed {
  std::optional<double> score;  // 0..10, one decimal
  std::string certainty = "insufficient";
  double observed = 0;                 // share of the rule's weight that could be observed, 0..1
  double confidence = 0;               // mean confidence of the words that were used
  std::vector<FeatureScore> features;  // contributions sum to the score
};

// Each feature is averaged over the answers where it was observed (by the answers' weights), mapped to 0..1 and
// weighted. What was not observed takes no part: its weight goes to the others, and below `min_evidence` there is no
// score at all. Picture features count only under ExpressionPolicy::scored and are left out under off.
[[nodiscard]] Weighed Weigh(DimensionRule const& rule, std::vector<AnswerAssessment const*> const& answers,
                            CertaintyRule const& certainty, ExpressionPolicy expression);

[[nodiscard]] double RoundTenth(double value);
[[nodiscard]] std::string LowerCertainty(std::string const& a, std::string const& b);
[[nodiscard]] AnswerFeature const* FeatureOf(AnswerAssessment const& answer, std::string_view key);
// The value of one feature of one answer on the rule's 0..1 scale; absent where not observed or not in the rule.
[[nodiscard]] std::optional<double> NormalisedOf(DimensionRule const& rule, AnswerAssessment const& answer,
                                                 std::string_view key);

}  // namespace bole::assessment
