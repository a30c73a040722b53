#include "platform/crypto/encoding.hpp"

#include <algorithm>

namespace bole::crypto {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The bits of `bytes` in groups of `bits`, the last group filled with zeros.
std::string Encode(ByteView bytes, std::string_view alphabet, unsigned bits) {
  std::string out;
  out.reserve((bytes.size() * 8 + bits - 1) / bits);
  unsigned buffer = 0, held = 0;
  unsigned const mask = (1U << bits) - 1;
  for (auto const byte : bytes) {
    buffer = (buffer << 8) | byte;
    for (held += 8; held >= bits; held -= bits) out.push_back(alphabet[(buffer >> (held - bits)) & mask]);
    buffer &= (1U << held) - 1;
  }
  if (held > 0) out.push_back(alphabet[(buffer << (bits - held)) & mask]);
  return out;
}

std::optional<Bytes> Decode(std::string_view text, std::string_view alphabet, unsigned bits) {
  Bytes out;
  out.reserve(text.size() * bits / 8);
  unsigned buffer = 0, held = 0;
  for (char const c : text) {
    auto const value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << bits) | static_cast<unsigned>(value);
    held += bits;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<std::uint8_t>(buffer >> held));
      buffer &= (1U << held) - 1;
    }
  }
  // What is left is the filling: fewer bits than a group, all zero; otherwise two texts would mean the same bytes.
  if (held >= bits || buffer != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string HexEncode(ByteView bytes) { return Encode(bytes, kHex, 4); }

std::optional<Bytes> HexDecode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return Decode(lower, kHex, 4);
}

std::string Base64Encode(ByteView bytes) {
  auto out = Encode(bytes, kBase64, 6);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

std::optional<Bytes> Base64Decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return Decode(text, kBase64, 6);
}

std::string Base64UrlEncode(ByteView bytes) { return Encode(bytes, kBase64Url, 6); }
std::optional<Bytes> Base64UrlDecode(std::string_view text) { return Decode(text, kBase64Url, 6); }
std::string Base32Encode(ByteView bytes) { return Encode(bytes, kBase32, 5); }
std::optional<Bytes> Base32Decode(std::string_view text) { return Decode(text, kBase32, 5); }

}  // namespace bole::crypto
