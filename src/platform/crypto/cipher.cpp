#include "platform/crypto/cipher.hpp"

#include <mutex>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::crypto {
namespace {

constexpr std::string_view kPrefix = kSealedPrefix;
constexpr std::size_t kMaxIdle = 64;

struct Parts {
  std::string key_id;
  Algorithm algorithm;
  Bytes payload;  // algorithm, nonce, ciphertext, tag
};

Result<Parts> Parse(std::string_view sealed) {
  auto const malformed = [] { return Fail(ErrorCode::kInternal, "crypto.malformed"); };
  if (!sealed.starts_with(kPrefix)) return malformed();
  sealed.remove_prefix(kPrefix.size());
  auto const colon = sealed.find(':');
  if (colon == std::string_view::npos) return malformed();
  auto payload = Base64UrlDecode(sealed.substr(colon + 1));
  if (!payload || payload->size() < 1 + kNonceSize + kTagSize || !IsKnown(payload->front())) return malformed();
  auto const algorithm = static_cast<Algorithm>(payload->front());
  return Parts{std::string(sealed.substr(0, colon)), algorithm, *std::move(payload)};
}

// Everything that is not encrypted but must not change.
std::string Associated(Algorithm algorithm, std::string_view key_id, std::string_view associated) {
  return std::string(kPrefix) + std::string(AlgorithmName(algorithm)) + ":" + std::string(key_id) + ":" +
         std::string(associated);
}

}  // namespace

std::optional<SealedWith> ReadSealedWith(std::string_view beginning) {
  if (!beginning.starts_with(kPrefix)) return std::nullopt;
  beginning.remove_prefix(kPrefix.size());
  auto const colon = beginning.find(':');
  if (colon == std::string_view::npos || beginning.size() < colon + 3) return std::nullopt;
  // The algorithm is the first byte, in two characters of base64; the next two only complete a group.
  auto const first = Base64UrlDecode(std::string(beginning.substr(colon + 1, 2)) + "AA");
  if (!first || !IsKnown(first->front())) return std::nullopt;
  return SealedWith{std::string(beginning.substr(0, colon)), static_cast<Algorithm>(first->front())};
}

struct Cipher::Pool {
  std::mutex mutex;
  std::multimap<std::pair<std::string, Algorithm>, Aead> idle;
};

Cipher::Cipher(std::shared_ptr<KeyRing const> keys, std::string purpose)
    : keys_(std::move(keys)), purpose_(std::move(purpose)), pool_(std::make_shared<Pool>()) {}

Result<Aead> Cipher::Borrow(std::string const& key_id, Algorithm algorithm) const {
  if (keys_->Has(key_id)) {  // a retired key is gone at once
    std::lock_guard const lock(pool_->mutex);
    if (auto node = pool_->idle.extract(std::pair(key_id, algorithm))) return std::move(node.mapped());
  }
  BOLE_ASSIGN(auto const key, keys_->Derive(key_id, purpose_, KeySize(algorithm)));
  return Aead(algorithm, key);
}

void Cipher::GiveBack(std::string const& key_id, Algorithm algorithm, Aead aead) const {
  std::lock_guard const lock(pool_->mutex);
  if (pool_->idle.size() < kMaxIdle) pool_->idle.emplace(std::pair(key_id, algorithm), std::move(aead));
}

std::string Cipher::Seal(std::string_view plaintext, std::string_view associated) const {
  auto const algorithm = keys_->algorithm();
  auto const key_id = keys_->ActiveId();
  auto aead = Borrow(key_id, algorithm).value();
  Bytes payload(1 + kNonceSize);
  payload[0] = static_cast<std::uint8_t>(algorithm);
  FillRandom(std::span(payload).subspan(1));
  Bytes const nonce(payload.begin() + 1, payload.end());
  aead.Seal(nonce, AsBytes(Associated(algorithm, key_id, associated)), AsBytes(plaintext), payload);
  GiveBack(key_id, algorithm, std::move(aead));
  return std::string(kPrefix) + key_id + ":" + Base64UrlEncode(payload);
}

Result<std::string> Cipher::Open(std::string_view sealed, std::string_view associated) const {
  BOLE_ASSIGN(auto const parts, Parse(sealed));
  BOLE_ASSIGN(auto aead, Borrow(parts.key_id, parts.algorithm));
  ByteView const payload(parts.payload);
  Bytes plaintext;
  auto const opened =
      aead.Open(payload.subspan(1, kNonceSize), AsBytes(Associated(parts.algorithm, parts.key_id, associated)),
                payload.subspan(1 + kNonceSize), plaintext);
  GiveBack(parts.key_id, parts.algorithm, std::move(aead));
  BOLE_TRY(opened);
  return std::string(AsText(plaintext));
}

bool Cipher::NeedsRotation(std::string_view sealed) const {
  auto const parts = Parse(sealed);
  return !parts || parts->key_id != keys_->ActiveId() || parts->algorithm != keys_->algorithm();
}

FieldCipher::FieldCipher(std::shared_ptr<KeyRing const> keys, std::string tenant)
    : cipher_(keys, "field/" + tenant), keys_(std::move(keys)), tenant_(std::move(tenant)) {}

std::string FieldCipher::Encrypt(std::string_view plaintext, std::string_view context) const {
  return plaintext.empty() ? std::string() : cipher_.Seal(plaintext, context);
}

Result<std::string> FieldCipher::Decrypt(std::string_view stored, std::string_view context) const {
  if (stored.empty()) return std::string();
  return cipher_.Open(stored, context);
}

bool FieldCipher::NeedsRotation(std::string_view stored) const {
  return !stored.empty() && cipher_.NeedsRotation(stored);
}

std::string FieldCipher::BlindIndex(std::string_view value, std::string_view context) const {
  if (value.empty()) return {};
  auto const key = keys_->IndexKey("blind/" + tenant_ + "/" + std::string(context));
  return HexEncode(HmacSha256(key, AsBytes(value))).substr(0, 32);
}

}  // namespace bole::crypto
