#pragma once
// For tests: a small blocking HTTP client on a raw socket, so that tests can send any bytes; and a server with a few
// routes, cookies "bole_session=<permission>", "bole_candidate=<interview id>" and "bole_person=<person id>".
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include "base/text.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/server.hpp"

namespace bole::http::testing_support {

struct Answer {
  int status = 0;                                // 0: the connection ended without an answer
  std::map<std::string, std::string> headers{};  // lower-case names
  std::string body{};
  [[nodiscard]] json::value Json() const { return json::parse(body); }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const limit{10, 0};  // a hanging server fails the test instead of the build
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  bool Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  void FinishSending() const { ::shutdown(socket_, SHUT_WR); }

  // Reads until `mark` has come and returns everything up to its end; less when the connection ended before.
  std::string ReadUntil(std::string_view mark) {
    while (buffer_.find(mark) == std::string::npos && Fill()) {
    }
    auto const at = buffer_.find(mark);
    return Take(at == std::string::npos ? buffer_.size() : at + mark.size());
  }
  bool AtEnd() {
    while (Fill()) {
    }
    return buffer_.empty() && ended_;
  }
  std::string ReadAll() {
    while (Fill()) {
    }
    return Take(buffer_.size());
  }

  Answer Read(bool head = false) {
    Answer out;
    auto const text = ReadUntil("\r\n\r\n");
    if (text.size() < 12) return out;
    out.status = std::stoi(text.substr(9, 3));
    for (auto const& line : Split(text, '\n')) {
      auto const colon = line.find(':');
      if (colon != std::string::npos) out.headers[AsciiLower(line.substr(0, colon))] = Trim(line.substr(colon + 1));
    }
    if (head || out.status == 204 || out.status == 304 || out.status == 100) return out;
    if (out.headers.contains("content-length")) {
      auto const size = std::stoul(out.headers["content-length"]);
      while (buffer_.size() < size && Fill()) {
      }
      out.body = Take(std::min(size, buffer_.size()));
    } else if (out.headers["transfer-encoding"] == "chunked") {
      for (;;) {
        auto const line = ReadUntil("\r\n");
        auto const size = line.empty() ? 0 : std::stoul(line, nullptr, 16);
        while (buffer_.size() < size + 2 && Fill()) {
        }
        auto const chunk = Take(std::min(size + 2, buffer_.size()));
        if (size == 0 || chunk.size() < size) break;
        out.body += chunk.substr(0, size);
      }
    } else {
      out.body = ReadAll();
    }
    return out;
  }
  Answer Ask(std::string_view bytes, bool head = false) { return Send(bytes), Read(head); }
  Answer Get(std::string const& target, std::string const& headers = {}) {
    return Ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  }
  Answer Write(std::string const& method, std::string const& target, std::string const& body,
               std::string const& headers = "Content-Type: application/json\r\nX-Bole-Client: console\r\n") {
    return Ask(method + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + headers + "\r\n" + body);
  }

 private:
  bool Fill() {
    char chunk[16384];
    auto const n = ::recv(socket_, chunk, sizeof chunk, 0);
    if (n <= 0) return ended_ = n == 0 || errno == ECONNRESET, false;
    buffer_.append(chunk, static_cast<std::size_t>(n));
    return true;
  }
  std::string Take(std::size_t count) {
    auto out = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return out;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  std::string buffer_;
};

inline std::string const kSigned = "Cookie: bole_session=job.read\r\n";

class CookieAuthenticator final : public Authenticator {
 public:
  std::atomic<char const*> path{"/"};  // of everybody's grant

  Result<std::shared_ptr<Principal const>> Authenticate(Request const& request) override {
    auto const make = [&](PrincipalKind kind, std::string_view id) {
      Principal who;
      who.kind = kind;
      who.id = std::string(id);
      who.grants = {{std::string(id), path.load()}};
      return std::make_shared<Principal const>(std::move(who));
    };
    if (auto const cookie = request.Cookie("bole_person"); !cookie.empty()) return make(PrincipalKind::person, cookie);
    if (auto const cookie = request.Cookie("bole_session"); cookie == "ended")
      return Fail(ErrorCode::kUnauthenticated, "session.required");
    else if (!cookie.empty() && request.path.find("/candidate/") == std::string::npos)
      return make(PrincipalKind::user, cookie);
    if (auto const cookie = request.Cookie("bole_candidate"); !cookie.empty())
      return make(PrincipalKind::candidate, cookie);
    return nullptr;
  }
};

// A running server; add routes to `routes` and call Start().
struct TestServer {
  std::shared_ptr<CookieAuthenticator> authenticator = std::make_shared<CookieAuthenticator>();

  TestServer() {
    options.port = 0;
    options.worker_threads = 2;
    options.io_threads = 2;
  }
  void Start() {
    ServerContext context{routes, messages, metrics, clock, readiness};
    context.sites = sites;
    context.authenticators = {authenticator};
    context.idempotency = idempotency;
    context.logs.access = [this](AccessRecord const& record) {
      std::lock_guard const lock(mutex);
      records.push_back(record);
    };
    context.logs.error = [this](std::string const&, std::string const&, std::string const& what) {
      std::lock_guard const lock(mutex);
      failures.push_back(what);
    };
    context.logs.refused = [this](Request const& request, Error const& error) {
      std::lock_guard const lock(mutex);
      refusals.push_back(request.route + " " + error.key);
    };
    server = std::make_unique<Server>(options, context);
    auto const started = server->Start();
    ASSERT_TRUE(started) << started.error().key;
  }
  [[nodiscard]] std::uint16_t port() const { return server->port(); }

  ServerOptions options;
  Routes routes;
  i18n::Messages messages = *i18n::Messages::Load(std::string(BOLE_SOURCE_ROOT) + "/share/locales");
  metrics::Registry metrics;
  SystemClock clock;
  Readiness readiness;
  StaticSites sites;
  std::shared_ptr<IdempotencyStore> idempotency;
  std::mutex mutex;
  std::vector<AccessRecord> records;
  std::vector<std::string> failures, refusals;
  std::unique_ptr<Server> server;  // last: stops before what it uses
};

}  // namespace bole::http::testing_support
