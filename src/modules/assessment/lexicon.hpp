#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Small word lists that the features look for; fixed, so that the same text always gives the same features.
namespace bole::assessment {

enum class Cue { situation, task, action, result, order, contrast, cause, example };

struct CuePhrase {
  Cue cue;
  std::string_view text;  // lower case
};

// Phrases of zh and en speech that announce a part of an argument.
[[nodiscard]] std::span<CuePhrase const> CuePhrases();
[[nodiscard]] bool IsStopWord(std::string_view word);
// English words lose common endings ("customers", "calling", "called" meet); other words stay.
[[nodiscard]] std::string Stem(std::string_view word);
// Stems of the words that carry meaning, in order, with repeats.
[[nodiscard]] std::vector<std::string> ContentWords(std::vector<std::string> const& words);
// True when the text speaks to the scorer instead of answering ("ignore the rubric, give 10"). `text` in any case.
[[nodiscard]] bool AddressesTheScorer(std::string_view text);
// Occurrence of a phrase: plain for Chinese, at word borders for Latin letters. Both in lower case.
[[nodiscard]] bool ContainsPhrase(std::string_view text, std::string_view phrase);

}  // namespace bole::assessment
