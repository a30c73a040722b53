#include "modules/assessment/content_scorer.hpp"

#include <algorithm>
#include <cmath>

#include "platform/reflect/json.hpp"

namespace bole::assessment {
namespace {

constexpr double kNoise = 0.2;        // coverage below this is chance
constexpr double kRubricShare = 0.7;  // where both a rubric and references exist

double FeatureOf(ReferenceMatch const& match, std::string_view name) {
  if (name == "sentence_recall") return match.sentence_recall;
  if (name == "window_cosine") return match.window_cosine;
  if (name == "word_recall") return match.word_recall;
  if (name == "bigram_recall") return match.bigram_recall;
  return match.length_share;
}

ReferenceMatch Best(ReferenceMatch const& a, ReferenceMatch const& b) {
  return {std::max(a.sentence_recall, b.sentence_recall), std::max(a.window_cosine, b.window_cosine),
          std::max(a.word_recall, b.word_recall), std::max(a.bigram_recall, b.bigram_recall),
          std::max(a.length_share, b.length_share)};
}

}  // namespace

Result<ContentModel> ReadContentModel(std::string_view json_text) {
  BOLE_ASSIGN(auto model, FromJsonText<ContentModel>(json_text));
  FieldErrors errors;
  if (model.terms.empty()) errors.push_back({"/terms", "required"});
  if (!(model.cosine_from < model.cosine_to)) errors.push_back({"/cosine_to", "out_of_range"});
  for (std::size_t i = 0; i < model.terms.size(); ++i) {
    auto const& term = model.terms[i];
    auto const at = "/terms/" + std::to_string(i);
    static std::vector<std::string> const known{"sentence_recall", "window_cosine", "word_recall", "bigram_recall",
                                                "length_share"};
    if (std::find(known.begin(), known.end(), term.feature) == known.end())
      errors.push_back({at + "/feature", "not_allowed"});
    if (!(term.from < term.to)) errors.push_back({at + "/to", "out_of_range"});
    if (!(term.weight >= 0 && term.weight <= 10)) errors.push_back({at + "/weight", "out_of_range"});
  }
  if (!errors.empty()) return FailFields(std::move(errors));
  return model;
}

ContentScorer::ContentScorer(media::WordSegmenter const& words, media::Embedder* embedder, ContentModel model)
    : words_(words), embedder_(embedder), model_(std::move(model)) {}

ContentTarget ContentScorer::Prepare(std::string_view question, Rubric const& rubric,
                                     std::vector<std::string> const& references, std::string_view language) const {
  ContentTarget out;
  out.question = ReadText(question, words_, nullptr);
  for (auto const& point : rubric.points) out.points.push_back(PreparePoint(point, language, words_, embedder_));
  for (auto const& text : references)
    if (auto reference = Read(text); !reference.items.empty()) out.references.push_back(std::move(reference));
  return out;
}

double ContentScorer::Reference(ReferenceMatch const& match) const {
  double sum = model_.bias, most = model_.bias;
  for (auto const& term : model_.terms) {
    bool const meaning = term.feature == "sentence_recall" || term.feature == "window_cosine";
    if (meaning && !embedder_) continue;
    sum += term.weight * std::clamp((FeatureOf(match, term.feature) - term.from) / (term.to - term.from), 0.0, 1.0);
    most += term.weight;
  }
  // Without an embedder the words decide alone, on the same scale.
  double full = model_.bias;
  for (auto const& term : model_.terms) full += term.weight;
  auto const span = most - model_.bias;
  auto const scaled = span > 0 ? model_.bias + (sum - model_.bias) * (full - model_.bias) / span : model_.bias;
  return std::clamp(scaled, 0.0, 10.0);
}

ContentScore ContentScorer::Score(ContentTarget const& target, Utterances const& answer) const {
  ContentScore out;
  CosineScale const scale{model_.cosine_from, model_.cosine_to};
  double weights = 0;
  for (auto const& point : target.points) {
    auto match = FindPoint(point, answer.items, scale);
    if (match.covered < kNoise) match = {};
    auto const weight = std::isfinite(point.point.weight) ? std::max(0.0, point.point.weight) : 0.0;
    out.coverage += weight * match.covered;
    weights += weight;
    out.points.push_back(match);
  }
  out.coverage = weights > 0 ? out.coverage / weights : 0;
  for (auto const& reference : target.references)
    out.match = Best(out.match, MatchReference(target.question, reference, answer));
  out.reference = answer.items.empty() ? 0 : Reference(out.match) / 10;
  bool const rubric = weights > 0, references = !target.references.empty();
  auto const share = rubric && references ? kRubricShare : rubric ? 1.0 : 0.0;
  out.score = 10 * (share * out.coverage + (1 - share) * (references ? out.reference : 0));
  return out;
}

}  // namespace bole::assessment
