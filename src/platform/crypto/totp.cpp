#include "platform/crypto/totp.hpp"

#include <botan/otp.h>
#include <fmt/format.h>

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::crypto {
namespace {

constexpr std::int64_t kStepMs = 30'000;

std::string CodeOfStep(ByteView secret, std::int64_t step, int digits) {
  Botan::HOTP hotp(secret.data(), secret.size(), "SHA-1", static_cast<std::size_t>(digits));
  return fmt::format("{:0{}}", hotp.generate_hotp(static_cast<std::uint64_t>(step)), digits);
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~@").find(c) != std::string_view::npos;
    if (plain)
      out.push_back(c);
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

Bytes NewTotpSecret() { return RandomBytes(20); }

std::string TotpCode(ByteView secret, Instant at, int digits) {
  return CodeOfStep(secret, ToMillis(at) / kStepMs, std::clamp(digits, 6, 8));
}

std::optional<std::int64_t> VerifyTotp(ByteView secret, std::string_view code, Instant now, std::int64_t after,
                                       int drift) {
  if (code.size() != 6) return std::nullopt;
  auto const step = ToMillis(now) / kStepMs;
  std::optional<std::int64_t> matched;  // every step is compared: time does not tell which one matched
  for (auto candidate = std::max<std::int64_t>(0, step - drift); candidate <= step + drift; ++candidate)
    if (ConstantTimeEqual(CodeOfStep(secret, candidate, 6), code) && candidate > after && !matched) matched = candidate;
  return matched;
}

std::string TotpUri(ByteView secret, std::string_view issuer, std::string_view account) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30",
                     PercentEncode(issuer), PercentEncode(account), Base32Encode(secret));
}

}  // namespace bole::crypto
