#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "modules/assessment/input.hpp"
#include "modules/assessment/utterances.hpp"

// How far an answer says what was expected. Everything here only looks for what is there: more speech never takes
// anything away.
namespace bole::assessment {

// Turns a cosine of the embedder into 0..1.
struct CosineScale {
  double from = 0.8, to = 0.92;
  [[nodiscard]] double operator()(double cosine) const;
};

// A rubric point made ready to be looked for.
struct PointTarget {
  RubricPoint point;
  std::vector<std::string> phrases;                    // synonyms in lower case
  std::vector<std::vector<std::string>> phrase_words;  // their content stems
  std::vector<std::string> content;                    // stems of the point's text
  std::vector<std::vector<float>> vectors;             // of its text in the answer's language
};
struct Match {
  double covered = 0;  // 0..1
  int utterance = -1;  // the best one
};

[[nodiscard]] PointTarget PreparePoint(RubricPoint const& point, std::string_view language,
                                       media::WordSegmenter const& words, media::Embedder* embedder);
[[nodiscard]] Match FindPoint(PointTarget const& target, std::vector<Utterance> const& answer, CosineScale scale);

// What an answer shares with one reference text, all 0..1 (cosines as they are) and never falling when the answer says
// more.
struct ReferenceMatch {
  double sentence_recall = 0;  // cosine of each sentence of the reference with the answer's nearest, their mean
  double window_cosine = 0;    // best cosine of a run of the answer's sentences with the whole reference
  double word_recall = 0;      // weighted share of the reference's words; words of the question count little
  double bigram_recall = 0;    // share of its character pairs (zh) or stems (en)
  double length_share = 0;     // content words against the reference's, at most 1
  friend bool operator==(ReferenceMatch const&, ReferenceMatch const&) = default;
};
[[nodiscard]] ReferenceMatch MatchReference(Utterances const& question, Utterances const& reference,
                                            Utterances const& answer);

}  // namespace bole::assessment
