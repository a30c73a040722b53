#include "modules/assessment/matching.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "media/text/sentences.hpp"
#include "modules/assessment/lexicon.hpp"

namespace bole::assessment {
namespace {

constexpr double kShortPhrase = 0.45, kLongPhrase = 0.6, kLooseShare = 0.8;
constexpr double kTextShare = 0.6, kMeaningShare = 0.7, kSecondShare = 0.25;
constexpr double kQuestionWordWeight = 0.25;

bool IsLong(std::string_view phrase) {
  return media::HanShare(phrase) > 0.3 ? CountCodePoints(phrase) >= 3 : phrase.find(' ') != std::string_view::npos;
}

bool HasAll(std::set<std::string> const& words, std::vector<std::string> const& wanted) {
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](auto const& w) { return words.contains(w); });
}

double Rise(double value, double from, double to) { return std::clamp((value - from) / (to - from), 0.0, 1.0); }

// How far one utterance makes the point. `neighbour` lends its words, so that a point said over two sentences counts.
double CoverOf(PointTarget const& target, Utterance const& utterance, Utterance const* neighbour, CosineScale scale) {
  std::set<std::string> words(utterance.content.begin(), utterance.content.end());
  double missing = 1;
  for (std::size_t i = 0; i < target.phrases.size(); ++i) {
    auto const worth = IsLong(target.phrases[i]) ? kLongPhrase : kShortPhrase;
    if (ContainsPhrase(utterance.lower, target.phrases[i]))
      missing *= 1 - worth;
    else if (HasAll(words, target.phrase_words[i]))
      missing *= 1 - worth * kLooseShare;
  }
  if (neighbour) words.insert(neighbour->content.begin(), neighbour->content.end());
  if (!target.content.empty()) {
    double found = 0, total = 0;
    for (auto const& word : target.content) {
      auto const weight = std::min<double>(4, static_cast<double>(CountCodePoints(word)));
      total += weight;
      if (words.contains(word)) found += weight;
    }
    missing *= 1 - kTextShare * Rise(found / total, 0.2, 0.7);
  }
  double cosine = 0;
  for (auto const& vector : target.vectors) cosine = std::max(cosine, media::Cosine(vector, utterance.vector));
  missing *= 1 - kMeaningShare * scale(cosine);
  return 1 - missing;
}

std::vector<std::string> Bigrams(Utterances const& text) {
  std::vector<std::string> out;
  for (auto const& item : text.items) {
    if (text.language == "en") {
      out.insert(out.end(), item.content.begin(), item.content.end());
      continue;
    }
    std::u32string letters;
    for (auto c : DecodeUtf8(item.lower))
      if (media::IsHan(c) || (c < 128 && std::isalnum(static_cast<int>(c)))) letters += c;
    for (std::size_t i = 0; i + 1 < letters.size(); ++i) out.push_back(EncodeUtf8(letters.substr(i, 2)));
  }
  return out;
}

// Share of the wanted items that are there; repeated items must be there as often.
template <class Weigh>
double Recall(std::vector<std::string> const& wanted, std::vector<std::string> const& there, Weigh&& weigh) {
  std::map<std::string, int> stock;
  for (auto const& item : there) ++stock[item];
  double found = 0, total = 0;
  for (auto const& item : wanted) {
    auto const weight = weigh(item);
    total += weight;
    if (auto it = stock.find(item); it != stock.end() && it->second > 0) found += weight, --it->second;
  }
  return total > 0 ? found / total : 0;
}

std::vector<std::string> AllContent(Utterances const& text) {
  std::vector<std::string> out;
  for (auto const& item : text.items) out.insert(out.end(), item.content.begin(), item.content.end());
  return out;
}

std::vector<float> MeanVector(std::vector<Utterance> const& items, std::size_t from, std::size_t to) {
  std::vector<float> sum;
  for (auto i = from; i < to; ++i) {
    if (items[i].vector.empty()) continue;
    if (sum.empty()) sum.assign(items[i].vector.size(), 0.F);
    auto const weight = std::sqrt(static_cast<float>(items[i].words.size()));
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += weight * items[i].vector[k];
  }
  float norm = 0;
  for (auto v : sum) norm += v * v;
  if (norm > 0)
    for (auto& v : sum) v /= std::sqrt(norm);
  return sum;
}

}  // namespace

double CosineScale::operator()(double cosine) const { return to > from ? Rise(cosine, from, to) : 0; }

PointTarget PreparePoint(RubricPoint const& point, std::string_view language, media::WordSegmenter const& words,
                         media::Embedder* embedder) {
  PointTarget out{point, {}, {}, {}, {}};
  for (auto const& synonym : point.synonyms) {
    auto const phrase = AsciiLower(Trim(synonym));
    if (phrase.empty()) continue;
    out.phrases.push_back(phrase);
    auto content = ContentWords(words.Cut(phrase));
    // A phrase of one word is looked for as it stands; only word groups may come in another order.
    if (content.size() < 2 && media::HanShare(phrase) > 0.3) content.clear();
    out.phrase_words.push_back(std::move(content));
  }
  auto const& own = language == "en" ? point.text_en : point.text_zh;
  auto const& text = own.empty() ? (language == "en" ? point.text_zh : point.text_en) : own;
  out.content = ContentWords(words.Cut(text));
  if (embedder && !text.empty()) out.vectors.push_back(embedder->Embed(text));
  return out;
}

Match FindPoint(PointTarget const& target, std::vector<Utterance> const& answer, CosineScale scale) {
  Match out;
  double second = 0;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    auto const covered = CoverOf(target, answer[i], i > 0 ? &answer[i - 1] : nullptr, scale);
    if (covered > out.covered) {
      second = out.covered;
      out = {covered, static_cast<int>(i)};
    } else {
      second = std::max(second, covered);
    }
  }
  out.covered = std::min(1.0, out.covered + kSecondShare * second * out.covered);
  return out;
}

ReferenceMatch MatchReference(Utterances const& question, Utterances const& reference, Utterances const& answer) {
  ReferenceMatch out;
  if (reference.items.empty() || answer.items.empty()) return out;
  double weights = 0;
  for (auto const& wanted : reference.items) {
    double best = 0;
    for (auto const& item : answer.items) best = std::max(best, media::Cosine(wanted.vector, item.vector));
    auto const weight = static_cast<double>(wanted.words.size());
    out.sentence_recall += weight * best;
    weights += weight;
  }
  if (weights > 0) out.sentence_recall /= weights;

  auto const whole = MeanVector(reference.items, 0, reference.items.size());
  double best = 0;
  constexpr std::size_t kWidest = 12;
  for (std::size_t from = 0; from < answer.items.size(); ++from)
    for (auto to = from + 1; to <= std::min(answer.items.size(), from + kWidest); ++to)
      best = std::max(best, media::Cosine(whole, MeanVector(answer.items, from, to)));
  out.window_cosine = best;

  auto const asked = AllContent(question), wanted = AllContent(reference), said = AllContent(answer);
  std::set<std::string> const in_question(asked.begin(), asked.end());
  std::vector<std::string> const once = [&] {
    std::set<std::string> const set(wanted.begin(), wanted.end());
    return std::vector<std::string>(set.begin(), set.end());
  }();
  out.word_recall = Recall(once, said, [&](std::string const& word) {
    auto const length = std::min<double>(4, static_cast<double>(CountCodePoints(word)));
    return length * (in_question.contains(word) ? kQuestionWordWeight : 1.0);
  });
  out.bigram_recall = Recall(Bigrams(reference), Bigrams(answer), [](std::string const&) { return 1.0; });
  out.length_share =
      wanted.empty() ? 0 : std::min(1.0, static_cast<double>(said.size()) / static_cast<double>(wanted.size()));
  return out;
}

}  // namespace bole::assessment
