#include "base/ids.hpp"

#include <array>
#include <mutex>
#include <random>

namespace bole {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
using Digits = std::array<unsigned char, 16>;  // the 80 random bits, five each

// Adds one; on overflow (2^80 ids in one millisecond) wraps, which no process reaches.
void Increment(Digits& digits) {
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    if (++*it < 32) return;
    *it = 0;
  }
}

}  // namespace

std::string NewUlid(Instant now) {
  static std::mutex mutex;
  static std::random_device device;
  static std::int64_t last_ms = -1;
  static Digits digits{};

  std::lock_guard const lock(mutex);
  std::int64_t ms = ToMillis(now);
  if (ms <= last_ms) {
    ms = last_ms;
    Increment(digits);
  } else {
    last_ms = ms;
    for (auto& digit : digits) digit = static_cast<unsigned char>(device() & 31U);
    digits[0] &= 15U;  // room to count up
  }
  std::string out(26, '0');
  for (std::size_t i = 10; i-- > 0; ms >>= 5) out[i] = kAlphabet[static_cast<std::size_t>(ms & 31)];
  for (std::size_t i = 0; i < digits.size(); ++i) out[10 + i] = kAlphabet[digits[i]];
  return out;
}

bool IsUlid(std::string_view text) {
  return text.size() == 26 && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace bole
