#include "base/text.hpp"

#include <algorithm>

namespace bole {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Decodes one code point at `pos` and moves past it; kReplacement (one byte further) where the bytes are not UTF-8.
char32_t Next(std::string_view text, std::size_t& pos, bool& valid) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned const lead = byte(pos);
  if (lead < 0x80) return text[pos++] & 0x7F;
  std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  bool ok = lead >= 0xC2 && lead <= 0xF4 && pos + length <= text.size();
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; ok && i < length; ++i) {
    ok = (byte(pos + i) & 0xC0U) == 0x80U;
    code = (code << 6) | (byte(pos + i) & 0x3FU);
  }
  ok = ok && !(length == 3 && code < 0x800) && !(length == 4 && (code < 0x10000 || code > 0x10FFFF)) &&
       !(code >= 0xD800 && code <= 0xDFFF);
  pos += ok ? length : 1;
  valid = valid && ok;
  return ok ? code : kReplacement;
}

void Append(std::string& out, char32_t code) {
  auto const put = [&](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6)), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12)), put(0x80 | ((code >> 6) & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18)), put(0x80 | ((code >> 12) & 0x3F)), put(0x80 | ((code >> 6) & 0x3F)),
        put(0x80 | (code & 0x3F));
  }
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  bool valid = true;
  for (std::size_t pos = 0; pos < text.size() && valid;) Next(text, pos, valid);
  return valid;
}

std::size_t CountCodePoints(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::u32string DecodeUtf8(std::string_view utf8) {
  std::u32string out;
  bool valid = true;
  for (std::size_t pos = 0; pos < utf8.size();) out.push_back(Next(utf8, pos, valid));
  return out;
}

std::string EncodeUtf8(std::u32string_view text) {
  std::string out;
  for (char32_t const code : text) Append(out, code);
  return out;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kWide = "\xE3\x80\x80";
  auto const space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  for (;;) {
    if (!text.empty() && space(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(kWide))
      text.remove_prefix(3);
    else if (!text.empty() && space(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(kWide))
      text.remove_suffix(3);
    else
      return text;
  }
}

std::string AsciiLower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t start = 0;;) {
    auto const end = text.find(separator, start);
    out.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return out;
    start = end + 1;
  }
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t pos = 0; (pos = text.find(from, pos)) != std::string::npos; pos += to.size())
    text.replace(pos, from.size(), to);
  return text;
}

bool HasControlCharacters(std::string_view utf8) {
  return std::any_of(utf8.begin(), utf8.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  });
}

}  // namespace bole
