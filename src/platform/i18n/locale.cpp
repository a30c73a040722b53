#include "platform/i18n/locale.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace bole::i18n {
namespace {

// The quality of one Accept-Language entry in thousandths; broken numbers count as refused.
int Quality(std::string_view parameters) {
  auto const at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  auto const digits = Trim(parameters.substr(at + 2));
  if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 0;
  if (digits[0] == '1') return 1000;
  int value = 0;
  int scale = 100;
  for (char const c : digits.substr(1)) {
    if (c == '.') continue;
    if (c < '0' || c > '9') break;
    value += (c - '0') * scale;
    scale /= 10;
  }
  return value;
}

std::optional<Locale> Match(std::string_view tag) {
  auto const lower = AsciiLower(tag);
  if (lower == "zh" || lower.starts_with("zh-")) return Locale::kZhCn;
  if (lower == "en" || lower.starts_with("en-")) return Locale::kEnUs;
  return std::nullopt;
}

}  // namespace

std::string_view LocaleName(Locale locale) { return locale == Locale::kEnUs ? "en-US" : "zh-CN"; }

std::optional<Locale> ParseLocale(std::string_view tag) {
  auto const lower = AsciiLower(Trim(tag));
  if (lower == "zh-cn") return Locale::kZhCn;
  if (lower == "en-us") return Locale::kEnUs;
  return std::nullopt;
}

Locale Negotiate(std::string_view preferred, std::string_view accept_language, Locale fallback) {
  if (auto const exact = ParseLocale(preferred)) return *exact;
  std::optional<Locale> best;
  int best_quality = 0;
  while (!accept_language.empty()) {
    auto const entry = accept_language.substr(0, accept_language.find(','));
    accept_language.remove_prefix(std::min(entry.size() + 1, accept_language.size()));
    auto const semicolon = entry.find(';');
    auto const match = Match(Trim(entry.substr(0, semicolon)));
    auto const quality = semicolon == std::string_view::npos ? 1000 : Quality(entry.substr(semicolon + 1));
    if (match && quality > best_quality) best = match, best_quality = quality;
  }
  return best.value_or(fallback);
}

}  // namespace bole::i18n
