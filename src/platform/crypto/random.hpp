#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "platform/crypto/encoding.hpp"

// Randomness of the operating system. Thread-safe.
namespace bole::crypto {

void FillRandom(std::span<std::uint8_t> out);
[[nodiscard]] Bytes RandomBytes(std::size_t count);
// A link or session token: base64url of `bytes` random bytes (32 bytes: 43 characters, 256 bits).
[[nodiscard]] std::string RandomToken(std::size_t bytes = 32);
// A one-time code of decimal digits, every code equally likely. digits: 1 to 9.
[[nodiscard]] std::string OneTimeCode(int digits = 6);

}  // namespace bole::crypto
