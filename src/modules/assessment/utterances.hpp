#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "media/signals/signals.hpp"
#include "media/text/embedder.hpp"
#include "media/text/words.hpp"

namespace bole::assessment {

// A sentence, or a part of a long one, as the scorer looks at it.
struct Utterance {
  std::string text;   // as spoken
  std::string lower;  // for phrase search
  double start = 0, end = 0;
  std::vector<std::string> words;    // all
  std::vector<std::string> content;  // stems of the words that carry meaning
  std::vector<float> vector;         // empty without an embedder
};

struct Utterances {
  std::vector<Utterance> items;
  int set_aside = 0;     // clauses that spoke to the scorer; they take no part
  std::string language;  // zh | en
};

// Cuts a transcript into utterances of at most about 60 characters or 35 words with times inside their sentence, and
// leaves out clauses that address the scorer. `embedder` may be null.
[[nodiscard]] Utterances ReadTranscript(media::Transcript const& transcript, media::WordSegmenter const& words,
                                        media::Embedder* embedder);
// The same for written text, e.g. a model answer; times are 0.
[[nodiscard]] Utterances ReadText(std::string_view text, media::WordSegmenter const& words, media::Embedder* embedder);
[[nodiscard]] std::string LanguageOf(std::string_view text);  // zh | en

}  // namespace bole::assessment
