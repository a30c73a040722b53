#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bole::crypto {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;

[[nodiscard]] inline ByteView AsBytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view AsText(ByteView bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

// Decoders are strict: a wrong character, length or stray bit gives nullopt.
[[nodiscard]] std::string HexEncode(ByteView bytes);  // lower case
[[nodiscard]] std::optional<Bytes> HexDecode(std::string_view text);
[[nodiscard]] std::string Base64Encode(ByteView bytes);  // RFC 4648 with padding
[[nodiscard]] std::optional<Bytes> Base64Decode(std::string_view text);
[[nodiscard]] std::string Base64UrlEncode(ByteView bytes);  // without padding
[[nodiscard]] std::optional<Bytes> Base64UrlDecode(std::string_view text);
[[nodiscard]] std::string Base32Encode(ByteView bytes);  // RFC 4648 without padding: TOTP secrets
[[nodiscard]] std::optional<Bytes> Base32Decode(std::string_view text);

}  // namespace bole::crypto
