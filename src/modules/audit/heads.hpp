#pragma once
#include "modules/audit/store.hpp"
#include "platform/crypto/signature.hpp"

namespace bole::crypto {
class FieldCipher;
}

// Signed tree heads: what they say, who signs them.
namespace bole::audit {

// Hash and signature of a log, chosen when it begins.
struct Suite {
  crypto::DigestAlgorithm digest = crypto::DigestAlgorithm::kSha256;
  crypto::SignatureAlgorithm signature = crypto::SignatureAlgorithm::kEd25519;
};
// "ed25519-sha256", "sm2-sm3".
[[nodiscard]] std::optional<Suite> ParseSuite(std::string_view name);

// What is signed, in lines: "bole-audit-head-1", log id, suite, size, root in hex, milliseconds since 1970, key id.
[[nodiscard]] std::string HeadText(std::string const& log_id, std::string const& suite, store::HeadRow const& head);
[[nodiscard]] bool IsSigned(std::string const& log_id, std::string const& suite, store::HeadRow const& head,
                            std::string const& public_key);
// 32 hex digits: the beginning of the SHA-256 of the key (base64 of SubjectPublicKeyInfo), so that an id cannot lie.
[[nodiscard]] std::string KeyIdOf(std::string const& public_key);

[[nodiscard]] std::string ToHex(Hash const& hash);
[[nodiscard]] std::optional<Hash> HashFromHex(std::string_view text);

// The private keys, sealed under the key ring (modules/keys seals them anew when it rotates). Functions run in the
// caller's transaction.
class Signers {
 public:
  explicit Signers(crypto::FieldCipher const& fields) : fields_(fields) {}
  // Signs with the newest key, or makes the first one.
  Result<store::HeadRow> Sign(db::Tx& tx, store::LogRow const& log, Hash const& root, Instant now) const;
  // Makes a new key that signs from now on; older heads stay verifiable. Returns its id.
  Result<std::string> Rotate(db::Tx& tx, std::string const& suite, Instant now) const;
  // Whether the private half opens under this installation's key ring and belongs to the public one: a key that
  // somebody put into the database does not.
  [[nodiscard]] bool IsOurs(store::KeyRow const& key) const;

 private:
  [[nodiscard]] Result<crypto::SigningKey> Open(store::KeyRow const& key) const;
  crypto::FieldCipher const& fields_;
};

}  // namespace bole::audit
