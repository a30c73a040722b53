#include "media/text/sentences.hpp"

#include <array>
#include <set>

#include "base/text.hpp"

namespace bole::media {
namespace {

bool IsLatinLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A full stop that does not end a sentence: inside a number or name, after one letter ("e.g.") or a title.
bool IsInnerStop(std::u32string const& text, std::size_t at) {
  auto const next = at + 1 < text.size() ? text[at + 1] : U' ';
  if (next != ' ' && next != '\t' && next != '\n' && next != '"' && next != ')' && next != 0x201D && !IsHan(next))
    return true;
  auto begin = at;
  while (begin > 0 && IsLatinLetter(text[begin - 1])) --begin;
  auto word = EncodeUtf8(std::u32string_view(text).substr(begin, at - begin));
  static std::set<std::string, std::less<>> const kTitles{"Mr", "Mrs", "Ms", "Dr",  "Prof",
                                                          "St", "vs",  "No", "etc", "approx"};
  if (kTitles.contains(word)) return next == ' ';
  return word.size() == 1 && word != "I" && begin > 0 && text[begin - 1] == '.';
}

bool IsCloser(char32_t c) { return c == '"' || c == ')' || c == 0x201D || c == 0x2019 || c == 0xFF09 || c == 0x300D; }

bool EndsSentence(std::u32string const& text, std::size_t at) {
  switch (text[at]) {
    case U'。':
    case U'！':
    case U'？':
    case U'；':
    case U'…':
    case U'!':
    case U'?':
    case U';':
    case U'\n':
      return true;
    case U'.':
      return !IsInnerStop(text, at);
    default:
      return false;
  }
}

}  // namespace

bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

double HanShare(std::string_view text) {
  std::size_t han = 0, letters = 0;
  for (auto c : DecodeUtf8(text)) {
    han += IsHan(c);
    letters += IsHan(c) || IsLatinLetter(c);
  }
  return letters ? static_cast<double>(han) / static_cast<double>(letters) : 0;
}

std::vector<std::string> SplitSentences(std::string_view text) {
  auto const chars = DecodeUtf8(text);
  std::vector<std::string> out;
  std::size_t begin = 0;
  auto const flush = [&](std::size_t end) {
    auto const piece = EncodeUtf8(std::u32string_view(chars).substr(begin, end - begin));
    if (auto const trimmed = Trim(piece); !trimmed.empty()) out.emplace_back(trimmed);
    begin = end;
  };
  for (std::size_t i = 0; i < chars.size(); ++i) {
    if (!EndsSentence(chars, i)) continue;
    while (i + 1 < chars.size() && (IsCloser(chars[i + 1]) || (chars[i] != '\n' && chars[i + 1] != '\n' &&
                                                               EndsSentence(chars, i + 1) && chars[i + 1] != '.')))
      ++i;
    flush(i + 1);
  }
  flush(chars.size());
  return out;
}

}  // namespace bole::media
