#include <algorithm>
#include <cmath>
#include <set>

#include "modules/assessment/assessor.hpp"
#include "modules/assessment/comments.hpp"
#include "modules/assessment/feature_keys.hpp"
#include "modules/assessment/notices.hpp"

namespace bole::assessment {
namespace {

constexpr std::size_t kMostEvidence = 5;

// Answers that speak for a dimension: those that name it, else those that name none, else all.
std::vector<AnswerAssessment const*> AnswersFor(std::vector<AnswerAssessment> const& answers, std::string const& key) {
  std::vector<AnswerAssessment const*> naming, open, all;
  for (auto const& answer : answers) {
    all.push_back(&answer);
    if (answer.dimensions.empty()) open.push_back(&answer);
    if (std::find(answer.dimensions.begin(), answer.dimensions.end(), key) != answer.dimensions.end())
      naming.push_back(&answer);
  }
  if (naming.empty()) return open.empty() ? all : open;
  naming.insert(naming.end(), open.begin(), open.end());
  return naming;
}

bool WordsCount(AnswerAssessment const& answer) {
  auto const* length = FeatureOf(answer, "answer_length");
  return length && length->state == "available";
}

// Quotes first, from the features that contributed most; then the values of features that have no quote.
std::vector<Evidence> GatherEvidence(Weighed const& weighed, std::vector<AnswerAssessment const*> const& answers) {
  std::vector<FeatureScore const*> order;
  for (auto const& feature : weighed.features)
    if (feature.weight > 0) order.push_back(&feature);
  std::stable_sort(order.begin(), order.end(), [](auto* a, auto* b) { return a->contribution > b->contribution; });
  std::vector<Evidence> quotes, values;
  std::set<std::pair<std::string, double>> seen;
  for (auto const* score : order) {
    for (auto const* answer : answers) {
      auto const* feature = FeatureOf(*answer, score->key);
      if (!feature || feature->state != "available") continue;
      for (auto evidence : feature->evidence) {
        if (evidence.kind == "quote" && !seen.insert({evidence.answer_id, evidence.start}).second) continue;
        if (evidence.note_zh.empty()) evidence.note_zh = score->name_zh;
        if (evidence.note_en.empty()) evidence.note_en = score->name_en;
        if (quotes.size() < kMostEvidence - 1) quotes.push_back(std::move(evidence));
      }
    }
    auto const holder = std::find_if(answers.begin(), answers.end(), [&](auto const* answer) {
      auto const* feature = FeatureOf(*answer, score->key);
      return feature && feature->state == "available";
    });
    if (holder == answers.end()) continue;
    auto const& report = (*holder)->report;
    values.push_back({report.answer_id, "feature", "", 0, report.duration, score->key,
                      FeatureOf(**holder, score->key)->value, score->name_zh, score->name_en});
  }
  for (auto& value : values)
    if (quotes.size() < kMostEvidence) quotes.push_back(std::move(value));
  return quotes;
}

double SafeWeight(double weight) { return std::isfinite(weight) && weight > 0 ? weight : 0; }

// Weights as percent of 100; a notice says when the plan's did not fit.
std::vector<double> DimensionWeights(Texts const& texts, std::vector<DimensionInput> const& dimensions,
                                     std::vector<Notice>& notices) {
  std::vector<double> out;
  double sum = 0;
  bool broken = false;
  for (auto const& dimension : dimensions) {
    out.push_back(SafeWeight(dimension.weight));
    broken = broken || out.back() != dimension.weight;
    sum += out.back();
  }
  if (sum <= 0) {
    std::fill(out.begin(), out.end(), dimensions.empty() ? 0 : 100.0 / static_cast<double>(dimensions.size()));
    if (!dimensions.empty()) notices.push_back(MakeNotice(texts, "weights.invalid", "warning"));
    return out;
  }
  if (broken || std::abs(sum - 100) > 0.01) notices.push_back(MakeNotice(texts, "weights.normalised", "info"));
  for (auto& weight : out) weight = weight * 100 / sum;
  return out;
}

void SetTotal(Texts const& texts, AssessmentFrame const& frame, std::vector<double> const& weights, Report& report) {
  double sum = 0, scorable = 0;
  std::string certainty = "high";
  std::vector<Both> without;
  for (std::size_t i = 0; i < report.dimensions.size(); ++i) {
    auto const& dimension = report.dimensions[i];
    if (!dimension.score) {
      without.push_back(NameOf(dimension.name_zh, dimension.name_en));
      continue;
    }
    sum += weights[i] * *dimension.score, scorable += weights[i];
    certainty = LowerCertainty(certainty, dimension.certainty);
  }
  auto const share = scorable / 100;
  if (!without.empty()) {
    auto const text = texts.Say("notice.dimensions.insufficient", {{"names", Join(without)}});
    report.notices.push_back({"dimensions.insufficient", "warning", text.zh, text.en});
    certainty = LowerCertainty(certainty, share >= 0.8 ? "medium" : "low");
  }
  if (scorable <= 0 || share < frame.model.certainty.min_scorable_weight) {
    report.notices.push_back(MakeNotice(texts, "total.insufficient", "warning"));
    report.certainty = "insufficient";
    return;
  }
  report.total = RoundTenth(sum / scorable);
  report.certainty = certainty;
  report.band = *report.total >= frame.bands.recommend     ? "recommend"
                : *report.total >= frame.bands.reinterview ? "reinterview"
                                                           : "reject";
  // What could hardly be heard must not turn somebody away: a person judges.
  if (report.band == "reject" && report.certainty == "low") report.band = "insufficient";
}

// What holds for several answers is said once at the top.
void LiftNotices(Report& report) {
  std::set<std::string> seen;
  for (auto const& notice : report.notices) seen.insert(notice.code);
  for (auto const& answer : report.answers)
    for (auto const& notice : answer.notices)
      if (seen.insert(notice.code).second) report.notices.push_back(notice);
}

}  // namespace

Report Assessor::Compose(AssessmentFrame const& frame, std::vector<AnswerAssessment> answers) const {
  Texts const texts(texts_);
  Report out;
  out.model = frame.model_name;
  if (out.model.name.empty()) out.model = {out.model.id, frame.model.name, frame.model.version};
  for (auto& answer : answers) {
    auto const weighed = Weigh(frame.model.answer, {&answer}, frame.model.certainty, frame.expression);
    answer.report.score = WordsCount(answer) ? weighed.score : std::nullopt;
    answer.report.certainty = answer.report.score ? weighed.certainty : "insufficient";
    auto const comment = AnswerComment(texts, frame.model, answer);
    answer.report.comment_zh = comment.zh, answer.report.comment_en = comment.en;
    out.answers.push_back(answer.report);
    for (auto const& engine : answer.engines)
      if (std::none_of(out.engines.begin(), out.engines.end(),
                       [&](auto const& e) { return e.kind == engine.kind && e.name == engine.name; }))
        out.engines.push_back(engine);
  }
  MarkHighlights(out.answers);
  auto const weights = DimensionWeights(texts, frame.dimensions, out.notices);
  for (std::size_t i = 0; i < frame.dimensions.size(); ++i) {
    auto const& input = frame.dimensions[i];
    auto const relevant = AnswersFor(answers, input.key);
    auto weighed = Weigh(RuleFor(frame.model, input.key), relevant, frame.model.certainty, frame.expression);
    DimensionScore dimension{input.key,
                             input.name_zh,
                             input.name_en,
                             RoundTenth(weights[i]),
                             weighed.score,
                             weighed.certainty,
                             weighed.features,
                             {},
                             "",
                             ""};
    dimension.evidence = GatherEvidence(weighed, relevant);
    auto const comment = DimensionComment(texts, dimension);
    dimension.comment_zh = comment.zh, dimension.comment_en = comment.en;
    out.dimensions.push_back(std::move(dimension));
  }
  SetTotal(texts, frame, weights, out);
  LiftNotices(out);
  out.strengths = Strengths(texts, frame.model, out, answers);
  out.doubts = Doubts(texts, frame.model, out, answers);
  auto const verdict = Verdict(texts, out);
  out.verdict_zh = verdict.zh, out.verdict_en = verdict.en;
  return out;
}

}  // namespace bole::assessment
