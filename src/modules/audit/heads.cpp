#include "modules/audit/heads.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"

namespace bole::audit {
namespace {

constexpr char const* kKeyContext = "audit_key.private_key";
constexpr std::size_t kKeyIdLength = 32;

}  // namespace

std::optional<Suite> ParseSuite(std::string_view name) {
  if (name == "ed25519-sha256") return Suite{};
  if (name == "sm2-sm3") return Suite{crypto::DigestAlgorithm::kSm3, crypto::SignatureAlgorithm::kSm2};
  return std::nullopt;
}

std::string HeadText(std::string const& log_id, std::string const& suite, store::HeadRow const& head) {
  return "bole-audit-head-1\n" + log_id + "\n" + suite + "\n" + std::to_string(head.size) + "\n" + head.root + "\n" +
         std::to_string(ToMillis(head.at)) + "\n" + head.key_id + "\n";
}

bool IsSigned(std::string const& log_id, std::string const& suite, store::HeadRow const& head,
              std::string const& public_key) {
  auto const parsed = ParseSuite(suite);
  auto const key = crypto::Base64Decode(public_key);
  auto const signature = crypto::Base64Decode(head.signature);
  return parsed && key && signature &&
         crypto::VerifySignature(parsed->signature, *key, crypto::AsBytes(HeadText(log_id, suite, head)), *signature);
}

std::string KeyIdOf(std::string const& public_key) {
  auto const bytes = crypto::Base64Decode(public_key);
  return bytes ? crypto::HexEncode(crypto::Sha256(*bytes)).substr(0, kKeyIdLength) : std::string();
}

std::string ToHex(Hash const& hash) { return crypto::HexEncode(hash); }

std::optional<Hash> HashFromHex(std::string_view text) {
  auto const bytes = crypto::HexDecode(text);
  if (!bytes || bytes->size() != sizeof(Hash)) return std::nullopt;
  Hash out;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

Result<crypto::SigningKey> Signers::Open(store::KeyRow const& key) const {
  auto const suite = ParseSuite(key.suite);
  if (!suite) return Fail(ErrorCode::kInternal, "audit.unknown_suite");
  BOLE_ASSIGN(auto const text, fields_.Decrypt(key.private_key, kKeyContext));
  auto const bytes = crypto::Base64Decode(text);
  if (!bytes) return Fail(ErrorCode::kInternal, "crypto.malformed");
  return crypto::SigningKey::Load(suite->signature, *bytes);
}

bool Signers::IsOurs(store::KeyRow const& key) const {
  auto const opened = Open(key);
  return opened && crypto::Base64Encode(opened->Public()) == key.public_key;
}

Result<std::string> Signers::Rotate(db::Tx& tx, std::string const& suite, Instant now) const {
  auto const parsed = ParseSuite(suite);
  if (!parsed) return Fail(ErrorCode::kInternal, "audit.unknown_suite");
  auto const key = crypto::SigningKey::Generate(parsed->signature);
  store::KeyRow row;
  row.suite = suite;
  row.public_key = crypto::Base64Encode(key.Public());
  row.id = KeyIdOf(row.public_key);
  row.private_key = fields_.Encrypt(crypto::Base64Encode(key.Private()), kKeyContext);
  row.created_at = now;
  auto const keys = store::Keys(tx);
  if (!keys.empty()) row.created_at = std::max(now, keys.front().created_at + std::chrono::milliseconds(1));
  tx.Insert("audit_key", row);
  return row.id;
}

Result<store::HeadRow> Signers::Sign(db::Tx& tx, store::LogRow const& log, Hash const& root, Instant now) const {
  auto keys = store::Keys(tx);
  if (keys.empty()) {
    BOLE_TRY(Rotate(tx, log.suite, now));
    keys = store::Keys(tx);
  }
  BOLE_ASSIGN(auto const key, Open(keys.front()));
  store::HeadRow head{NewUlid(now), log.size, ToHex(root), now, keys.front().id, ""};
  head.signature = crypto::Base64Encode(key.Sign(crypto::AsBytes(HeadText(log.id, log.suite, head))));
  tx.Insert("audit_head", head);
  return head;
}

}  // namespace bole::audit
