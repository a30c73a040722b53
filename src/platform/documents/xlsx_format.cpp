#include "platform/documents/xlsx_format.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "base/clock.hpp"
#include "base/text.hpp"

namespace bole::documents {
namespace {

constexpr double kMaxExactDigits = 1e15;
constexpr double kLastSerial = 2'958'466;  // 10000-01-01
constexpr std::int64_t kDaySeconds = 86'400;

bool IsPlainInteger(std::string_view raw) {
  if (raw.starts_with('-')) raw.remove_prefix(1);
  return !raw.empty() && raw.find_first_not_of("0123456789") == std::string_view::npos;
}

// Excel computes and shows 15 significant digits, so 0.30000000000000004 is 0.3 to the person who typed it.
std::string PrintNumber(double value) {
  if (value == 0) return "0";
  auto const scientific = fmt::format("{:.14e}", std::abs(value));  // d.dddddddddddddde±xx
  auto digits = scientific.substr(0, 1) + scientific.substr(2, 14);
  auto const exponent = std::stoi(scientific.substr(17));
  digits.erase(digits.find_last_not_of('0') + 1);
  auto const whole = exponent + 1;  // digits before the point
  if (whole <= 0) {
    digits.insert(0, "0." + std::string(static_cast<std::size_t>(-whole), '0'));
  } else if (auto const length = static_cast<std::size_t>(whole); digits.size() <= length) {
    digits.append(length - digits.size(), '0');
  } else {
    digits.insert(length, ".");
  }
  return value < 0 ? "-" + digits : digits;
}

std::string PrintTime(std::int64_t second_of_day) {
  return fmt::format("{:02}:{:02}:{:02}", second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
}

std::optional<std::string> PrintSerial(double serial, NumberStyle style, bool since_1904) {
  if (!(serial >= 0 && serial < kLastSerial)) return std::nullopt;
  auto const seconds = std::llround(serial * static_cast<double>(kDaySeconds));
  auto day = seconds / kDaySeconds;
  auto const time = PrintTime(seconds % kDaySeconds);
  if (style == NumberStyle::kElapsed) return PrintTime(seconds);
  if (style == NumberStyle::kTime && day == 0) return time;
  if (since_1904) {
    day += 1462;
  } else {
    // Excel believes that 1900 was a leap year: day 60 never was, earlier ones are off by one.
    if (day == 60) return std::nullopt;
    if (day < 60) ++day;
  }
  auto const date = std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) + std::chrono::days(day);
  auto const text = FormatDate(Date{std::chrono::year_month_day(date)});
  return style == NumberStyle::kDate ? text : text + "T" + time;
}

// The first section without quoted text, escaped characters, colours and conditions; elapsed time is noted.
std::string Skeleton(std::string_view code, bool& elapsed) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    auto const c = code[i];
    if (c == '"' || c == '[') {
      auto const close = code.find(c == '"' ? '"' : ']', i + 1);
      if (close == std::string_view::npos) break;
      auto const inside = AsciiLower(code.substr(i + 1, close - i - 1));
      if (c == '[' && !inside.empty() && inside.find_first_not_of(inside[0]) == std::string::npos &&
          std::string_view("hms").find(inside[0]) != std::string_view::npos)
        elapsed = true;
      i = close;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if ((c == 'E' || c == 'e') && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
      ++i;
    } else {
      out += c;
    }
  }
  out = AsciiLower(out);
  for (auto const* word : {"general", "am/pm", "a/p"}) out = ReplaceAll(std::move(out), word, "");
  return out;
}

}  // namespace

NumberStyle StyleOfFormatCode(std::string_view code) {
  bool elapsed = false;
  auto const skeleton = Skeleton(code, elapsed);
  if (elapsed) return NumberStyle::kElapsed;
  auto const has = [&](char const* any) { return skeleton.find_first_of(any) != std::string::npos; };
  bool const time = has("hs");
  // A lone "m" is a month, beside hours or seconds it is minutes.
  bool const date = has("yde") || (has("m") && !time);
  if (date) return time ? NumberStyle::kDateTime : NumberStyle::kDate;
  return time ? NumberStyle::kTime : NumberStyle::kNumber;
}

NumberStyle StyleOfBuiltIn(int id) {
  if (id == 22) return NumberStyle::kDateTime;
  if (id == 46) return NumberStyle::kElapsed;
  if ((id >= 18 && id <= 21) || id == 45 || id == 47 || (id >= 32 && id <= 35) || id == 55 || id == 56)
    return NumberStyle::kTime;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return NumberStyle::kDate;
  return NumberStyle::kNumber;
}

Cell NumberCell(std::string_view raw, NumberStyle style, bool since_1904) {
  raw = Trim(raw);
  if (raw.empty()) return {};
  double value = 0;
  auto const* const end = raw.data() + raw.size();
  auto const parsed = std::from_chars(raw.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(value))
    return Cell{CellKind::kError, std::string(raw)};
  if (style != NumberStyle::kNumber)
    if (auto text = PrintSerial(value, style, since_1904)) return Cell{CellKind::kDate, *std::move(text)};
  bool const lost = std::abs(value) >= kMaxExactDigits;
  // Other programs write all the digits of a long number: keep them, the flag still warns.
  auto text = lost && IsPlainInteger(raw) ? std::string(raw) : PrintNumber(value);
  return Cell{CellKind::kNumber, std::move(text), lost};
}

std::string DecodeEscapes(std::string text) {
  auto at = text.find("_x");
  while (at != std::string::npos) {
    unsigned code = 0;
    auto const* const digits = text.data() + at + 2;
    if (at + 7 <= text.size() && text[at + 6] == '_' &&
        std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 && (code & 0xF800U) != 0xD800U) {
      auto const decoded = EncodeUtf8(std::u32string(1, static_cast<char32_t>(code)));
      text.replace(at, 7, decoded);
      at += decoded.size();
    } else {
      at += 2;
    }
    at = text.find("_x", at);
  }
  return text;
}

}  // namespace bole::documents
