#pragma once
// Private to the server: Beast and Asio stay in connection.cpp and server.cpp.
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <condition_variable>
#include <set>
#include <thread>

#include "platform/http/dispatcher.hpp"
#include "platform/http/meters.hpp"
#include "platform/http/worker_pool.hpp"

namespace bole::http {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Time = std::chrono::steady_clock::time_point;

// One open connection, seen by its I/O thread: the deadline of what it waits for, and how to end it.
class Watched {
 public:
  virtual ~Watched() = default;
  virtual void Cancel() = 0;  // pending reads and writes fail

  Time deadline = Time::max();
  bool expired = false;
  bool idle = true;  // between requests: may be closed without harm
  std::shared_ptr<EventSubscription> events{};
};

// An event loop with its own connections; everything in it runs on its one thread, so nothing here is locked.
// A loop that goes destroys the connections that were accepted too late to be served: `connections` outlives it.
struct IoThread {
  std::set<Watched*> connections;
  asio::io_context context{1};
  std::jthread thread;
};

// What all connections share.
struct Hall {
  ServerOptions const& options;
  ServerContext const& context;
  Dispatcher& dispatcher;
  WorkerPool& workers;
  Meters& meters;
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t open = 0;  // connections, guarded by mutex

  void Opened();
  void Closed();
};

// Serve one accepted socket until it ends.
[[nodiscard]] asio::awaitable<void> ServePlain(Hall& hall, IoThread& thread, Tcp::socket socket);
[[nodiscard]] asio::awaitable<void> ServeTls(Hall& hall, IoThread& thread, Tcp::socket socket, asio::ssl::context& tls);
// Runs `work` on the pool and comes back to this thread; false: the queue is full (only when `first`) and nothing ran.
[[nodiscard]] asio::awaitable<bool> OnWorker(WorkerPool& pool, bool first, std::function<void()> work);
// Cancels connections whose deadline has passed, until the loop stops.
[[nodiscard]] asio::awaitable<void> SweepDeadlines(IoThread& thread, std::chrono::milliseconds period);

}  // namespace bole::http
