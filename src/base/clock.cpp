#include "base/clock.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace bole {
namespace {

// Reads exactly `digits` decimal digits at `pos`.
std::optional<int> Digits(std::string_view text, std::size_t pos, std::size_t digits) {
  if (pos + digits > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = pos; i < pos + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::string FormatInstant(Instant at) {
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const ymd{day};
  std::chrono::hh_mm_ss const time{at - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(ymd.year()), unsigned(ymd.month()),
                     unsigned(ymd.day()), time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

std::optional<Instant> ParseInstant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  auto const date = ParseDate(text.substr(0, 10));
  auto const hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  if (!date || !hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  int millis = 0;
  if (text.size() > 20) {
    auto const fraction = text.substr(20, text.size() - 21);
    if (text[19] != '.' || fraction.empty() || fraction.size() > 9) return std::nullopt;
    for (std::size_t i = 0; i < 3; ++i) {
      auto const digit = i < fraction.size() ? Digits(fraction, i, 1) : 0;
      if (!digit) return std::nullopt;
      millis = millis * 10 + *digit;
    }
  }
  return Instant(std::chrono::sys_days(date->value)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(millis);
}

std::string FormatDate(Date const& date) {
  return fmt::format("{:04}-{:02}-{:02}", int(date.value.year()), unsigned(date.value.month()),
                     unsigned(date.value.day()));
}

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  Date const date{std::chrono::year(*year) / *month / *day};
  if (!date.value.ok()) return std::nullopt;
  return date;
}

bool IsKnownZone(std::string const& zone) {
  auto const& zones = date::get_tzdb().zones;
  auto const named = [&](auto const& entry) { return entry.name() == zone; };
  return std::any_of(zones.begin(), zones.end(), named);
}

std::string FormatInZone(Instant at, std::string const& zone, std::string const& format) {
  auto const* tz = date::locate_zone(IsKnownZone(zone) ? zone : "UTC");
  return date::format(format, date::zoned_time<std::chrono::milliseconds>(tz, at));
}

Instant SystemClock::Now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace bole
