#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "platform/crypto/encoding.hpp"

namespace bole::crypto {

// Values are written into files and database columns: never renumber.
enum class Algorithm : std::uint8_t { kAes256Gcm = 1, kSm4Gcm = 2 };
[[nodiscard]] std::optional<Algorithm> ParseAlgorithm(std::string_view name);  // "aes-256-gcm", "sm4-gcm"
[[nodiscard]] std::string_view AlgorithmName(Algorithm algorithm);
[[nodiscard]] constexpr std::size_t KeySize(Algorithm algorithm) { return algorithm == Algorithm::kSm4Gcm ? 16 : 32; }
[[nodiscard]] bool IsKnown(std::uint8_t algorithm);

inline constexpr std::size_t kNonceSize = 12;
inline constexpr std::size_t kTagSize = 16;

// Authenticated encryption under one key. The key schedule is done once; keep the object for many messages.
// Not thread-safe. A nonce must never repeat under one key: draw it at random (limit about 2^32 messages a key).
class Aead {
 public:
  Aead(Algorithm algorithm, ByteView key);  // key.size() == KeySize(algorithm)
  ~Aead();
  Aead(Aead&&) noexcept;
  Aead& operator=(Aead&&) noexcept;

  // Appends ciphertext and tag of `plaintext` to `out`.
  void Seal(ByteView nonce, ByteView associated, ByteView plaintext, Bytes& out);
  // Replaces the content of `out` with the plaintext of `sealed` (ciphertext and tag). kInternal `crypto.tampered`
  // when key, nonce, associated data or a single bit differ; `out` is then empty.
  [[nodiscard]] Result<> Open(ByteView nonce, ByteView associated, ByteView sealed, Bytes& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::crypto
