#pragma once
#include "base/clock.hpp"

namespace bole::config {
struct Config;
}
namespace bole::db {
class Database;
}
namespace bole::jobs {
class JobQueue;
class JobRunner;
}  // namespace bole::jobs
namespace bole::blob {
class BlobStore;
}
namespace bole::crypto {
class FieldCipher;
class PasswordHasher;
}  // namespace bole::crypto
namespace bole::http {
class Routes;
class EventHub;
class Readiness;
}  // namespace bole::http
namespace bole::i18n {
class Messages;
}
namespace bole::metrics {
class Registry;
}

namespace bole {
class EventBus;

// The platform as a module sees it. Made once in app/wiring.cpp; it and everything in it outlive every module.
struct AppContext {
  config::Config const& config;
  Clock const& clock;
  db::Database& database;
  jobs::JobQueue& queue;
  jobs::JobRunner& runner;
  blob::BlobStore& blobs;
  crypto::FieldCipher const& fields;
  crypto::PasswordHasher const& passwords;
  i18n::Messages const& messages;
  metrics::Registry& metrics;
  http::Routes& routes;
  http::EventHub& hub;  // live news for open pages
  EventBus& bus;        // durable news between modules
};

}  // namespace bole
