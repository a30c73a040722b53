#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "platform/crypto/encoding.hpp"

namespace bole::crypto {

enum class SignatureAlgorithm {
  kEd25519,  // RFC 8032, pure
  kSm2,      // GB/T 32918 over SM3, user id 1234567812345678 (GM/T 0009)
};

// A private key for signatures. Not thread-safe.
class SigningKey {
 public:
  [[nodiscard]] static SigningKey Generate(SignatureAlgorithm algorithm);
  // PKCS #8 (DER) as from Private(). kInternal crypto.malformed.
  [[nodiscard]] static Result<SigningKey> Load(SignatureAlgorithm algorithm, ByteView pkcs8);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  [[nodiscard]] Bytes Private() const;  // PKCS #8: keep it encrypted
  [[nodiscard]] Bytes Public() const;   // SubjectPublicKeyInfo (DER)
  [[nodiscard]] Bytes Sign(ByteView message) const;

 private:
  struct Impl;
  explicit SigningKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// False also for a public key that is none or of another algorithm.
[[nodiscard]] bool VerifySignature(SignatureAlgorithm algorithm, ByteView public_key, ByteView message,
                                   ByteView signature);
// The public key as people exchange it: -----BEGIN PUBLIC KEY-----
[[nodiscard]] std::string PublicKeyPem(ByteView public_key);

}  // namespace bole::crypto
