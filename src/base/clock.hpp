#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bole {

// A moment in UTC with millisecond grain; stored as BIGINT milliseconds since 1970, shown as ISO 8601.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// A calendar day without time or zone ("2026-11-22"); stored as TEXT.
struct Date {
  std::chrono::year_month_day value{};
  friend bool operator==(Date const&, Date const&) = default;
  friend auto operator<=>(Date const&, Date const&) = default;
};

[[nodiscard]] std::string FormatInstant(Instant at);                       // 2026-11-22T08:00:00.000Z
[[nodiscard]] std::optional<Instant> ParseInstant(std::string_view text);  // the same form; fraction optional
[[nodiscard]] std::string FormatDate(Date const& date);
[[nodiscard]] std::optional<Date> ParseDate(std::string_view text);  // real days only
// Wall time of an IANA zone, strftime-like ("%Y-%m-%d %H:%M"); an unknown zone falls back to UTC.
[[nodiscard]] std::string FormatInZone(Instant at, std::string const& zone, std::string const& format);
[[nodiscard]] bool IsKnownZone(std::string const& zone);

[[nodiscard]] inline std::int64_t ToMillis(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] inline Instant FromMillis(std::int64_t ms) { return Instant(std::chrono::milliseconds(ms)); }

// Time as a dependency, so that tests can pin it. Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(ToMillis(start)) {}
  [[nodiscard]] Instant Now() const override { return FromMillis(now_.load()); }
  void Advance(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace bole
