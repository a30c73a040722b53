#pragma once
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "platform/crypto/aead.hpp"

namespace bole::crypto {

struct KeyRingOptions {
  std::filesystem::path file;                   // keys.toml; created with one random key when missing, mode 0600
  std::string environment;                      // value of BOLE_KEYS: "index=<base64url>,<id>=<base64url>,…";
                                                // the first id is active; when set, `file` is not touched
  Algorithm algorithm = Algorithm::kAes256Gcm;  // for new data
};

struct MasterKeyInfo {
  std::string id;
  Instant created_at{};  // the epoch for keys from the environment
  bool active = false;
};

// The master keys of an installation (256 bits each, by id; one active) and the index key, which never rotates because
// blind indexes must stay comparable. Losing the file loses every encrypted field and blob: back it up apart from the
// data. Data is never encrypted with a master key itself but with keys derived from it (Derive) or wrapped by it
// (Wrap). Another process may rotate: the file is looked at once a second and when a key is unknown. Thread-safe.
class KeyRing {
 public:
  // Errors (kInternal): keys.unreadable, keys.invalid (params reason), keys.bad_mode (others may read the file).
  [[nodiscard]] static Result<std::shared_ptr<KeyRing>> Load(KeyRingOptions const& options, Clock const& clock);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] std::string ActiveId() const;
  [[nodiscard]] std::vector<std::string> Ids() const;
  [[nodiscard]] std::vector<MasterKeyInfo> Keys() const;
  [[nodiscard]] bool Has(std::string const& id) const;
  [[nodiscard]] bool FromEnvironment() const { return file_.empty(); }
  // Takes over what the file says now, when it changed. An unreadable file leaves the keys as they were.
  Result<> Refresh() const;

  // Makes a new active master key and writes it durably before it is used. Old keys stay for reading until the data is
  // re-encrypted (FieldCipher::NeedsRotation, BlobStore::RewrapKey) and Retire() is called. kUnsupported from
  // environment.
  [[nodiscard]] Result<std::string> RotateMaster();
  [[nodiscard]] Result<> Retire(std::string const& id);  // kConflict for the active key

  // A key of `size` bytes for a purpose ("field/default"), by HKDF-SHA-256. kInternal crypto.unknown_key.
  [[nodiscard]] Result<Bytes> Derive(std::string const& id, std::string_view purpose, std::size_t size) const;
  [[nodiscard]] Bytes IndexKey(std::string_view purpose) const;  // 32 bytes

  // A random data key sealed under a master key: [algorithm][nonce][ciphertext][tag], bound to `context`.
  struct Wrapped {
    std::string key_id;
    Bytes bytes;
  };
  [[nodiscard]] Wrapped Wrap(ByteView data_key, std::string_view context) const;  // under the active key
  [[nodiscard]] Result<Bytes> Unwrap(Wrapped const& wrapped, std::string_view context) const;

 private:
  struct Master {
    Bytes secret;
    Instant created_at;
  };
  KeyRing(Algorithm algorithm, Clock const& clock) : algorithm_(algorithm), clock_(clock) {}
  void LookAtTimes() const;
  [[nodiscard]] Result<> ReadEnvironment(std::string_view value);
  [[nodiscard]] std::string ToText(std::map<std::string, Master> const& masters, std::string const& active) const;
  [[nodiscard]] std::string NewId() const;

  Algorithm algorithm_;
  Clock const& clock_;
  std::filesystem::path file_;  // empty: from the environment
  Bytes index_secret_;
  mutable std::atomic<std::int64_t> next_look_{0};  // milliseconds of the steady clock
  mutable std::shared_mutex mutex_;
  mutable std::map<std::string, Master> masters_;
  mutable std::string active_, seen_;  // seen_: the file when it was last read
};

}  // namespace bole::crypto
