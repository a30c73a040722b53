#pragma once
#include <memory>

#include "platform/app/context.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/blob/file_system.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/key_ring.hpp"
#include "platform/crypto/password.hpp"
#include "platform/db/database.hpp"
#include "platform/events/events.hpp"
#include "platform/http/event_hub.hpp"
#include "platform/http/routes.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/metrics/metrics.hpp"

namespace bole::app {

// Everything below the modules, made from the configuration. Members in order of construction.
class Platform {
 public:
  // Opens the database and keys; creates the data directory.
  static Result<std::unique_ptr<Platform>> Open(config::Config config);

  [[nodiscard]] AppContext Context();

  config::Config config;
  SystemClock clock;
  i18n::Messages messages;
  metrics::Registry metrics;
  std::shared_ptr<crypto::KeyRing> keys;
  crypto::FieldCipher fields;
  crypto::PasswordHasher passwords;
  std::unique_ptr<db::Database> database;
  std::unique_ptr<blob::FileSystem> files;
  std::unique_ptr<blob::BlobStore> blobs;
  jobs::JobQueue queue{clock};
  EventBus bus{queue};
  http::EventHub hub;
  http::Routes routes;
  jobs::JobRunner runner;

 private:
  Platform(config::Config settings, i18n::Messages texts, std::shared_ptr<crypto::KeyRing> key_ring,
           std::unique_ptr<db::Database> db, std::unique_ptr<blob::FileSystem> files_to_use,
           std::unique_ptr<blob::BlobStore> store);
};

}  // namespace bole::app
