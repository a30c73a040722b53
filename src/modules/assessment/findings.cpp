#include <algorithm>
#include <cmath>

#include "modules/assessment/comments.hpp"
#include "modules/assessment/features.hpp"

namespace bole::assessment {
namespace {

constexpr std::size_t kFindings = 3;

struct Candidate {
  double strength = 0;  // 0..1, how much it deserves a line
  std::string subject;  // one line a subject
  Finding finding;
};

Finding Say(Both text, std::vector<Evidence> evidence) {
  return {std::move(text.zh), std::move(text.en), std::move(evidence)};
}

std::vector<Finding> Choose(std::vector<Candidate> candidates) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](auto const& a, auto const& b) { return a.strength > b.strength; });
  std::vector<Finding> out;
  std::vector<std::string> subjects;
  for (auto& candidate : candidates) {
    if (out.size() == kFindings) break;
    if (candidate.finding.evidence.empty()) continue;
    if (std::find(subjects.begin(), subjects.end(), candidate.subject) != subjects.end()) continue;
    subjects.push_back(candidate.subject);
    out.push_back(std::move(candidate.finding));
  }
  return out;
}

Evidence FeatureEvidence(AnswerReport const& answer, std::string feature, double value) {
  Evidence out;
  out.answer_id = answer.answer_id;
  out.kind = "feature";
  out.start = 0, out.end = answer.duration;
  out.feature = std::move(feature);
  out.value = std::round(value * 1000) / 1000;
  return out;
}

// The same feature over the answers: its mean level and the evidence of the answer where it shows most.
struct Trait {
  double level = 0, value = 0;
  bool seen = false;
  std::vector<Evidence> evidence{};
};
Trait TraitOf(ScoringModel const& model, std::vector<AnswerAssessment> const& answers, std::string_view key,
              bool best) {
  Trait out;
  double peak = best ? -1 : 2, n = 0;
  for (auto const& answer : answers) {
    auto const level = NormalisedOf(model.answer, answer, key);
    if (!level) continue;
    auto const* feature = FeatureOf(answer, key);
    out.level += *level, out.value += feature->value, ++n;
    if (best ? *level <= peak : *level >= peak) continue;
    peak = *level;
    out.evidence = feature->evidence;
    if (out.evidence.empty() || !best)
      out.evidence.insert(out.evidence.begin(), FeatureEvidence(answer.report, std::string(key), feature->value));
  }
  if (n > 0) out.level /= n, out.value /= n, out.seen = true;
  return out;
}

Both Title(AnswerReport const& answer) {
  return NameOf(answer.title_zh.empty() ? answer.question_zh : answer.title_zh,
                answer.title_en.empty() ? answer.question_en : answer.title_en);
}

}  // namespace

std::vector<Finding> Strengths(Texts const& texts, ScoringModel const& model, Report const& report,
                               std::vector<AnswerAssessment> const& answers) {
  std::vector<Candidate> out;
  for (auto const& answer : answers) {
    auto const& view = answer.report;
    std::vector<PointCoverage const*> made;
    for (auto const& point : view.points)
      if (point.covered >= kPointMade && !point.quote.empty()) made.push_back(&point);
    if (!view.score || made.empty()) continue;
    std::stable_sort(made.begin(), made.end(), [](auto* a, auto* b) { return a->covered > b->covered; });
    std::vector<Evidence> evidence;
    std::vector<Both> names;
    for (auto const* point : made) {
      if (evidence.size() == 2) break;
      Evidence quote;
      quote.answer_id = view.answer_id;
      quote.quote = point->quote;
      quote.start = point->start, quote.end = point->end;
      quote.note_zh = point->text_zh, quote.note_en = point->text_en;
      evidence.push_back(std::move(quote));
      names.push_back(NameOf(point->text_zh, point->text_en));
    }
    auto const share = static_cast<double>(made.size()) / static_cast<double>(view.points.size());
    out.push_back({share * *view.score / 10, "answer " + view.answer_id,
                   Say(texts.Say("assessment.strength.points", {{"title", Title(view)},
                                                                {"made", Same(std::to_string(made.size()))},
                                                                {"all", Same(std::to_string(view.points.size()))},
                                                                {"points", Join(names)}}),
                       std::move(evidence))});
  }
  for (auto const& dimension : report.dimensions)
    if (dimension.score && *dimension.score >= 7)
      out.push_back(
          {*dimension.score / 10 - 0.05, "dimension",
           Say(texts.Say("assessment.strength.dimension", {{"name", NameOf(dimension.name_zh, dimension.name_en)},
                                                           {"score", Same(OneDecimal(*dimension.score))}}),
               dimension.evidence)});
  if (auto facts = TraitOf(model, answers, "specificity", true); facts.seen && facts.level >= 0.6)
    out.push_back({facts.level - 0.1, "specificity", Say(texts.Say("assessment.strength.specific"), facts.evidence)});
  if (auto order = TraitOf(model, answers, "structure", true); order.seen && order.level >= 0.7)
    out.push_back({order.level - 0.2, "structure", Say(texts.Say("assessment.strength.structure"), order.evidence)});
  auto pauses = TraitOf(model, answers, "pause_ratio", true);
  auto const rate = TraitOf(model, answers, "speech_rate", true);
  if (pauses.seen && rate.seen && std::min(pauses.level, rate.level) >= 0.8)
    out.push_back(
        {std::min(pauses.level, rate.level) - 0.35, "delivery",
         Say(texts.Say("assessment.strength.fluent", {{"rate", Same(std::to_string(std::lround(rate.value)))}}),
             pauses.evidence)});
  return Choose(std::move(out));
}

std::vector<Finding> Doubts(Texts const& texts, ScoringModel const& model, Report const& report,
                            std::vector<AnswerAssessment> const& answers) {
  std::vector<Candidate> out;
  for (auto const& answer : answers) {
    auto const& view = answer.report;
    if (!view.score) {
      out.push_back({0.5, "answer " + view.answer_id,
                     Say(texts.Say("assessment.doubt.insufficient", {{"title", Title(view)}}),
                         {FeatureEvidence(view, "confidence", answer.confidence)})});
      continue;
    }
    std::vector<Both> missed;
    for (auto const& point : view.points)
      if (point.covered < kPointMade) missed.push_back(NameOf(point.text_zh, point.text_en));
    if (missed.empty()) continue;
    auto const count = missed.size();
    if (missed.size() > 2) missed.resize(2);
    auto const* coverage = FeatureOf(answer, "rubric_coverage");
    out.push_back({static_cast<double>(count) / static_cast<double>(view.points.size()), "answer " + view.answer_id,
                   Say(texts.Say("assessment.doubt.points", {{"title", Title(view)}, {"points", Join(missed)}}),
                       {FeatureEvidence(view, "rubric_coverage", coverage ? coverage->value : 0)})});
  }
  for (auto const& dimension : report.dimensions)
    if (dimension.score && *dimension.score < 5.5)
      out.push_back(
          {1 - *dimension.score / 10 - 0.1, "dimension",
           Say(texts.Say("assessment.doubt.dimension", {{"name", NameOf(dimension.name_zh, dimension.name_en)},
                                                        {"score", Same(OneDecimal(*dimension.score))}}),
               dimension.evidence)});
  struct Habit {
    char const *feature, *key;
    double below, discount;
  };
  for (auto const& habit : {Habit{"specificity", "assessment.doubt.vague", 0.3, 0.25},
                            Habit{"answer_length", "assessment.doubt.short", 0.4, 0.2},
                            Habit{"pause_ratio", "assessment.doubt.pauses", 0.5, 0.35},
                            Habit{"fillers", "assessment.doubt.fillers", 0.5, 0.35},
                            Habit{"structure", "assessment.doubt.structure", 0.5, 0.4}}) {
    auto trait = TraitOf(model, answers, habit.feature, false);
    if (trait.seen && trait.level < habit.below)
      out.push_back({1 - trait.level - habit.discount, habit.feature, Say(texts.Say(habit.key), trait.evidence)});
  }
  return Choose(std::move(out));
}

void MarkHighlights(std::vector<AnswerReport>& answers) {
  struct Moment {
    double worth;
    std::size_t answer;
    PointCoverage const* point;
  };
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    answers[i].highlights.clear();
    for (auto const& point : answers[i].points)
      if (answers[i].score && point.covered >= 0.6 && point.end > point.start)
        moments.push_back({point.covered * *answers[i].score, i, &point});
  }
  std::stable_sort(moments.begin(), moments.end(), [](auto const& a, auto const& b) { return a.worth > b.worth; });
  constexpr std::size_t kClips = 4, kPerAnswer = 2;
  constexpr double kBefore = 0.3, kAfter = 0.5;
  std::size_t chosen = 0;
  for (auto const& moment : moments) {
    auto& answer = answers[moment.answer];
    auto const from = std::max(0.0, moment.point->start - kBefore);
    auto const to =
        answer.duration > 0 ? std::min(answer.duration, moment.point->end + kAfter) : moment.point->end + kAfter;
    bool const overlaps = std::any_of(answer.highlights.begin(), answer.highlights.end(),
                                      [&](auto const& clip) { return from < clip.end && clip.start < to; });
    if (chosen == kClips) break;
    if (overlaps || answer.highlights.size() == kPerAnswer) continue;
    auto const name = NameOf(moment.point->text_zh, moment.point->text_en);
    answer.highlights.push_back({from, to, name.zh, name.en});
    ++chosen;
  }
  for (auto& answer : answers)
    std::sort(answer.highlights.begin(), answer.highlights.end(),
              [](auto const& a, auto const& b) { return a.start < b.start; });
}

}  // namespace bole::assessment
