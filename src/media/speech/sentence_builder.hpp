#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/speech/recogniser.hpp"

namespace bole::media {

// Puts marks behind words that have none. Implementations are thread-safe.
class Punctuator {
 public:
  virtual ~Punctuator() = default;
  virtual void Mark(std::vector<SpokenWord>& words) = 0;
  [[nodiscard]] virtual std::string Name() const = 0;
};

// Sentences from words. Marks of the model (or of `punctuator`, may be null) end them; a pause of 0.9 s always does.
// Without any marks a pause of 0.7 s becomes a full stop and one of 0.35 s a comma; 80 words at most. English sentences
// get a capital.
[[nodiscard]] std::vector<Sentence> BuildSentences(std::vector<SpokenWord> words, std::string_view language,
                                                   Punctuator* punctuator);

// The text of words in a row: no spaces between Chinese characters.
[[nodiscard]] std::string JoinWords(std::vector<SpokenWord> const& words);

// Hesitation sounds and filler phrases: 嗯 呃 额 唔 那个 就是说 / um uh er erm ah hmm "you know" "i mean".
[[nodiscard]] int CountFillers(std::vector<Sentence> const& sentences, std::string_view language);

}  // namespace bole::media
