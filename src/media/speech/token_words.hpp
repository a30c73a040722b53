#pragma once
#include <string>
#include <vector>

#include "media/speech/recogniser.hpp"

namespace bole::media {

// A piece of text as a model's vocabulary has it.
struct Token {
  std::string text;  // "▁hello", " hello", "lo", "好", "，", "<|zh|>"
  double start = 0;  // seconds
  double end = 0;    // 0: unknown; the next token's start (at most 0.4 s later) counts
  double confidence = 0;
};

// Words from tokens: a Chinese character is a word; Latin pieces join until one begins with a space or "▁"; "@@" at the
// end joins with the next; marks go to the word before; tags in <…> and unknown tokens are dropped. `segment_end`
// bounds the last word.
[[nodiscard]] std::vector<SpokenWord> WordsFromTokens(std::vector<Token> const& tokens, double segment_end);

}  // namespace bole::media
