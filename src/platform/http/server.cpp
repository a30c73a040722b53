#include "platform/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.hpp"

namespace bole::http {
namespace {

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
using Guard = asio::executor_work_guard<asio::io_context::executor_type>;

unsigned Cores() { return std::max(1U, std::thread::hardware_concurrency()); }

ServerOptions Completed(ServerOptions options) {
  if (options.io_threads == 0) options.io_threads = std::max(1U, Cores() / 2);
  if (options.worker_threads == 0) options.worker_threads = 4 * Cores();
  return options;
}

// Often enough that the shortest deadline is kept within a quarter, seldom enough to cost nothing.
std::chrono::milliseconds SweepPeriod(ServerOptions const& options) {
  auto const shortest =
      std::min({options.header_timeout, options.body_timeout, options.idle_timeout, options.write_timeout});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

struct Server::State {
  State(ServerOptions o, ServerContext c)
      : options(Completed(std::move(o))),
        context(std::move(c)),
        meters(context.metrics),
        dispatcher(context, options.rate_limits),
        workers(options.worker_threads, options.queue_limit) {}

  asio::awaitable<void> Accept();
  // Runs `visit` on every I/O thread, for each of its connections.
  void ForEachConnection(std::function<void(Watched&)> const& visit);
  bool WaitUntilEmpty(std::chrono::milliseconds limit);

  ServerOptions options;
  ServerContext context;
  Meters meters;
  Dispatcher dispatcher;
  Hall hall{options, context, dispatcher, workers, meters};  // before the threads: their connections leave through it
  std::vector<std::unique_ptr<IoThread>> threads;            // before the workers: their last jobs still post here
  WorkerPool workers;
  std::vector<Guard> guards;
  std::unique_ptr<asio::ssl::context> tls;
  std::unique_ptr<Tcp::acceptor> acceptor;
  std::uint16_t port = 0;
  bool stopped = false;
};

asio::awaitable<void> Server::State::Accept() {
  for (std::size_t next = 0; acceptor->is_open(); next = (next + 1) % threads.size()) {
    auto& thread = *threads[next];
    auto [error, socket] = co_await acceptor->async_accept(thread.context, kAwait);
    if (error == asio::error::operation_aborted || hall.stopping) co_return;
    if (error) {  // out of descriptors: let some close first
      asio::steady_timer pause(acceptor->get_executor(), std::chrono::milliseconds(50));
      co_await pause.async_wait(kAwait);
      continue;
    }
    {
      std::lock_guard const lock(hall.mutex);
      if (hall.open >= options.max_connections) continue;  // closes the socket
    }
    if (tls)
      asio::co_spawn(thread.context, ServeTls(hall, thread, std::move(socket), *tls), asio::detached);
    else
      asio::co_spawn(thread.context, ServePlain(hall, thread, std::move(socket)), asio::detached);
  }
}

void Server::State::ForEachConnection(std::function<void(Watched&)> const& visit) {
  for (auto& thread : threads)
    asio::post(thread->context, [&thread = *thread, visit] {
      for (auto* connection : thread.connections) visit(*connection);
    });
}

bool Server::State::WaitUntilEmpty(std::chrono::milliseconds limit) {
  std::unique_lock lock(hall.mutex);
  return hall.changed.wait_for(lock, limit, [&] { return hall.open == 0; });
}

Server::Server(ServerOptions options, ServerContext context)
    : state_(std::make_unique<State>(std::move(options), std::move(context))) {}

Server::~Server() { Stop(std::chrono::milliseconds(0)); }

Result<> Server::Start() {
  auto& s = *state_;
  boost::system::error_code error;
  if (!s.options.tls_certificate.empty()) {
    s.tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    s.tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                       asio::ssl::context::no_tlsv1_1);
    s.tls->use_certificate_chain_file(s.options.tls_certificate.string(), error);
    if (!error) s.tls->use_private_key_file(s.options.tls_key.string(), asio::ssl::context::pem, error);
    if (error) return Fail(ErrorCode::kInvalid, "server.bad_certificate", {{"reason", error.message()}});
  }
  auto const address = asio::ip::make_address(s.options.address, error);
  if (error) return Fail(ErrorCode::kInvalid, "server.bad_address", {{"address", s.options.address}});
  for (unsigned i = 0; i < s.options.io_threads; ++i) {
    s.threads.push_back(std::make_unique<IoThread>());
    s.guards.emplace_back(s.threads.back()->context.get_executor());
  }
  Tcp::endpoint const endpoint(address, s.options.port);
  s.acceptor = std::make_unique<Tcp::acceptor>(s.threads.front()->context);
  s.acceptor->open(endpoint.protocol(), error);
  if (!error) s.acceptor->set_option(Tcp::acceptor::reuse_address(true), error);
  if (!error) s.acceptor->bind(endpoint, error);
  if (!error) s.acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return Fail(
        ErrorCode::kConflict, "server.address_in_use",
        {{"address", s.options.address}, {"port", std::to_string(s.options.port)}, {"reason", error.message()}});
  s.port = s.acceptor->local_endpoint().port();
  asio::co_spawn(s.threads.front()->context, s.Accept(), asio::detached);
  for (auto& thread : s.threads) {
    asio::co_spawn(thread->context, SweepDeadlines(*thread, SweepPeriod(s.options)), asio::detached);
    thread->thread = std::jthread([&context = thread->context] { context.run(); });
  }
  return {};
}

std::uint16_t Server::port() const { return state_->port; }

void Server::Stop(std::chrono::milliseconds grace) {
  auto& s = *state_;
  if (s.stopped) return;
  s.stopped = true;
  s.hall.stopping = true;
  if (s.acceptor) {
    asio::post(s.threads.front()->context, [&s] {
      boost::system::error_code ignored;
      s.acceptor->close(ignored);
    });
    s.ForEachConnection([](Watched& connection) {
      if (connection.events)
        connection.events->Close();
      else if (connection.idle)
        connection.Cancel();
    });
    if (!s.WaitUntilEmpty(grace)) {
      s.ForEachConnection([](Watched& connection) {
        connection.expired = true;
        connection.Cancel();
      });
      s.WaitUntilEmpty(std::chrono::seconds(5));
    }
  }
  s.workers.Stop();
  for (auto& thread : s.threads) thread->context.stop();
  for (auto& thread : s.threads)
    if (thread->thread.joinable()) thread->thread.join();
}

}  // namespace bole::http
