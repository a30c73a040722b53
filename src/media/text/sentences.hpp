#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace bole::media {

// Sentences of zh or en text without the spaces around them, with their closing mark. Cuts after 。！？；…!?; and line
// ends, and after a full stop that ends a word (not in "3.5", "e.g." or "Mr."). Empty pieces are dropped.
[[nodiscard]] std::vector<std::string> SplitSentences(std::string_view text);

// A number found in text, with the unit that follows it.
struct Quantity {
  double value = 0;        // 30 for "30%", "三十个", "thirty"
  std::string unit;        // "%", "个", "元", "days", or "" when none follows
  std::string text;        // as written
  std::size_t offset = 0;  // byte offset in the text
};
// Arabic and Chinese numerals and English number words up to a hundred million; single 一 without a unit is not counted
// ("一起" is not a number).
[[nodiscard]] std::vector<Quantity> FindQuantities(std::string_view text);

// True for code points of Chinese characters (CJK unified, extension A, compatibility).
[[nodiscard]] bool IsHan(char32_t c);
// Share of letters that are Chinese characters, 0..1; 0 for text without letters.
[[nodiscard]] double HanShare(std::string_view text);

}  // namespace bole::media
