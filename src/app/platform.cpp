#include "app/platform.hpp"

#include <filesystem>

#include "platform/blob/file_system.hpp"
#include "platform/blob/local_store.hpp"

namespace bole::app {
namespace {

std::string DatabaseUrl(config::Config const& config) {
  if (!config.database.url.starts_with("sqlite:")) return config.database.url;
  return "sqlite:" + config.InData(config.database.url.substr(7)).string();
}

}  // namespace

Platform::Platform(config::Config settings, i18n::Messages texts, std::shared_ptr<crypto::KeyRing> key_ring,
                   std::unique_ptr<db::Database> db, std::unique_ptr<blob::FileSystem> files_to_use,
                   std::unique_ptr<blob::BlobStore> store)
    : config(std::move(settings)),
      messages(std::move(texts)),
      keys(std::move(key_ring)),
      fields(keys),
      database(std::move(db)),
      files(std::move(files_to_use)),
      blobs(std::move(store)),
      runner(*database, queue, clock) {}

Result<std::unique_ptr<Platform>> Platform::Open(config::Config config) {
  static SystemClock const clock;
  std::error_code error;
  std::filesystem::create_directories(config.data_dir, error);
  if (error)
    return Fail(ErrorCode::kUnavailable, "storage.io",
                {{"path", config.data_dir.string()}, {"reason", error.message()}});
  BOLE_ASSIGN(auto messages, i18n::Messages::Load(config.resource_dir / "locales"));
  auto const* environment = std::getenv("BOLE_KEYS");
  auto const algorithm =
      config.crypto.algorithm == "sm4-gcm" ? crypto::Algorithm::kSm4Gcm : crypto::Algorithm::kAes256Gcm;
  BOLE_ASSIGN(auto keys,
              crypto::KeyRing::Load({config.InData(config.crypto.keys_file), environment ? environment : "", algorithm},
                                    clock));
  auto files = blob::MakePosixFileSystem();
  BOLE_ASSIGN(auto blobs, blob::MakeLocalStore({.root = config.InData("blobs")}, *files, keys));
  try {
    auto database = db::Database::Open(DatabaseUrl(config), static_cast<std::size_t>(config.database.pool));
    return std::unique_ptr<Platform>(new Platform(std::move(config), std::move(messages), std::move(keys),
                                                  std::move(database), std::move(files), std::move(blobs)));
  } catch (db::DatabaseError const& problem) {
    return Fail(ErrorCode::kUnavailable, "database.unreachable", {{"reason", problem.what()}});
  }
}

AppContext Platform::Context() {
  return {config, clock, *database, queue, runner, *blobs, fields, passwords, messages, metrics, routes, hub, bus};
}

}  // namespace bole::app
