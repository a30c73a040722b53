#pragma once
#include <vector>

#include "base/result.hpp"
#include "media/text/embedder.hpp"
#include "media/text/words.hpp"
#include "modules/assessment/content_scorer.hpp"
#include "modules/assessment/input.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::assessment {

// Scores interviews. Pure: no database, no files, no clock; the same input gives the same bytes. Const methods may be
// called from many threads. What it refers to must outlive it; `embedder` may be null (words decide alone).
class Assessor {
 public:
  Assessor(media::WordSegmenter const& words, media::Embedder* embedder, ContentModel content,
           i18n::Messages const& texts);

  // Embeds the texts of a question ahead of time (useful with CacheEmbedder), so that the answer's end is quick.
  void Warm(AnswerInput const& question) const;
  // The costly part, to be done as soon as an answer is complete. About 1.5 ms a token of the answer.
  [[nodiscard]] AnswerAssessment AssessAnswer(AnswerInput const& answer, AssessmentFrame const& frame) const;
  // Scores, comments and findings from what was kept of each answer; milliseconds.
  [[nodiscard]] Report Compose(AssessmentFrame const& frame, std::vector<AnswerAssessment> answers) const;

 private:
  media::WordSegmenter const& words_;
  media::Embedder* embedder_;
  ContentScorer content_;
  i18n::Messages const& texts_;
};

}  // namespace bole::assessment
