#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "platform/http/hooks.hpp"
#include "platform/http/routes.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/metrics/metrics.hpp"

namespace bole::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;       // 0 = any free one, see port()
  unsigned io_threads = 0;         // 0 = one per two cores, at least one
  unsigned worker_threads = 0;     // 0 = four per core: handlers wait for disk and database
  std::size_t queue_limit = 1024;  // waiting requests; beyond it 503 with Retry-After
  std::size_t max_connections = 4096;
  std::size_t header_limit = 16 * 1024;
  std::chrono::milliseconds header_timeout{10'000};  // for a complete header from its first byte
  std::chrono::milliseconds body_timeout{30'000};    // plus a second per 16 KiB announced
  std::chrono::milliseconds idle_timeout{75'000};    // between requests of a connection
  std::chrono::milliseconds write_timeout{30'000};   // for 64 KiB of answer
  std::chrono::milliseconds heartbeat{15'000};       // of event streams
  std::filesystem::path tls_certificate{};           // PEM chain; empty = plain HTTP
  std::filesystem::path tls_key{};
  std::vector<std::string> trusted_proxies{};  // addresses whose X-Forwarded-For/-Proto count
  RateLimits rate_limits = DefaultRateLimits();
};

// Folders of built pages. Each may be empty (then 404).
struct StaticSites {
  std::filesystem::path console{};    // "/" and every unknown page: its index.html
  std::filesystem::path candidate{};  // "/candidate/…" files, "/i/…" its index.html
};

// What the server needs from outside; everything outlives it.
struct ServerContext {
  Routes const& routes;
  i18n::Messages const& messages;
  metrics::Registry& metrics;
  Clock const& clock;
  Readiness const& readiness;
  StaticSites sites{};
  std::vector<std::shared_ptr<Authenticator>> authenticators{};  // asked in order
  std::shared_ptr<IdempotencyStore> idempotency{};               // null = keys are ignored
  Logs logs{};
};

// HTTP/1.1 on one port: the routes, /metrics, /healthz, /readyz, /api/v1/openapi.json and the pages.
// I/O runs on coroutines over few threads, handlers on a bounded pool. Every request passes, in this order: request id,
// locale, authenticator, rate limit, CSRF header, permission, idempotency, handler.
class Server {
 public:
  Server(ServerOptions options, ServerContext context);
  ~Server();  // Stop(0)
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  // Binds, starts the threads and returns. Fails with `server.address_in_use`, `server.bad_address`,
  // `server.bad_certificate`.
  [[nodiscard]] Result<> Start();
  [[nodiscard]] std::uint16_t port() const;
  // Takes no new connections, lets running requests end for `grace`, closes event streams, then joins. Idempotent.
  void Stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bole::http
