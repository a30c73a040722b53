#include "modules/assessment/utterances.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "media/text/sentences.hpp"
#include "modules/assessment/lexicon.hpp"

namespace bole::assessment {
namespace {

constexpr std::size_t kLongest = 60, kShortest = 12;  // weight units: a Chinese character 1, a Latin letter 1/3

double Weight(std::u32string_view text) {
  double sum = 0;
  for (auto c : text) sum += media::IsHan(c) ? 1.0 : 1.0 / 3;
  return sum;
}

bool IsClauseEnd(char32_t c) { return c == U'，' || c == U',' || c == U'、' || c == U';' || c == U'；' || c == U'：'; }

// Pieces of code points; cut behind a comma, or at a space or anywhere when there is none for too long.
std::vector<std::u32string> Clauses(std::u32string const& text, double shortest, double longest) {
  std::vector<std::u32string> out;
  std::u32string piece;
  for (auto c : text) {
    piece += c;
    auto const weight = Weight(piece);
    bool const natural = IsClauseEnd(c) && weight >= shortest;
    bool const forced = weight >= longest && (media::IsHan(c) || c == U' ');
    if (natural || forced) out.push_back(std::exchange(piece, {}));
  }
  if (!piece.empty()) out.push_back(std::move(piece));
  return out;
}

struct Reader {
  media::WordSegmenter const& words;
  media::Embedder* embedder;
  Utterances out{};

  void Add(std::u32string_view piece, double start, double end) {
    auto text = std::string(Trim(EncodeUtf8(piece)));
    if (text.empty()) return;
    Utterance utterance;
    utterance.text = std::move(text);
    utterance.lower = AsciiLower(utterance.text);
    utterance.start = start, utterance.end = end;
    utterance.words = words.Cut(utterance.text);
    if (utterance.words.empty()) return;
    utterance.content = ContentWords(utterance.words);
    if (embedder) utterance.vector = embedder->Embed(utterance.text);
    out.items.push_back(std::move(utterance));
  }

  // One sentence with its time span; `time(share)` gives the moment after that share of its letters.
  template <class Time>
  void Sentence(std::string const& text, Time&& time, double from, double total) {
    auto const letters = DecodeUtf8(text);
    bool const flagged = AddressesTheScorer(text);
    auto const pieces = flagged                      ? Clauses(letters, 0, 1e9)
                        : Weight(letters) > kLongest ? Clauses(letters, kShortest, kLongest)
                                                     : std::vector<std::u32string>{letters};
    auto const speaks = [&](auto const& piece) { return flagged && AddressesTheScorer(EncodeUtf8(piece)); };
    // Where the instruction only shows in the whole sentence, none of it is an answer.
    bool const whole = flagged && std::none_of(pieces.begin(), pieces.end(), speaks);
    if (whole) ++out.set_aside;
    double at = from;
    for (auto const& piece : pieces) {
      auto const next = at + Weight(piece);
      if (speaks(piece))
        ++out.set_aside;
      else if (!whole)
        Add(piece, time(at / total), time(next / total));
      at = next;
    }
  }
};

// The moment after `share` of a sentence's letters: along its words where they are known, else evenly.
double TimeAt(media::Sentence const& sentence, double share) {
  double total = 0;
  for (auto const& word : sentence.words) total += Weight(DecodeUtf8(word.text));
  if (total <= 0) return sentence.start + (sentence.end - sentence.start) * share;
  double left = share * total;
  for (auto const& word : sentence.words) {
    auto const weight = Weight(DecodeUtf8(word.text));
    if (left <= weight) return weight > 0 ? word.start + (word.end - word.start) * left / weight : word.start;
    left -= weight;
  }
  return sentence.end;
}

}  // namespace

std::string LanguageOf(std::string_view text) { return media::HanShare(text) >= 0.3 ? "zh" : "en"; }

Utterances ReadTranscript(media::Transcript const& transcript, media::WordSegmenter const& words,
                          media::Embedder* embedder) {
  Reader reader{words, embedder};
  std::string all;
  for (auto const& sentence : transcript.sentences) {
    all += sentence.text;
    auto const total = std::max(1e-9, Weight(DecodeUtf8(sentence.text)));
    double from = 0;
    for (auto const& part : media::SplitSentences(sentence.text)) {
      reader.Sentence(
          part, [&](double share) { return TimeAt(sentence, std::clamp(share, 0.0, 1.0)); }, from, total);
      from += Weight(DecodeUtf8(part));
    }
  }
  reader.out.language =
      transcript.language == "zh" || transcript.language == "en" ? transcript.language : LanguageOf(all);
  return std::move(reader.out);
}

Utterances ReadText(std::string_view text, media::WordSegmenter const& words, media::Embedder* embedder) {
  media::Transcript transcript;
  transcript.sentences.push_back({std::string(text), 0, 0, 1, {}});
  return ReadTranscript(transcript, words, embedder);
}

}  // namespace bole::assessment
