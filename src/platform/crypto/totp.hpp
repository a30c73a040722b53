#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "platform/crypto/encoding.hpp"

// Time-based one-time passwords, RFC 6238: SHA-1, 6 digits, 30 s — what every authenticator app understands.
namespace bole::crypto {

[[nodiscard]] Bytes NewTotpSecret();  // 160 bits
[[nodiscard]] std::string TotpCode(ByteView secret, Instant at, int digits = 6);
// The time step that matched within ±`drift` steps, nullopt when none. Store it and pass it as `after` next time, so
// that a code works once only.
[[nodiscard]] std::optional<std::int64_t> VerifyTotp(ByteView secret, std::string_view code, Instant now,
                                                     std::int64_t after = -1, int drift = 1);
// otpauth://totp/… for the QR code.
[[nodiscard]] std::string TotpUri(ByteView secret, std::string_view issuer, std::string_view account);

}  // namespace bole::crypto
