#pragma once
#include <span>
#include <string_view>

namespace bole::assessment {

// A thing that can be measured in an answer. Content needs a trustworthy transcript, delivery a trustworthy sound
// track, pace both; picture counts only under the expression policy "scored".
enum class FeatureKind { content, delivery, pace, picture };
struct FeatureInfo {
  std::string_view key, name_zh, name_en;
  std::string_view unit;  // "" for a share 0..1
  FeatureKind kind;
};

inline constexpr std::string_view kRubricCoverage = "rubric_coverage";
inline constexpr std::string_view kReferenceMatch = "reference_match";

[[nodiscard]] std::span<FeatureInfo const> AllFeatures();
[[nodiscard]] FeatureInfo const* FindFeature(std::string_view key);  // null when unknown

}  // namespace bole::assessment
