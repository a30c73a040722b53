#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/app/context.hpp"
#include "platform/reflect/page.hpp"
#include "platform/security/principal.hpp"
#include "platform/security/sealed_column.hpp"

namespace bole::audit {
class Api;
}
namespace bole::crypto {
class KeyRing;
}

// T1: which master keys there are, what still needs each, and their rotation. README.md.
namespace bole::keys {

struct MasterKeyView {
  std::string id;
  std::optional<Instant> created_at;  // unknown for keys from the environment
  bool active = false;
  // What was written with this key; of the active one only what has another algorithm than today's.
  std::int64_t values_to_rotate = 0, recordings_to_rotate = 0;
};
BOOST_DESCRIBE_STRUCT(MasterKeyView, (), (id, created_at, active, values_to_rotate, recordings_to_rotate))

struct KeyRotationView {
  std::string key_id, algorithm;
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::int64_t sealed_values = 0, recordings = 0;  // done so far
};
BOOST_DESCRIBE_STRUCT(KeyRotationView, (), (key_id, algorithm, started_at, finished_at, sealed_values, recordings))

struct EncryptionView {
  std::string algorithm;  // for new data: aes-256-gcm, sm4-gcm
  std::vector<MasterKeyView> keys;
  std::optional<KeyRotationView> last_rotation;
  std::vector<std::string> unregistered;  // "table.column" that hold sealed values which no module has named
};
BOOST_DESCRIBE_STRUCT(EncryptionView, (), (algorithm, keys, last_rotation, unregistered))

struct Progress {
  std::int64_t sealed_values = 0, recordings = 0;  // done so far
  std::int64_t unreadable = 0;                     // could not be opened: kept as they are, with the key they need
  std::int64_t total = 0;                          // what there was to do, about
};

// Thread-safe. Rotation and retirement are for the host only: no route reaches them.
class Api {
 public:
  virtual ~Api() = default;
  [[nodiscard]] virtual Result<EncryptionView> Status() = 0;
  // Makes a new master key active and says so in the evidence log. Data follows by Continue. Returns its id.
  virtual Result<std::string> Begin(Principal const& who) = 0;
  // Brings every sealed value and recording under the active key and today's algorithm, in small transactions beside
  // normal work; may be stopped anywhere and called again. kUnavailable keys.stopped, keys.busy (another process is at
  // it).
  virtual Result<Progress> Continue(Principal const& who, std::stop_token stop,
                                    std::function<void(Progress const&)> const& tell) = 0;
  // Forgets a master key. kConflict keys.active, keys.still_needed {values, recordings}, keys.unregistered {column}.
  virtual Result<> Retire(Principal const& who, std::string const& id) = 0;
  // Queues Continue as a job when the last rotation did not come to its end.
  virtual void Resume() = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, crypto::KeyRing& ring,
                                            SealedColumns columns);

}  // namespace bole::keys
