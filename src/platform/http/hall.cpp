#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.hpp"

namespace bole::http {

void Hall::Opened() {
  {
    std::lock_guard const lock(mutex);
    ++open;
  }
  meters.connections.Add(1);
}

void Hall::Closed() {
  meters.connections.Add(-1);
  std::lock_guard const lock(mutex);
  --open;
  changed.notify_all();
}

asio::awaitable<bool> OnWorker(WorkerPool& pool, bool first, std::function<void()> work) {
  auto initiation = [](auto handler, WorkerPool* workers, bool bounded, std::function<void()> job) {
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = asio::get_associated_executor(*shared);
    auto finish = [shared, executor](bool ran) { asio::post(executor, [shared, ran] { std::move (*shared)(ran); }); };
    auto whole = [finish, job = std::move(job)] {
      job();
      finish(true);
    };
    if (!(bounded ? workers->TryPost(whole) : workers->Continue(whole))) finish(false);
  };
  co_return co_await asio::async_initiate<asio::use_awaitable_t<> const, void(bool)>(
      std::move(initiation), asio::use_awaitable, &pool, first, std::move(work));
}

asio::awaitable<void> SweepDeadlines(IoThread& thread, std::chrono::milliseconds period) {
  asio::steady_timer timer(thread.context);
  for (;;) {
    timer.expires_after(period);
    auto const [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    auto const now = std::chrono::steady_clock::now();
    for (auto* connection : thread.connections) {
      if (connection->deadline > now) continue;
      connection->expired = true;
      connection->deadline = Time::max();
      connection->Cancel();
    }
  }
}

}  // namespace bole::http
