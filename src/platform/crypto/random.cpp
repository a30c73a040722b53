#include "platform/crypto/random.hpp"

#include <botan/system_rng.h>

#include <algorithm>

namespace bole::crypto {

void FillRandom(std::span<std::uint8_t> out) { Botan::system_rng().randomize(out.data(), out.size()); }

Bytes RandomBytes(std::size_t count) {
  Bytes out(count);
  FillRandom(out);
  return out;
}

std::string RandomToken(std::size_t bytes) { return Base64UrlEncode(RandomBytes(bytes)); }

std::string OneTimeCode(int digits) {
  std::string out;
  while (out.size() < static_cast<std::size_t>(std::clamp(digits, 1, 9))) {
    auto const byte = RandomBytes(1)[0];
    if (byte < 250) out.push_back(static_cast<char>('0' + byte % 10));  // 250–255 would favour 0–5
  }
  return out;
}

}  // namespace bole::crypto
