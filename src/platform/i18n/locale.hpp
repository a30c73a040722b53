#pragma once
#include <optional>
#include <string_view>

namespace bole::i18n {

// The languages in which Bole speaks to people. The first is the default.
enum class Locale { kZhCn, kEnUs };
inline constexpr Locale kDefaultLocale = Locale::kZhCn;

[[nodiscard]] std::string_view LocaleName(Locale locale);               // "zh-CN", "en-US"
[[nodiscard]] std::optional<Locale> ParseLocale(std::string_view tag);  // exact name, letter case ignored
// `preferred` (the header X-Bole-Locale) wins when it names a known locale; else the best match of an
// Accept-Language header (RFC 9110 §12.5.4, "zh" and "zh-Hans-CN" are zh-CN, "en-GB" is en-US); else `fallback`.
[[nodiscard]] Locale Negotiate(std::string_view preferred, std::string_view accept_language,
                               Locale fallback = kDefaultLocale);

}  // namespace bole::i18n
