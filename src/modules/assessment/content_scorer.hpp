#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "media/text/embedder.hpp"
#include "media/text/words.hpp"
#include "modules/assessment/content_model.hpp"
#include "modules/assessment/input.hpp"
#include "modules/assessment/matching.hpp"

namespace bole::assessment {

// A question ready to be scored against: rubric points and reference answers in the language of the answer.
struct ContentTarget {
  Utterances question;
  std::vector<PointTarget> points;
  std::vector<Utterances> references;
};

struct ContentScore {
  double score = 0;      // 0..10: what the rubric and the references say together
  double coverage = 0;   // 0..1 over the rubric's points, by their weights
  double reference = 0;  // 0..1, the content model on the references
  std::vector<Match> points;
  ReferenceMatch match;  // the best over the references, feature by feature
};

// Scores what an answer says against a question's rubric and reference answers. Monotone: a sentence more never lowers
// any of the numbers. Const and thread-safe when the embedder is.
class ContentScorer {
 public:
  ContentScorer(media::WordSegmenter const& words, media::Embedder* embedder, ContentModel model);

  [[nodiscard]] ContentTarget Prepare(std::string_view question, Rubric const& rubric,
                                      std::vector<std::string> const& references, std::string_view language) const;
  [[nodiscard]] ContentScore Score(ContentTarget const& target, Utterances const& answer) const;
  [[nodiscard]] Utterances Read(std::string_view text) const { return ReadText(text, words_, embedder_); }
  [[nodiscard]] ContentModel const& model() const { return model_; }
  [[nodiscard]] std::string EmbedderName() const { return embedder_ ? embedder_->Name() : ""; }

 private:
  [[nodiscard]] double Reference(ReferenceMatch const& match) const;  // 0..10
  media::WordSegmenter const& words_;
  media::Embedder* embedder_;
  ContentModel model_;
};

}  // namespace bole::assessment
