#include "platform/crypto/key_ring.hpp"

#include <sys/stat.h>

#include <charconv>
#include <mutex>

#include "base/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/key_file.hpp"
#include "platform/crypto/random.hpp"

namespace bole::crypto {
namespace {

constexpr std::size_t kMasterSize = 32;
constexpr std::string_view kIndexId = "index";

tl::unexpected<Error> Invalid(std::string reason) {
  return Fail(ErrorCode::kInternal, "keys.invalid", {{"reason", std::move(reason)}});
}
tl::unexpected<Error> UnknownKey(std::string const& id) {
  return Fail(ErrorCode::kInternal, "crypto.unknown_key", {{"key_id", id}});
}

bool IsKeyId(std::string_view id) {
  return !id.empty() && id.size() <= 32 &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

Result<Bytes> DecodeSecret(std::string_view id, std::string_view text) {
  auto secret = Base64UrlDecode(Trim(text));
  if (!secret || secret->size() != kMasterSize) return Invalid("key " + std::string(id) + " is not 32 bytes base64url");
  return *std::move(secret);
}

// Changes whenever the file is replaced; empty when it is not there.
std::string StampOf(std::filesystem::path const& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return {};
  return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
         std::to_string(info.st_mtim.tv_nsec);
}

std::string WrapContext(Algorithm algorithm, std::string_view key_id, std::string_view context) {
  return "wrap\n" + std::string(AlgorithmName(algorithm)) + "\n" + std::string(key_id) + "\n" + std::string(context);
}

}  // namespace

Result<std::shared_ptr<KeyRing>> KeyRing::Load(KeyRingOptions const& options, Clock const& clock) {
  std::shared_ptr<KeyRing> ring(new KeyRing(options.algorithm, clock));
  if (!options.environment.empty()) {
    BOLE_TRY(ring->ReadEnvironment(options.environment));
    return ring;
  }
  ring->file_ = options.file;
  BOLE_ASSIGN(auto exists, KeyFileExists(options.file));
  if (!exists) {
    ring->index_secret_ = RandomBytes(kMasterSize);
    std::map<std::string, Master> first;
    first.emplace("k1", Master{RandomBytes(kMasterSize), clock.Now()});
    // Another process may be creating the file at this moment: whoever comes second reads the keys of the first.
    BOLE_TRY(CreateKeyFile(options.file, ring->ToText(first, "k1")));
  }
  {
    BOLE_ASSIGN(auto const content, ReadKeyFile(options.file));
    BOLE_ASSIGN(ring->index_secret_, DecodeSecret(kIndexId, content.index));
  }
  BOLE_TRY(ring->Refresh());
  return ring;
}

Result<> KeyRing::Refresh() const {
  if (file_.empty()) return {};
  auto const stamp = StampOf(file_);
  {
    std::shared_lock const lock(mutex_);
    if (!stamp.empty() && stamp == seen_) return {};
  }
  BOLE_ASSIGN(auto content, ReadKeyFile(file_));
  BOLE_ASSIGN(auto const index, DecodeSecret(kIndexId, content.index));
  if (index != index_secret_) return Invalid("another index key");
  std::map<std::string, Master> masters;
  for (auto const& key : content.keys) {
    BOLE_ASSIGN(auto secret, DecodeSecret(key.id, key.secret));
    auto const created = ParseInstant(key.created_at);
    if (!IsKeyId(key.id)) return Invalid("bad key id");
    if (!created) return Invalid("key " + key.id + " has no created_at");
    if (!masters.emplace(key.id, Master{std::move(secret), *created}).second) return Invalid("key id twice: " + key.id);
  }
  if (!masters.contains(content.active)) return Invalid("the active key is missing");
  std::unique_lock const lock(mutex_);
  masters_ = std::move(masters);
  active_ = content.active;
  seen_ = stamp;
  return {};
}

void KeyRing::LookAtTimes() const {
  constexpr std::int64_t kEveryMs = 1000;
  auto const now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count();
  auto due = next_look_.load();
  if (now < due || !next_look_.compare_exchange_strong(due, now + kEveryMs)) return;
  static_cast<void>(Refresh());
}

Result<> KeyRing::ReadEnvironment(std::string_view value) {
  for (auto const& entry : Split(value, ',')) {
    auto const equals = entry.find('=');
    std::string const id(Trim(std::string_view(entry).substr(0, equals)));
    if (equals == std::string::npos || !IsKeyId(id)) return Invalid("BOLE_KEYS: expected id=secret,id=secret");
    BOLE_ASSIGN(auto secret, DecodeSecret(id, std::string_view(entry).substr(equals + 1)));
    if (id == kIndexId) {
      index_secret_ = std::move(secret);
    } else {
      if (active_.empty()) active_ = id;
      if (!masters_.emplace(id, Master{std::move(secret), Instant{}}).second) return Invalid("key id twice: " + id);
    }
  }
  if (index_secret_.empty()) return Invalid("BOLE_KEYS has no index key");
  if (active_.empty()) return Invalid("BOLE_KEYS has no master key");
  return {};
}

std::string KeyRing::ToText(std::map<std::string, Master> const& masters, std::string const& active) const {
  KeyFileContent content{active, Base64UrlEncode(index_secret_), {}};
  for (auto const& [id, master] : masters)
    content.keys.push_back({id, FormatInstant(master.created_at), Base64UrlEncode(master.secret)});
  return RenderKeyFile(content);
}

std::string KeyRing::ActiveId() const {
  LookAtTimes();
  std::shared_lock const lock(mutex_);
  return active_;
}

std::vector<std::string> KeyRing::Ids() const {
  std::shared_lock const lock(mutex_);
  std::vector<std::string> ids;
  for (auto const& [id, master] : masters_) ids.push_back(id);
  return ids;
}

std::vector<MasterKeyInfo> KeyRing::Keys() const {
  LookAtTimes();
  std::shared_lock const lock(mutex_);
  std::vector<MasterKeyInfo> keys;
  for (auto const& [id, master] : masters_) keys.push_back({id, master.created_at, id == active_});
  return keys;
}

bool KeyRing::Has(std::string const& id) const {
  LookAtTimes();
  std::shared_lock const lock(mutex_);
  return masters_.contains(id);
}

// The newest key is the active one and cannot be retired, so that a number is never used again.
std::string KeyRing::NewId() const {
  int highest = 0;
  for (auto const& [id, master] : masters_) {
    int number = 0;
    if (id.starts_with('k')) std::from_chars(id.data() + 1, id.data() + id.size(), number);
    highest = std::max(highest, number);
  }
  return "k" + std::to_string(highest + 1);
}

Result<std::string> KeyRing::RotateMaster() {
  BOLE_TRY(Refresh());
  std::unique_lock const lock(mutex_);
  if (file_.empty()) return Fail(ErrorCode::kUnsupported, "keys.from_environment");
  auto masters = masters_;
  auto const id = NewId();
  masters.emplace(id, Master{RandomBytes(kMasterSize), clock_.Now()});
  BOLE_TRY(ReplaceKeyFile(file_, ToText(masters, id)));
  masters_ = std::move(masters);
  active_ = id;
  return id;
}

Result<> KeyRing::Retire(std::string const& id) {
  BOLE_TRY(Refresh());
  std::unique_lock const lock(mutex_);
  if (file_.empty()) return Fail(ErrorCode::kUnsupported, "keys.from_environment");
  if (id == active_) return Fail(ErrorCode::kConflict, "keys.active", {{"key_id", id}});
  auto masters = masters_;
  if (masters.erase(id) == 0) return NotFound("key");
  BOLE_TRY(ReplaceKeyFile(file_, ToText(masters, active_)));
  masters_ = std::move(masters);
  return {};
}

Result<Bytes> KeyRing::Derive(std::string const& id, std::string_view purpose, std::size_t size) const {
  for (bool const again : {false, true}) {
    if (again) static_cast<void>(Refresh());  // made by another process a moment ago
    std::shared_lock const lock(mutex_);
    auto const found = masters_.find(id);
    if (found != masters_.end()) return Hkdf(found->second.secret, purpose, size);
  }
  return UnknownKey(id);
}

Bytes KeyRing::IndexKey(std::string_view purpose) const { return Hkdf(index_secret_, purpose, kMasterSize); }

KeyRing::Wrapped KeyRing::Wrap(ByteView data_key, std::string_view context) const {
  Wrapped wrapped{ActiveId(), Bytes(1 + kNonceSize)};
  wrapped.bytes[0] = static_cast<std::uint8_t>(algorithm_);
  FillRandom(std::span(wrapped.bytes).subspan(1));
  Bytes const nonce(wrapped.bytes.begin() + 1, wrapped.bytes.end());
  auto const key = Derive(wrapped.key_id, "wrap", KeySize(algorithm_));
  Aead(algorithm_, key.value())
      .Seal(nonce, AsBytes(WrapContext(algorithm_, wrapped.key_id, context)), data_key, wrapped.bytes);
  return wrapped;
}

Result<Bytes> KeyRing::Unwrap(Wrapped const& wrapped, std::string_view context) const {
  if (wrapped.bytes.size() < 1 + kNonceSize + kTagSize || !IsKnown(wrapped.bytes[0]))
    return Fail(ErrorCode::kInternal, "crypto.malformed");
  auto const algorithm = static_cast<Algorithm>(wrapped.bytes[0]);
  BOLE_ASSIGN(auto key, Derive(wrapped.key_id, "wrap", KeySize(algorithm)));
  ByteView const bytes(wrapped.bytes);
  Bytes out;
  BOLE_TRY(Aead(algorithm, key)
               .Open(bytes.subspan(1, kNonceSize), AsBytes(WrapContext(algorithm, wrapped.key_id, context)),
                     bytes.subspan(1 + kNonceSize), out));
  return out;
}

}  // namespace bole::crypto
