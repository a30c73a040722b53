#include "platform/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "platform/http/message.hpp"
#include "platform/http/wire.hpp"

namespace bole::http {
namespace {

namespace beast = boost::beast;
using ErrorCodeOf = boost::system::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kHeaderRead = 4096;
constexpr std::size_t kBodyRead = 64 * 1024;
constexpr std::size_t kPiece = 256 * 1024;
constexpr std::size_t kLingerBytes = 32 * 1024 * 1024;
constexpr std::string_view kHealthy =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\nCache-Control: "
    "no-store\r\n\r\nok\n";

Time Now() { return std::chrono::steady_clock::now(); }

template <class Stream>
class Connection final : public Watched {
 public:
  Connection(Hall& hall, IoThread& thread, Stream stream) : hall_(hall), thread_(thread), stream_(std::move(stream)) {
    ErrorCodeOf ignored;
    Socket().set_option(Tcp::no_delay(true), ignored);
    auto const peer = Socket().remote_endpoint(ignored);
    if (!ignored) address_ = peer.address().to_string();
    thread_.connections.insert(this);
    hall_.Opened();
  }
  ~Connection() override {
    thread_.connections.erase(this);
    hall_.Closed();
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  void Cancel() override {
    ErrorCodeOf ignored;
    Socket().cancel(ignored);
  }

  // Nothing may escape: an exception in a coroutine would end the program.
  asio::awaitable<void> Run() {
    try {
      co_await Serve();
    } catch (std::exception const& error) {
      if (hall_.context.logs.error) hall_.context.logs.error("", "connection", error.what());
    }
  }

 private:
  asio::awaitable<void> Serve() {
    if constexpr (kTls) {
      deadline = Now() + hall_.options.header_timeout;
      auto const [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
      if (error) co_return;
    }
    while (co_await ServeOne()) {
    }
    ErrorCodeOf ignored;
    if constexpr (kTls) {
      deadline = Now() + std::chrono::seconds(2);
      co_await stream_.async_shutdown(kAwait);
    }
    Socket().shutdown(Tcp::socket::shutdown_both, ignored);
    Socket().close(ignored);
  }

  static constexpr bool kTls = !std::is_same_v<Stream, Tcp::socket>;

  Tcp::socket& Socket() {
    if constexpr (kTls)
      return stream_.next_layer();
    else
      return stream_;
  }

  // Reads some bytes into the buffer; false: closed, failed or too late (then `expired` is set).
  asio::awaitable<bool> Fill(std::size_t size) {
    auto const space = buffer_.prepare(size);
    auto const [error, count] = co_await stream_.async_read_some(space, kAwait);
    buffer_.commit(count);
    co_return !error;
  }

  asio::awaitable<bool> Write(std::string_view first, std::string_view second = {}) {
    if (expired) co_return false;
    deadline = Now() + hall_.options.write_timeout * (1 + static_cast<int>((first.size() + second.size()) / kBodyRead));
    std::array<asio::const_buffer, 2> const pieces{asio::buffer(first), asio::buffer(second)};
    auto const [error, count] = co_await asio::async_write(stream_, pieces, kAwait);
    deadline = Time::max();
    co_return !error;
  }

  // Parses until `done`; an error of the message, or nullopt on success; `alive` false when the peer is gone.
  template <class Done>
  asio::awaitable<std::optional<Error>> Parse(Parser& parser, std::size_t read_size, Done done, bool& alive) {
    while (!done(parser)) {
      ErrorCodeOf error;
      auto const used = buffer_.size() == 0 ? 0 : parser.put(buffer_.data(), error);
      buffer_.consume(used);
      if (error && error != beast::http::error::need_more) co_return ParseError(error);
      if (done(parser)) break;
      if (used > 0 && !error) continue;
      if (co_await Fill(read_size)) continue;
      alive = false;
      if (expired) {
        alive = true;  // only slow: tell it
        expired = false;
        co_return Problem(ErrorCode::kInvalid, "request.timeout");
      }
      co_return std::nullopt;
    }
    co_return std::nullopt;
  }

  asio::awaitable<bool> ServeOne() {
    idle = true;
    if (buffer_.size() == 0) {
      if (hall_.stopping) co_return false;
      deadline = Now() + hall_.options.idle_timeout;
      if (!co_await Fill(kHeaderRead)) co_return false;
    }
    idle = false;
    deadline = Now() + hall_.options.header_timeout;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(hall_.options.header_limit));
    parser.body_limit(boost::none);  // checked below, when the route is known
    bool alive = true;
    auto const header_done = [](Parser const& p) { return p.is_header_done(); };
    auto problem = co_await Parse(parser, kHeaderRead, header_done, alive);
    if (!alive) co_return false;
    if (!problem) problem = FramingProblem(parser);
    if (!problem && IsHealthCheck(parser)) co_return co_await AnswerHealthCheck(parser.keep_alive());

    started_ = Now();
    Request request;
    FillRequest(parser, request);
    if (problem) co_return co_await RefuseAndClose(request, *problem);
    auto plan = hall_.dispatcher.Prepare(request, TargetOf(parser));
    if (!plan) co_return co_await RefuseAndClose(request, plan.error());
    if (parser.get().version() >= 11 && request.Header("host").empty()) {
      auto const no_host = Problem(ErrorCode::kInvalid, "request.malformed", "part", "Host");
      co_return co_await RefuseAndClose(request, no_host);
    }
    if (plan->max_body > kDefaultMaxBody && !parser.is_done())
      if (auto const refused = co_await Admit(request, *plan)) co_return co_await RefuseAndClose(request, *refused);
    problem = co_await ReadBody(parser, plan->max_body, alive);
    if (!alive) co_return false;
    if (problem) co_return co_await RefuseAndClose(request, *problem);
    request.body = std::move(parser.get().body());
    deadline = Time::max();
    co_return co_await Answer(request, *plan, parser.keep_alive());
  }

  asio::awaitable<std::optional<Error>> Admit(Request& request, Dispatcher::Plan& plan) {
    deadline = Time::max();
    Result<> admitted;
    std::function<void()> work = [&] { admitted = hall_.dispatcher.Admit(request, plan); };
    if (!co_await OnWorker(hall_.workers, true, std::move(work))) {
      hall_.meters.refused.Increment();
      co_return Problem(ErrorCode::kUnavailable, "request.busy");
    }
    co_return admitted ? std::nullopt : std::optional(admitted.error());
  }

  asio::awaitable<std::optional<Error>> ReadBody(Parser& parser, std::size_t limit, bool& alive) {
    if (parser.is_done()) co_return std::nullopt;
    auto const announced = parser.content_length();
    if (announced && *announced > limit) co_return TooLarge(limit);
    parser.body_limit(limit);
    auto const kilobytes = static_cast<std::int64_t>(announced.value_or(limit) / 1024);
    deadline = Now() + hall_.options.body_timeout + std::chrono::seconds(kilobytes / 16);
    if (auto const expect = parser.get()[beast::http::field::expect]; AsciiLower(expect) == "100-continue")
      if (!co_await Write("HTTP/1.1 100 Continue\r\n\r\n")) alive = false;
    deadline = Now() + hall_.options.body_timeout + std::chrono::seconds(kilobytes / 16);
    auto problem = co_await Parse(
        parser, kBodyRead, [](Parser const& p) { return p.is_done(); }, alive);
    if (problem && problem->key == "request.too_large") co_return TooLarge(limit);
    co_return problem;
  }

  asio::awaitable<bool> Answer(Request& request, Dispatcher::Plan const& plan, bool keep_alive) {
    Dispatcher::Outcome outcome;
    hall_.meters.in_flight.Add(1);
    hall_.meters.queued.Set(static_cast<double>(hall_.workers.queued()));
    std::function<void()> work = [&] { outcome = hall_.dispatcher.Handle(request, plan); };
    bool const ran = co_await OnWorker(hall_.workers, true, std::move(work));
    if (!ran) {
      hall_.meters.refused.Increment();
      outcome = hall_.dispatcher.Refuse(request, Problem(ErrorCode::kUnavailable, "request.busy"));
    }
    keep_alive = keep_alive && !hall_.stopping;
    auto const bytes = co_await Send(request, plan, outcome.response, keep_alive);
    hall_.meters.in_flight.Add(-1);
    Record(request, outcome, bytes);
    co_return keep_alive;
  }

  // Sends the whole answer and returns the bytes of its body; clears `keep_alive` when the connection cannot go on.
  asio::awaitable<std::uint64_t> Send(Request const& request, Dispatcher::Plan const& plan, Response& response,
                                      bool& keep_alive) {
    HeadOptions options{.keep_alive = keep_alive, .secure = request.secure};
    bool const no_body = response.status == 204 || response.status == 304;
    if (no_body) options.framing = Framing::kNone;
    if (auto const* stream = std::get_if<std::shared_ptr<EventSubscription>>(&response.body)) {
      options.framing = Framing::kUntilClose;
      options.keep_alive = keep_alive = false;
      auto const head = SerializeHead(response, options);
      if (!co_await Write(head) || request.method == Method::kHead) co_return 0;
      co_await SendEvents(request, plan, *stream);
      co_return 0;
    }
    if (auto* body = std::get_if<StreamBody>(&response.body)) {
      if (!body->length) options.framing = Framing::kChunked;
      options.length = body->length.value_or(0);
      auto const head = SerializeHead(response, options);
      if (!co_await Write(head)) {
        keep_alive = false;
        co_return 0;
      }
      if (no_body || request.method == Method::kHead) co_return 0;
      co_return co_await SendSource(request, *body, keep_alive);
    }
    auto const& text = std::get<std::string>(response.body);
    options.length = text.size();
    auto const head = SerializeHead(response, options);
    bool const with_body = !no_body && request.method != Method::kHead;
    if (!co_await Write(head, with_body ? std::string_view(text) : std::string_view())) keep_alive = false;
    co_return with_body ? text.size() : 0;
  }

  asio::awaitable<std::uint64_t> SendSource(Request const& request, StreamBody const& body, bool& keep_alive) {
    std::uint64_t sent = 0;
    while (!body.length || sent < *body.length) {
      auto const wanted = body.length ? std::min<std::uint64_t>(kPiece, *body.length - sent) : kPiece;
      Result<std::string> piece;
      std::function<void()> work = [&] { piece = Pull(request, body, sent, static_cast<std::size_t>(wanted)); };
      bool const ran = co_await OnWorker(hall_.workers, false, std::move(work));
      bool const broken = !ran || !piece || (body.length && piece->empty());
      if (broken) {  // the length was promised: only cutting the connection tells the client
        keep_alive = false;
        co_return sent;
      }
      if (piece->empty()) break;
      auto const size = piece->size();
      if (!body.length) *piece = ChunkHead(size) + *piece + "\r\n";
      if (!co_await Write(*piece)) {
        keep_alive = false;
        co_return sent;
      }
      sent += size;
    }
    if (!body.length && !co_await Write("0\r\n\r\n")) keep_alive = false;
    co_return sent;
  }

  Result<std::string> Pull(Request const& request, StreamBody const& body, std::uint64_t sent, std::size_t wanted) {
    std::string what = "a body source failed: ";
    try {
      auto piece = body.source->Read(body.offset + sent, wanted);
      if (piece) return piece;
      what += piece.error().key;
    } catch (std::exception const& error) {
      what += error.what();
    }
    if (hall_.context.logs.error) hall_.context.logs.error(request.request_id, request.route, what);
    return Fail(ErrorCode::kInternal, "internal");
  }

  asio::awaitable<void> SendEvents(Request const& request, Dispatcher::Plan const& plan,
                                   std::shared_ptr<EventSubscription> subscription) {
    using namespace asio::experimental::awaitable_operators;
    events = subscription;
    hall_.meters.streams.Add(1);
    if (hall_.stopping) subscription->Close();
    co_await (Pump(request, plan, *subscription) || UntilClosed());
    subscription->OnChange({});
    events.reset();
    hall_.meters.streams.Add(-1);
  }

  // Rights change while a stream is open: they are read again with each heartbeat, and the stream ends when they
  // differ. The client comes back with what it may see now.
  asio::awaitable<bool> StillAllowed(Request const& request, Dispatcher::Plan const& plan) {
    bool allowed = false;
    std::function<void()> work = [&] {
      try {
        allowed = hall_.dispatcher.StillAllowed(request, plan);
      } catch (std::exception const& error) {
        if (hall_.context.logs.error) hall_.context.logs.error(request.request_id, request.route, error.what());
      }
    };
    co_return co_await OnWorker(hall_.workers, false, std::move(work)) && allowed;
  }

  asio::awaitable<void> Pump(Request const& request, Dispatcher::Plan const& plan, EventSubscription& subscription) {
    // Lives on its own: the publisher's wake may still be on its way when this frame ends.
    auto timer = std::make_shared<asio::steady_timer>(thread_.context);
    auto woken = std::make_shared<bool>(false);
    subscription.OnChange([timer, woken, executor = thread_.context.get_executor()] {
      asio::post(executor, [timer, woken] {
        *woken = true;
        timer->cancel();
      });
    });
    bool alive = co_await Write(": open\n\n");
    auto checked = Now();
    while (alive) {
      if (Now() - checked >= hall_.options.heartbeat) {
        if (!co_await StillAllowed(request, plan)) break;
        checked = Now();
      }
      std::string text;
      while (auto const event = subscription.Next()) text += EventText(*event);
      if (!text.empty()) {
        alive = co_await Write(text);
        continue;
      }
      if (subscription.closed()) break;
      if (!*woken) {
        timer->expires_after(hall_.options.heartbeat);
        auto const [error] = co_await timer->async_wait(kAwait);
        if (!*woken && !error)
          alive = co_await Write(": beat\n\n");
        else if (!*woken)
          break;  // cancelled from outside: the client has left
      }
      *woken = false;
    }
  }

  // Ends when the client closes; what it still sends is read and dropped.
  asio::awaitable<void> UntilClosed() {
    std::array<char, 256> waste{};
    for (;;) {
      auto const [error, count] = co_await stream_.async_read_some(asio::buffer(waste), kAwait);
      if (error) co_return;
    }
  }

  // For messages whose end is unknown or unwanted: answer, then close without losing the answer to a reset.
  asio::awaitable<bool> RefuseAndClose(Request& request, Error const& error) {
    if (request.route.empty()) request.route = "malformed";
    auto outcome = hall_.dispatcher.Refuse(request, error);
    bool keep_alive = false;
    auto const bytes = co_await Send(request, {}, outcome.response, keep_alive);
    Record(request, outcome, bytes);
    ErrorCodeOf ignored;
    if constexpr (!kTls) Socket().shutdown(Tcp::socket::shutdown_send, ignored);
    deadline = Now() + std::chrono::seconds(2);
    std::array<char, 4096> waste{};
    for (std::size_t total = 0; total < kLingerBytes;) {
      auto const [failed, count] = co_await stream_.async_read_some(asio::buffer(waste), kAwait);
      if (failed) break;
      total += count;
    }
    co_return false;
  }

  static bool IsHealthCheck(Parser const& parser) {
    return parser.get().target() == "/healthz" && parser.get().method() == beast::http::verb::get && parser.is_done();
  }

  asio::awaitable<bool> AnswerHealthCheck(bool keep_alive) {
    if (keep_alive && !hall_.stopping) co_return co_await Write(kHealthy);
    HeadOptions const options{.length = 3, .keep_alive = false};
    auto const head = SerializeHead(Response::Text("ok\n"), options);
    co_await Write(head, "ok\n");
    co_return false;
  }

  void FillRequest(Parser const& parser, Request& request) const {
    FillHead(parser, request);
    request.request_id = NewUlid(hall_.context.clock.Now());
    request.remote_address = address_;
    request.secure = kTls;
    TrustProxies(hall_.options.trusted_proxies, request);
  }

  void Record(Request const& request, Dispatcher::Outcome const& outcome, std::uint64_t bytes) const {
    auto const seconds = std::chrono::duration<double>(Now() - started_).count();
    auto const method = MethodName(request.method);
    hall_.meters.Observe(method, request.route, outcome.response.status, seconds);
    if (!hall_.context.logs.access) return;
    constexpr std::array<std::string_view, 4> kKinds{"anonymous", "user", "candidate", "system"};
    auto const& who = request.who();
    hall_.context.logs.access({request.request_id, std::string(method), request.route, outcome.response.status, seconds,
                               bytes, request.remote_address, std::string(kKinds[static_cast<std::size_t>(who.kind)]),
                               who.id, outcome.error_key});
  }

  Hall& hall_;
  IoThread& thread_;
  Stream stream_;
  beast::flat_buffer buffer_;
  std::string address_;
  Time started_{};
};

}  // namespace

asio::awaitable<void> ServePlain(Hall& hall, IoThread& thread, Tcp::socket socket) {
  Connection<Tcp::socket> connection(hall, thread, std::move(socket));
  co_await connection.Run();
}

asio::awaitable<void> ServeTls(Hall& hall, IoThread& thread, Tcp::socket socket, asio::ssl::context& tls) {
  Connection<asio::ssl::stream<Tcp::socket>> connection(hall, thread, {std::move(socket), tls});
  co_await connection.Run();
}

}  // namespace bole::http
