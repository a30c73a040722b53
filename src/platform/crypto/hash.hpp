#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "platform/crypto/encoding.hpp"

namespace bole::crypto {

[[nodiscard]] Bytes Sha256(ByteView data);
[[nodiscard]] std::string Sha256Hex(std::string_view data);
[[nodiscard]] Bytes HmacSha256(ByteView key, ByteView data);
[[nodiscard]] std::string HmacSha256Hex(std::string_view key, std::string_view data);
// HKDF (RFC 5869) with SHA-256 and no salt: an independent key per `purpose`.
[[nodiscard]] Bytes Hkdf(ByteView secret, std::string_view purpose, std::size_t size);
// Time depends on the lengths only. Compare hashes or tokens with this, never with ==.
[[nodiscard]] bool ConstantTimeEqual(std::string_view a, std::string_view b);

// Incremental SHA-256 for what does not fit into memory. Not thread-safe.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void Update(ByteView data);
  [[nodiscard]] std::string FinishHex();  // and starts anew

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::crypto
