#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace bole::assessment {

// Maps a feature value to 0..1. linear: 0 at `from`, 1 at `to`. inverse: 1 at `from`, 0 at `to`. plateau: 0 at `from`,
// 1 between `full_from` and `full_to`, 0 at `to`. `floor` lifts the lowest result, so that one trait cannot sink a
// score.
struct Transform {
  std::string kind = "linear";
  double from = 0, to = 1;
  std::optional<double> full_from, full_to;
  double floor = 0;
};
BOOST_DESCRIBE_STRUCT(Transform, (), (kind, from, to, full_from, full_to, floor))

struct FeatureRule {
  std::string feature;
  double weight = 0;
  Transform transform;
  std::optional<Transform> transform_en;  // where English needs other numbers than Chinese
};
BOOST_DESCRIBE_STRUCT(FeatureRule, (), (feature, weight, transform, transform_en))

// `rubric_share` is the part (0..1) of the dimension that coverage of the rubric decides; the features share the rest
// by their weights. Without a rubric the features decide alone.
struct DimensionRule {
  std::string key;
  double rubric_share = 0;
  Transform rubric_transform{"linear", 0.1, 0.8, {}, {}, 0};
  std::vector<FeatureRule> features;
};
BOOST_DESCRIBE_STRUCT(DimensionRule, (), (key, rubric_share, rubric_transform, features))

// When evidence is too poor to judge. Confidence is the engine's, 0..1.
struct CertaintyRule {
  double min_confidence = 0.45;      // below: what was said is not judged
  double medium_confidence = 0.65;   // below: certainty low
  double high_confidence = 0.8;      // below: certainty medium
  double min_snr_db = 6;             // below: neither words nor voice are judged
  double min_speech_seconds = 2;     // below: the answer counts as not given
  double min_evidence = 0.5;         // share of a dimension's weight that must be observed
  double min_scorable_weight = 0.5;  // share of the dimensions' weight that must have a score for a total
};
BOOST_DESCRIBE_STRUCT(CertaintyRule, (),
                      (min_confidence, medium_confidence, high_confidence, min_snr_db, min_speech_seconds, min_evidence,
                       min_scorable_weight))

// The document a person reads and versions. `answer` scores one answer; `other` serves dimensions without a rule.
struct ScoringModel {
  std::string name, description_zh, description_en;
  int version = 1;
  CertaintyRule certainty;
  DimensionRule answer, other;
  std::vector<DimensionRule> dimensions;
};
BOOST_DESCRIBE_STRUCT(ScoringModel, (),
                      (name, description_zh, description_en, version, certainty, answer, other, dimensions))

// Reads and checks a document: known features and transforms, finite numbers, shares within 0..1, positive weights.
// Broken documents: kInvalid with pointers.
[[nodiscard]] Result<ScoringModel> ReadScoringModel(std::string_view json_text);
[[nodiscard]] DimensionRule const& RuleFor(ScoringModel const& model, std::string_view dimension);
[[nodiscard]] double Apply(Transform const& transform, double value);  // 0..1; NaN gives the floor

}  // namespace bole::assessment
