// Behaviour of connections: broken bytes, slow and leaving clients, streams, stopping.
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <thread>

#include "platform/http/test_client.hpp"

namespace bole::http {
namespace {

using testing::HasSubstr;
using testing_support::Answer;
using testing_support::Client;
using testing_support::TestServer;
using namespace std::chrono_literals;

// Lets a handler wait until the test opens it.
class Gate {
 public:
  void Open() {
    std::lock_guard const lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void Enter() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait_for(lock, 10s, [&] { return open_; });
  }
  bool AwaitInside(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return inside_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

template <class Condition>
bool Eventually(Condition condition) {
  auto const end = std::chrono::steady_clock::now() + 10s;
  while (!condition())
    if (std::chrono::steady_clock::now() > end)
      return false;
    else
      std::this_thread::yield();
  return true;
}

class ConnectionTest : public testing::Test {
 protected:
  void Start() {
    auto& routes = s.routes;
    routes.Raw(Method::kGet, "/echo/{text}", {.permission = "public"}, {},
               [](Request const& request) -> Result<Response> { return Response::Text(request.Param("text")); });
    routes.Raw(Method::kPost, "/size", {.permission = "public"}, {}, [](Request const& request) -> Result<Response> {
      return Response::Text(std::to_string(request.body.size()));
    });
    routes.Raw(Method::kGet, "/wait", {.permission = "public"}, {}, [this](Request const&) -> Result<Response> {
      gate.Enter();
      return Response::Text("waited");
    });
    routes.Raw(Method::kGet, "/media", {.permission = "public"}, {},
               [this](Request const& request) -> Result<Response> {
                 auto const read = [this](std::uint64_t offset, std::size_t max) -> Result<std::string> {
                   largest = std::max(largest.load(), max);
                   std::string out;
                   for (auto i = offset; i < std::min<std::uint64_t>(kMedia, offset + max); ++i)
                     out.push_back(static_cast<char>('a' + i % 26));
                   return out;
                 };
                 return ServeRange(request, MakeSource(kMedia, read), "video/webm", "v1");
               });
    routes.Raw(Method::kGet, "/chunks", {.permission = "public"}, {}, [](Request const&) -> Result<Response> {
      auto const read = [](std::uint64_t offset, std::size_t) -> Result<std::string> {
        return offset < 30 ? std::string(10, 'x') : std::string();
      };
      return Response{.content_type = "text/plain", .body = StreamBody{MakeSource(std::nullopt, read)}};
    });
    routes.Raw(Method::kGet, "/broken", {.permission = "public"}, {}, [](Request const&) -> Result<Response> {
      auto const read = [](std::uint64_t offset, std::size_t) -> Result<std::string> {
        if (offset > 0) return Fail(ErrorCode::kInternal, "internal");
        return std::string(10, 'x');
      };
      return Response{.content_type = "text/plain", .body = StreamBody{MakeSource(1000, read), 0, 1000}};
    });
    routes.Raw(Method::kGet, "/events", {.permission = "public"}, {.produces = {"text/event-stream"}},
               [this](Request const&) -> Result<Response> { return Response::Events(hub.Subscribe("t")); });
    routes.Raw(Method::kGet, "/own-events", {.permission = "signed_in"}, {.produces = {"text/event-stream"}},
               [this](Request const&) -> Result<Response> { return Response::Events(hub.Subscribe("t")); });
    s.Start();
  }
  static constexpr std::uint64_t kMedia = 3'000'000;

  EventHub hub{8};
  Gate gate;
  std::atomic<std::size_t> largest{0};
  TestServer s;
};

TEST_F(ConnectionTest, KeepsAliveAndPipelines) {
  Start();
  Client client(s.port());
  std::string all;
  for (int i = 0; i < 20; ++i) all += "GET /api/v1/echo/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  ASSERT_TRUE(client.Send(
      all + "POST /api/v1/size HTTP/1.1\r\nHost: x\r\nX-Bole-Client: console\r\nContent-Length: 5\r\n\r\nhello" + all));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.Read().body, std::to_string(i));
  EXPECT_EQ(client.Read().body, "5");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.Read().body, std::to_string(i));
  EXPECT_EQ(client.Get("/healthz").body, "ok\n");
  EXPECT_EQ(client.Get("/healthz", "Connection: close\r\n").headers.at("connection"), "close");
  EXPECT_TRUE(client.AtEnd());
  Client old(s.port());
  EXPECT_EQ(old.Ask("GET /api/v1/echo/x HTTP/1.0\r\n\r\n").body, "x");
  EXPECT_TRUE(old.AtEnd());
}

TEST_F(ConnectionTest, RefusesMalformedBytesAndLivesOn) {
  Start();
  std::vector<std::pair<std::string, int>> const cases{
      {"\r\n\r\n\r\n", 400},
      {"GET\r\n\r\n", 400},
      {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n", 400},
      {"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505},
      {"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /api/v1/echo/a?x=%0 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /api/v1/echo/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /api/v1/echo/a HTTP/1.1\r\n\r\n", 400},
      {"GET /api/v1/echo/a HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n", 400},
      {"GET /api/v1/echo/a HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\nContent-Length: 1\r\n\r\na", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST /api/v1/size HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\na", 400},
      {"POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413},
  };
  for (auto const& [bytes, status] : cases) {
    Client client(s.port());
    auto const answer = client.Ask(bytes);
    EXPECT_EQ(answer.status, status) << bytes.substr(0, 100);
    EXPECT_EQ(answer.headers.contains("connection") ? answer.headers.at("connection") : "", "close");
    client.FinishSending();
    EXPECT_TRUE(client.AtEnd());
  }
  EXPECT_EQ(Client(s.port()).Get("/api/v1/echo/alive").body, "alive");
}

TEST_F(ConnectionTest, LimitsChunkedBodies) {
  Start();
  Client client(s.port());
  client.Send("POST /api/v1/size HTTP/1.1\r\nHost: x\r\nX-Bole-Client: console\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::string const chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  for (int i = 0; i < 40 && client.Send(chunk); ++i) {
  }
  EXPECT_EQ(client.Read().status, 413);
}

// Found by fuzzing: behind a last chunk that came first, Beast asserted two more bytes at once (a build without NDEBUG
// ended).
TEST_F(ConnectionTest, ALastChunkMayComeByteByByte) {
  Start();
  Client client(s.port());
  client.Send("POST /api/v1/size HTTP/1.1\r\nHost: x\r\nX-Bole-Client: console\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (char const c : std::string_view("0\r\nTrailer: x\r\n\r\n")) {
    std::this_thread::sleep_for(5ms);
    client.Send({&c, 1});
  }
  auto const answer = client.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Client(s.port()).Get("/api/v1/echo/alive").body, "alive");
}

TEST_F(ConnectionTest, ClosesSlowClients) {
  s.options.header_timeout = 100ms;
  s.options.body_timeout = 100ms;
  s.options.idle_timeout = 100ms;
  Start();
  Client header(s.port());
  header.Send("GET /api/v1/echo/a HTTP/1.1\r\nHost: x\r\nA: ");
  Client body(s.port());
  body.Send("POST /api/v1/size HTTP/1.1\r\nHost: x\r\nX-Bole-Client: console\r\nContent-Length: 100\r\n\r\nabc");
  Client idle(s.port());
  EXPECT_EQ(header.Read().status, 408);
  EXPECT_EQ(body.Read().status, 408);
  EXPECT_TRUE(idle.AtEnd());
}

TEST_F(ConnectionTest, StreamsMediaInPieces) {
  Start();
  Client client(s.port());
  auto const whole = client.Get("/api/v1/media");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body.size(), kMedia);
  EXPECT_LE(largest.load(), 256U * 1024U);
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
  auto const range = client.Get("/api/v1/media", "Range: bytes=26-30\r\n");
  EXPECT_EQ(range.status, 206);
  EXPECT_EQ(range.body, "abcde");
  EXPECT_EQ(range.headers.at("content-range"), "bytes 26-30/3000000");
  EXPECT_EQ(client.Get("/api/v1/media", "Range: bytes=-2\r\n").body, whole.body.substr(kMedia - 2));
  EXPECT_EQ(client.Get("/api/v1/media", "Range: bytes=9000000-\r\n").status, 416);
  EXPECT_EQ(client.Get("/api/v1/media", "If-None-Match: \"v1\"\r\n").status, 304);
  auto const head = client.Ask("HEAD /api/v1/media HTTP/1.1\r\nHost: x\r\n\r\n", true);
  EXPECT_EQ(head.headers.at("content-length"), "3000000");
  auto const chunks = client.Get("/api/v1/chunks");
  EXPECT_EQ(chunks.body, std::string(30, 'x'));
  EXPECT_EQ(client.Get("/api/v1/echo/still").body, "still");
}

TEST_F(ConnectionTest, CutsABrokenBodyInsteadOfPretending) {
  Start();
  Client client(s.port());
  auto const answer = client.Get("/api/v1/broken");
  EXPECT_EQ(answer.headers.at("content-length"), "1000");
  EXPECT_EQ(answer.body.size(), 10U);
  EXPECT_TRUE(client.AtEnd());
  std::lock_guard const lock(s.mutex);
  EXPECT_EQ(s.failures.size(), 1U);
}

TEST_F(ConnectionTest, SendsEvents) {
  s.options.heartbeat = 50ms;
  Start();
  Client client(s.port());
  client.Send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("\r\n\r\n"), HasSubstr("text/event-stream"));
  EXPECT_EQ(client.ReadUntil("\n\n"), ": open\n\n");
  hub.Publish("t", "interview", R"({"id":1})");
  EXPECT_THAT(client.ReadUntil("}\n\n"), HasSubstr("event: interview\ndata: {\"id\":1}\n\n"));
  EXPECT_EQ(client.ReadUntil(": beat\n\n"), ": beat\n\n");
  for (int i = 0; i < 5; ++i) hub.Publish("t", "n", std::to_string(i));
  EXPECT_THAT(client.ReadUntil("data: 4\n\n"), HasSubstr("data: 4"));
  client.FinishSending();  // the client leaves: its subscription ends without waiting for a heartbeat
  EXPECT_TRUE(Eventually([&] { return hub.subscribers("t") == 0; }));
}

TEST_F(ConnectionTest, EndsAStreamWhenRightsChange) {
  s.options.heartbeat = 50ms;
  Start();
  Client staying(s.port()), leaving(s.port());
  staying.Send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  leaving.Send("GET /api/v1/own-events HTTP/1.1\r\nHost: x\r\n" + testing_support::kSigned + "\r\n");
  for (auto* client : {&staying, &leaving}) EXPECT_EQ(client->ReadUntil(": open\n\n").empty(), false);
  EXPECT_THAT(leaving.ReadUntil(": beat\n\n"), HasSubstr(": beat"));  // the same rights: it goes on
  s.authenticator->path = "/elsewhere/";
  leaving.ReadAll();
  EXPECT_TRUE(leaving.AtEnd());
  EXPECT_TRUE(Eventually([&] { return hub.subscribers("t") == 1; }));
  hub.Publish("t", "n", "still here");  // nobody's rights guard a public stream
  EXPECT_THAT(staying.ReadUntil("still here\n\n"), HasSubstr("still here"));
}

TEST_F(ConnectionTest, ManyListenersComeAndGoWhileEventsFlow) {
  Start();
  std::atomic<bool> done{false};
  std::jthread publisher([&] {
    while (!done) hub.Publish("t", "n", "1");
  });
  for (int i = 0; i < 50; ++i) {
    Client client(s.port());
    client.Send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.ReadUntil("\n\n"), HasSubstr("200 OK"));
  }
  done = true;
  publisher.join();
  EXPECT_TRUE(Eventually([&] { return hub.subscribers("t") == 0; }));
}

TEST_F(ConnectionTest, RefusesWhenTheQueueIsFull) {
  s.options.worker_threads = 1;
  s.options.queue_limit = 1;
  Start();
  Client running(s.port());
  Client queued(s.port());
  std::string const request = "GET /api/v1/wait HTTP/1.1\r\nHost: x\r\n\r\n";
  running.Send(request);
  ASSERT_TRUE(gate.AwaitInside(1));
  queued.Send(request);
  // The second one waits in the queue; only then is the third one refused.
  Answer third;
  ASSERT_TRUE(Eventually([&] {
    if (s.metrics.Expose().find("bole_http_requests_in_flight 2") == std::string::npos) return false;
    third = Client(s.port()).Get("/api/v1/echo/x");
    return true;
  }));
  EXPECT_EQ(third.status, 503);
  EXPECT_EQ(third.headers.at("retry-after"), "2");
  EXPECT_EQ(Client(s.port()).Get("/healthz").body, "ok\n");  // health does not queue
  gate.Open();
  EXPECT_EQ(running.Read().body, "waited");
  EXPECT_EQ(queued.Read().body, "waited");
}

TEST_F(ConnectionTest, StopsGracefully) {
  Start();
  Client busy(s.port());
  busy.Send("GET /api/v1/wait HTTP/1.1\r\nHost: x\r\n\r\n");
  Client idle(s.port());
  EXPECT_EQ(idle.Get("/healthz").status, 200);
  Client stream(s.port());
  stream.Send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.ReadUntil(": open\n\n");
  ASSERT_TRUE(gate.AwaitInside(1));
  std::jthread stopper([&] { s.server->Stop(10s); });
  EXPECT_TRUE(idle.AtEnd());
  EXPECT_TRUE(stream.AtEnd());
  gate.Open();
  auto const last = busy.Read();
  EXPECT_EQ(last.body, "waited");
  EXPECT_EQ(last.headers.at("connection"), "close");
  stopper.join();
  EXPECT_FALSE(Client(s.port()).connected());
}

TEST_F(ConnectionTest, StopsInTimeWithStubbornClients) {
  Start();
  Client half(s.port());
  half.Send("POST /api/v1/size HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
  ASSERT_TRUE(Eventually([&] { return s.metrics.Expose().find("bole_http_connections 1") != std::string::npos; }));
  auto const before = std::chrono::steady_clock::now();
  s.server->Stop(50ms);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 8s);
}

TEST_F(ConnectionTest, SaysWhenThePortIsTaken) {
  Start();
  ServerOptions options;
  options.port = s.port();
  Server second(options, {s.routes, s.messages, s.metrics, s.clock, s.readiness});
  auto const started = second.Start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().key, "server.address_in_use");
}

TEST_F(ConnectionTest, TrustsOnlyNamedProxies) {
  s.options.trusted_proxies = {"127.0.0.1"};
  Start();
  Client(s.port()).Get("/api/v1/echo/a", "X-Forwarded-For: 6.6.6.6, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n");
  auto const answer = Client(s.port()).Get("/api/v1/echo/a", "X-Forwarded-Proto: https\r\n");
  EXPECT_TRUE(answer.headers.contains("strict-transport-security"));
  s.server->Stop();
  std::lock_guard const lock(s.mutex);
  EXPECT_EQ(s.records.front().remote_address, "10.1.2.3");
}

}  // namespace
}  // namespace bole::http
