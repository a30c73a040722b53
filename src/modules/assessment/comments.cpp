#include "modules/assessment/comments.hpp"

#include <algorithm>
#include <cmath>

#include "modules/assessment/feature_keys.hpp"
#include "modules/assessment/features.hpp"

namespace bole::assessment {
namespace {

constexpr double kGood = 0.75, kWeak = 0.4;

std::vector<PointCoverage const*> Made(AnswerReport const& answer) {
  std::vector<PointCoverage const*> out;
  for (auto const& point : answer.points)
    if (point.covered >= kPointMade && !point.quote.empty()) out.push_back(&point);
  std::stable_sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->covered > b->covered; });
  return out;
}

Both PointList(Texts const& texts, std::vector<PointCoverage const*> const& points, std::size_t most) {
  std::vector<Both> items;
  for (auto const* point : points) {
    if (items.size() == most) break;
    items.push_back(texts.Say("assessment.point_with_quote", {{"point", NameOf(point->text_zh, point->text_en)},
                                                              {"quote", Same(ShortQuote(point->quote))}}));
  }
  return Join(items);
}

Both DeliveryRemark(Texts const& texts, ScoringModel const& model, AnswerAssessment const& answer) {
  auto const level = [&](std::string_view key) { return NormalisedOf(model.answer, answer, key); };
  auto const value = [&](std::string_view key) {
    auto const* feature = FeatureOf(answer, key);
    return feature ? feature->value : 0.0;
  };
  auto const pauses = level("pause_ratio"), rate = level("speech_rate"), fillers = level("fillers");
  if (!pauses && !rate) return {};
  if (pauses && *pauses < kWeak)
    return texts.Say("assessment.delivery.pauses",
                     {{"percent", Same(std::to_string(std::lround(100 * value("pause_ratio"))))}});
  if (fillers && *fillers < kWeak)
    return texts.Say("assessment.delivery.fillers", {{"count", Same(std::to_string(std::lround(value("fillers"))))}});
  auto const speed = Same(std::to_string(std::lround(value("speech_rate"))));
  if (rate && *rate < kWeak) {
    bool const fast = value("speech_rate") > (answer.language == "en" ? 150 : 230);
    return fast ? texts.Say("assessment.delivery.fast", {{"rate", speed}})
                : texts.Say("assessment.delivery.slow", {{"rate", speed}});
  }
  if (rate && *rate >= kGood && pauses && *pauses >= kGood)
    return texts.Vary({"assessment.delivery.fluent_1", "assessment.delivery.fluent_2"}, answer.report.question_zh,
                      {{"rate", speed}});
  return texts.Say("assessment.delivery.steady");
}

Both LevelOf(Texts const& texts, double score) {
  return score >= 8.5 ? texts.Say("assessment.level.outstanding")
         : score >= 7 ? texts.Say("assessment.level.good")
         : score >= 5 ? texts.Say("assessment.level.fair")
                      : texts.Say("assessment.level.weak");
}

}  // namespace

Both AnswerComment(Texts const& texts, ScoringModel const& model, AnswerAssessment const& answer) {
  auto const& report = answer.report;
  if (!report.score) {
    std::vector<Both> reasons;
    for (auto const& notice : report.notices)
      if (notice.severity == "warning") reasons.push_back({notice.text_zh, notice.text_en});
    Both out = texts.Say("assessment.answer.insufficient");
    for (auto const& reason : reasons) out += reason;
    return out;
  }
  auto const seed = report.question_zh + report.stage_key;
  auto const score = Same(OneDecimal(*report.score));
  Both out = *report.score >= 8
                 ? texts.Vary({"assessment.answer.strong_1", "assessment.answer.strong_2"}, seed, {{"score", score}})
             : *report.score >= 6.5
                 ? texts.Vary({"assessment.answer.good_1", "assessment.answer.good_2"}, seed, {{"score", score}})
             : *report.score >= 4.5
                 ? texts.Vary({"assessment.answer.fair_1", "assessment.answer.fair_2"}, seed, {{"score", score}})
                 : texts.Vary({"assessment.answer.weak_1", "assessment.answer.weak_2"}, seed, {{"score", score}});
  auto const made = Made(report);
  if (!made.empty())
    out += texts.Vary({"assessment.answer.made_1", "assessment.answer.made_2"}, seed,
                      {{"made", Same(std::to_string(made.size()))},
                       {"all", Same(std::to_string(report.points.size()))},
                       {"points", PointList(texts, made, 3)}});
  else if (!report.points.empty())
    out += texts.Say("assessment.answer.made_none");
  std::vector<Both> missed;
  for (auto const& point : report.points)
    if (point.covered < kPointMissed && missed.size() < 3) missed.push_back(NameOf(point.text_zh, point.text_en));
  if (!missed.empty())
    out += texts.Vary({"assessment.answer.missed_1", "assessment.answer.missed_2"}, seed, {{"points", Join(missed)}});
  auto const facts = NormalisedOf(model.answer, answer, "specificity");
  if (facts && *facts >= kGood) out += texts.Say("assessment.answer.specific");
  if (facts && *facts < 0.2) out += texts.Say("assessment.answer.vague");
  out += DeliveryRemark(texts, model, answer);
  return out;
}

Both DimensionComment(Texts const& texts, DimensionScore const& dimension) {
  if (!dimension.score) return texts.Say("assessment.dimension.insufficient");
  std::vector<Both> strong, weak;
  auto byWorth = dimension.features;
  std::stable_sort(byWorth.begin(), byWorth.end(), [](auto const& a, auto const& b) { return a.weight > b.weight; });
  for (auto const& feature : byWorth) {
    if (feature.weight <= 0) continue;
    if (feature.normalised >= 0.7 && strong.size() < 2) strong.push_back({feature.name_zh, feature.name_en});
    if (feature.normalised < 0.45 && weak.size() < 2) weak.push_back({feature.name_zh, feature.name_en});
  }
  Both out = texts.Say("assessment.dimension.score", {{"name", NameOf(dimension.name_zh, dimension.name_en)},
                                                      {"level", LevelOf(texts, *dimension.score)},
                                                      {"score", Same(OneDecimal(*dimension.score))}});
  if (!strong.empty()) out += texts.Say("assessment.dimension.strong", {{"features", Join(strong)}});
  if (!weak.empty()) out += texts.Say("assessment.dimension.weak", {{"features", Join(weak)}});
  if (dimension.certainty == "low") out += texts.Say("assessment.dimension.low_certainty");
  return out;
}

Both Verdict(Texts const& texts, Report const& report) {
  if (!report.total) return texts.Say("assessment.verdict.insufficient");
  std::vector<DimensionScore const*> order;
  for (auto const& dimension : report.dimensions)
    if (dimension.score) order.push_back(&dimension);
  std::stable_sort(order.begin(), order.end(), [](auto* a, auto* b) { return *a->score > *b->score; });
  auto const label = [&](DimensionScore const& d) {
    return texts.Say("assessment.verdict.item",
                     {{"name", NameOf(d.name_zh, d.name_en)}, {"score", Same(OneDecimal(*d.score))}});
  };
  auto const total = Same(OneDecimal(*report.total));
  Both out = report.band == "recommend"     ? texts.Say("assessment.verdict.recommend", {{"total", total}})
             : report.band == "reinterview" ? texts.Say("assessment.verdict.reinterview", {{"total", total}})
             : report.band == "reject"      ? texts.Say("assessment.verdict.reject", {{"total", total}})
                                            : texts.Say("assessment.verdict.uncertain", {{"total", total}});
  if (order.size() >= 2)
    out += texts.Say("assessment.verdict.range", {{"best", label(*order.front())}, {"least", label(*order.back())}});
  out += report.certainty == "high"     ? texts.Say("assessment.verdict.certainty_high")
         : report.certainty == "medium" ? texts.Say("assessment.verdict.certainty_medium")
                                        : texts.Say("assessment.verdict.certainty_low");
  return out;
}

}  // namespace bole::assessment
