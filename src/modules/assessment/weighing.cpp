#include "modules/assessment/weighing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "modules/assessment/feature_keys.hpp"

namespace bole::assessment {
namespace {

struct Part {
  FeatureInfo const* info = nullptr;
  double weight = 0;  // share of the rule
  Transform zh, en;
  double value = 0, normalised = 0, observed = 0;  // observed: share of the answers' weight
  bool applies = false;
};

std::vector<Part> PartsOf(DimensionRule const& rule) {
  std::vector<Part> out;
  double total = 0;
  for (auto const& feature : rule.features) total += feature.weight;
  if (rule.rubric_share > 0)
    out.push_back({FindFeature(kRubricCoverage), rule.rubric_share, rule.rubric_transform, rule.rubric_transform});
  for (auto const& feature : rule.features)
    if (auto const* info = FindFeature(feature.feature); info && total > 0)
      out.push_back({info, (1 - rule.rubric_share) * feature.weight / total, feature.transform,
                     feature.transform_en.value_or(feature.transform)});
  return out;
}

double SafeWeight(double weight) { return std::isfinite(weight) && weight > 0 ? weight : 0; }

// Answers weigh as the plan says; when no answer has a weight, all weigh the same.
std::vector<double> AnswerWeights(std::vector<AnswerAssessment const*> const& answers) {
  std::vector<double> out;
  for (auto const* answer : answers) out.push_back(SafeWeight(answer->weight));
  if (std::accumulate(out.begin(), out.end(), 0.0) <= 0) std::fill(out.begin(), out.end(), 1.0);
  return out;
}

void Observe(Part& part, std::vector<AnswerAssessment const*> const& answers, std::vector<double> const& weights) {
  double applicable = 0, seen = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto const* feature = FeatureOf(*answers[i], part.info->key);
    if (!feature || feature->state == "not_applicable") continue;
    applicable += weights[i];
    if (feature->state != "available") continue;
    seen += weights[i];
    part.value += weights[i] * feature->value;
    part.normalised += weights[i] * Apply(answers[i]->language == "en" ? part.en : part.zh, feature->value);
  }
  part.applies = applicable > 0;
  part.observed = applicable > 0 ? seen / applicable : 0;
  if (seen > 0) part.value /= seen, part.normalised /= seen;
}

// Hundredths that sum to the score exactly: largest remainders.
void SetContributions(std::vector<FeatureScore>& features, std::vector<double> const& raw, double score) {
  auto const total = std::accumulate(raw.begin(), raw.end(), 0.0);
  auto const target = std::llround(score * 100);
  if (total <= 0 || target == 0) return;
  std::vector<std::pair<double, std::size_t>> rests;
  std::vector<long long> cents(raw.size());
  long long given = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    auto const share = raw[i] / total * static_cast<double>(target);
    cents[i] = static_cast<long long>(std::floor(share));
    given += cents[i];
    rests.emplace_back(std::floor(share) - share, i);
  }
  std::stable_sort(rests.begin(), rests.end());
  for (std::size_t i = 0; given < target && i < rests.size(); ++i, ++given) ++cents[rests[i].second];
  for (std::size_t i = 0; i < raw.size(); ++i) features[i].contribution = static_cast<double>(cents[i]) / 100;
}

std::string CertaintyOf(double observed, double confidence, bool words, CertaintyRule const& rule) {
  if (observed < rule.min_evidence) return "insufficient";
  std::string const by_share = observed >= 0.9 ? "high" : observed >= 0.7 ? "medium" : "low";
  if (!words) return by_share;
  std::string const by_words = confidence >= rule.high_confidence     ? "high"
                               : confidence >= rule.medium_confidence ? "medium"
                                                                      : "low";
  return LowerCertainty(by_share, by_words);
}

double Round(double value, double grain) { return std::round(value * grain) / grain; }

}  // namespace

double RoundTenth(double value) { return Round(value, 10); }

std::string LowerCertainty(std::string const& a, std::string const& b) {
  static std::array<std::string, 4> const order{"insufficient", "low", "medium", "high"};
  return std::min(std::find(order.begin(), order.end(), a), std::find(order.begin(), order.end(), b)) == order.end()
             ? order.front()
             : *std::min(std::find(order.begin(), order.end(), a), std::find(order.begin(), order.end(), b));
}

AnswerFeature const* FeatureOf(AnswerAssessment const& answer, std::string_view key) {
  auto const found =
      std::find_if(answer.features.begin(), answer.features.end(), [&](auto const& f) { return f.key == key; });
  return found == answer.features.end() ? nullptr : &*found;
}

std::optional<double> NormalisedOf(DimensionRule const& rule, AnswerAssessment const& answer, std::string_view key) {
  auto const* feature = FeatureOf(answer, key);
  if (!feature || feature->state != "available") return std::nullopt;
  if (key == kRubricCoverage) return Apply(rule.rubric_transform, feature->value);
  for (auto const& candidate : rule.features)
    if (candidate.feature == key)
      return Apply(answer.language == "en" ? candidate.transform_en.value_or(candidate.transform) : candidate.transform,
                   feature->value);
  return std::nullopt;
}

Weighed Weigh(DimensionRule const& rule, std::vector<AnswerAssessment const*> const& answers,
              CertaintyRule const& certainty, ExpressionPolicy expression) {
  Weighed out;
  auto parts = PartsOf(rule);
  auto const weights = AnswerWeights(answers);
  double applicable = 0, used = 0;
  for (auto& part : parts) {
    Observe(part, answers, weights);
    // A picture that may not count, or was not there, is no missing evidence: nobody is asked to show a face.
    if (part.info->kind == FeatureKind::picture && (expression != ExpressionPolicy::scored || part.observed <= 0))
      continue;
    if (!part.applies) continue;
    applicable += part.weight;
    out.observed += part.weight * part.observed;
    if (part.observed > 0) used += part.weight;
  }
  out.observed = applicable > 0 ? out.observed / applicable : 0;

  bool words = false;
  double heard = 0;
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (auto const* length = FeatureOf(*answers[i], "answer_length"); length && length->state == "available") {
      words = true;
      out.confidence += weights[i] * answers[i]->confidence, heard += weights[i];
    }
  if (heard > 0) out.confidence /= heard;

  std::vector<double> raw;
  double sum = 0;
  for (auto const& part : parts) {
    bool const picture = part.info->kind == FeatureKind::picture;
    if (!part.applies || (picture && (expression == ExpressionPolicy::off || part.observed <= 0))) continue;
    bool const counts = part.observed > 0 && (!picture || expression == ExpressionPolicy::scored);
    auto const weight = counts && used > 0 ? part.weight / used : 0;
    out.features.push_back({std::string(part.info->key), std::string(part.info->name_zh),
                            std::string(part.info->name_en), Round(part.value, 1000), std::string(part.info->unit),
                            Round(part.normalised, 1000), Round(weight * 100, 10), 0});
    raw.push_back(10 * weight * part.normalised);
    sum += raw.back();
  }
  out.certainty = CertaintyOf(out.observed, out.confidence, words, certainty);
  if (out.certainty == "insufficient" || used <= 0) {
    out.certainty = "insufficient";
    return out;
  }
  out.score = RoundTenth(std::clamp(sum, 0.0, 10.0));
  SetContributions(out.features, raw, *out.score);
  return out;
}

}  // namespace bole::assessment
