#pragma once
#include <vector>

#include "modules/assessment/content_scorer.hpp"
#include "modules/assessment/input.hpp"

namespace bole::assessment {

// What of an answer may be judged at all, decided once before any feature is measured.
struct Usable {
  bool words = false;  // a transcript that can be trusted
  bool voice = false;  // a sound track that can be trusted
  bool picture = false;
  bool silent = false;  // the microphone worked and nobody spoke
  bool noisy = false, unsure = false, no_transcript = false;
  double confidence = 0;
};
[[nodiscard]] Usable Judge(media::AnswerSignals const& signals, CertaintyRule const& rule);

// All features of an answer in the order of AllFeatures(), each with its state and evidence.
[[nodiscard]] std::vector<AnswerFeature> MeasureFeatures(AnswerInput const& answer, Utterances const& said,
                                                         ContentTarget const& target, ContentScore const& content,
                                                         Usable const& usable);
// Shortens a quote for people, at a natural place.
[[nodiscard]] std::string ShortQuote(std::string_view text);

}  // namespace bole::assessment
