#pragma once
#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::audit {
class Api;
}
namespace bole::db {
class Database;
}
namespace bole::http {
struct Request;
}

namespace bole::app {

// Puts requests that were forbidden to somebody signed in into the evidence log: once in ten minutes for the same
// account, route and reason, so that nobody fills the log by asking again and again. Thread-safe.
class Refusals {
 public:
  Refusals(db::Database& database, audit::Api& audit, Clock const& clock)
      : database_(database), audit_(audit), clock_(clock) {}
  void Record(http::Request const& request, Error const& error);

 private:
  [[nodiscard]] bool IsNew(std::string const& what, Instant now);

  db::Database& database_;
  audit::Api& audit_;
  Clock const& clock_;
  std::mutex mutex_;
  std::map<std::string, Instant> last_;
};

}  // namespace bole::app
