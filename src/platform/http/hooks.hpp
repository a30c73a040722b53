#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "platform/http/response.hpp"

// What other parts plug into the server. All implementations are called from many threads at once.
namespace bole::http {

// Recognises who asks from a cookie or header. nullptr = not mine, the next authenticator is asked; an error (for
// example a session that has ended) counts as nobody on public routes and is the answer on others.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  [[nodiscard]] virtual Result<std::shared_ptr<Principal const>> Authenticate(Request const& request) = 0;
};

// What is kept of a POST with Idempotency-Key, to answer its repetition. Bodies are texts (JSON); streams and
// responses that set cookies are not kept.
struct StoredResponse {
  int status = 200;
  std::string content_type;
  std::string body;
};
struct IdempotencyKey {
  std::string principal;    // kind and id: keys of different people never meet
  std::string route;        // method and pattern
  std::string key;          // the client's, at most 100 characters
  std::string fingerprint;  // hash of path, query and body: the same key with another request is refused
};
class IdempotencyStore {
 public:
  enum class State { kFresh, kReplay, kBusy, kMismatch };
  struct Claim {
    State state = State::kFresh;
    std::optional<StoredResponse> response{};  // with kReplay
  };
  virtual ~IdempotencyStore() = default;
  // Claims the key durably before the handler runs. A claim whose process died must lapse after some minutes.
  [[nodiscard]] virtual Result<Claim> Begin(IdempotencyKey const& key) = 0;
  [[nodiscard]] virtual Result<> Finish(IdempotencyKey const& key, StoredResponse const& response) = 0;
  // The handler failed with a status ≥ 500: the client may try again.
  virtual void Abandon(IdempotencyKey const& key) = 0;
};

// One line per request, without secrets: the template instead of the path, no query, no headers.
struct AccessRecord {
  std::string request_id;
  std::string method;
  std::string route;
  int status = 0;
  double seconds = 0;
  std::uint64_t bytes = 0;
  std::string remote_address;
  std::string principal_kind;
  std::string principal_id;
  std::string error_key;
};
struct Logs {
  std::function<void(AccessRecord const&)> access{};
  // Something unexpected: an exception in a handler, a broken body source.
  std::function<void(std::string const& request_id, std::string const& route, std::string const& what)> error{};
  // Somebody who is known asked for what he may not do. In the thread of the request, before its answer.
  std::function<void(Request const&, Error const&)> refused{};
};
[[nodiscard]] Logs ProgramLogs();  // writes to bole::log

// Requests per second and burst for one remote address. Zero per_second = unlimited.
struct RateLimit {
  double per_second = 0;
  double burst = 0;
};
// By RouteDoc::rate_class. Shipped classes: default, sign_in (also one-time codes), media.
using RateLimits = std::map<std::string, RateLimit>;
[[nodiscard]] RateLimits DefaultRateLimits();

// Named checks behind /readyz: empty result = fine, else what is wrong. Register before the server starts.
class Readiness {
 public:
  using Check = std::function<Result<>()>;
  void Add(std::string name, Check check);
  struct Item {
    std::string name;
    bool ok = true;
    std::string problem;
  };
  [[nodiscard]] std::vector<Item> Run() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, Check>> checks_;
};

}  // namespace bole::http
