#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bole {

// UTF-8 helpers without locale. All are pure.
[[nodiscard]] bool IsValidUtf8(std::string_view text);
[[nodiscard]] std::size_t CountCodePoints(std::string_view utf8);
[[nodiscard]] std::u32string DecodeUtf8(std::string_view utf8);  // broken bytes become U+FFFD
[[nodiscard]] std::string EncodeUtf8(std::u32string_view text);
[[nodiscard]] std::string_view Trim(std::string_view text);  // ASCII and U+3000 space
[[nodiscard]] std::string AsciiLower(std::string_view text);
[[nodiscard]] std::vector<std::string> Split(std::string_view text, char separator);
[[nodiscard]] std::string ReplaceAll(std::string text, std::string_view from, std::string_view to);
// Control characters except tab and newline: refused in every input text.
[[nodiscard]] bool HasControlCharacters(std::string_view utf8);

}  // namespace bole
