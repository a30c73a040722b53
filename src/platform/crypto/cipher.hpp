#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "platform/crypto/key_ring.hpp"

namespace bole::crypto {

inline constexpr std::string_view kSealedPrefix = "b1:";
// What a sealed text was written with. Its first characters are enough: prefix, key, colon and two more.
struct SealedWith {
  std::string key_id;
  Algorithm algorithm = Algorithm::kAes256Gcm;
};
[[nodiscard]] std::optional<SealedWith> ReadSealedWith(std::string_view beginning);

// Short secrets as text: "b1:<key id>:<base64url of algorithm, nonce, ciphertext, tag>". `purpose` selects the derived
// key, `associated` must be the same at Open (bind a value to its row or use). Random 96-bit nonce. Thread-safe.
class Cipher {
 public:
  Cipher(std::shared_ptr<KeyRing const> keys, std::string purpose);

  [[nodiscard]] std::string Seal(std::string_view plaintext, std::string_view associated) const;
  // kInternal: crypto.malformed, crypto.unknown_key, crypto.tampered.
  [[nodiscard]] Result<std::string> Open(std::string_view sealed, std::string_view associated) const;
  // Written under another master key or algorithm than today's: Open and Seal again. Malformed text: true.
  [[nodiscard]] bool NeedsRotation(std::string_view sealed) const;

 private:
  struct Pool;
  [[nodiscard]] Result<Aead> Borrow(std::string const& key_id, Algorithm algorithm) const;
  void GiveBack(std::string const& key_id, Algorithm algorithm, Aead aead) const;

  std::shared_ptr<KeyRing const> keys_;
  std::string purpose_;
  std::shared_ptr<Pool> pool_;  // key schedules that are ready: deriving one costs ten times a short field
};

// Secret<T> columns of one tenant. `context` names table and column ("people.id_number"), so that a value cannot be
// moved into another column; the empty text stays empty. Thread-safe.
class FieldCipher {
 public:
  explicit FieldCipher(std::shared_ptr<KeyRing const> keys, std::string tenant = "default");

  [[nodiscard]] std::string Encrypt(std::string_view plaintext, std::string_view context) const;
  [[nodiscard]] Result<std::string> Decrypt(std::string_view stored, std::string_view context) const;
  [[nodiscard]] bool NeedsRotation(std::string_view stored) const;
  // For equality search and uniqueness: HMAC-SHA-256 truncated to 128 bits, 32 hex characters; survives rotation.
  // Normalise before (trim, digits only, lower case). Empty value: empty index.
  [[nodiscard]] std::string BlindIndex(std::string_view value, std::string_view context) const;

 private:
  Cipher cipher_;
  std::shared_ptr<KeyRing const> keys_;
  std::string tenant_;
};

}  // namespace bole::crypto
