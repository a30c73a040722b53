#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace bole::http {

// The threads on which handlers run. Jobs must not throw.
class WorkerPool {
 public:
  using Job = std::function<void()>;
  WorkerPool(unsigned threads, std::size_t queue_limit);
  ~WorkerPool() { Stop(); }
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  // False when the queue is full or the pool has stopped: nothing will run.
  [[nodiscard]] bool TryPost(Job job);
  // For the next piece of an answer that has already begun: not refused by a full queue.
  [[nodiscard]] bool Continue(Job job);
  [[nodiscard]] std::size_t queued() const;
  // Runs what is queued, then joins.
  void Stop();

 private:
  bool Push(Job job, std::size_t limit);
  void Run();

  std::size_t const queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace bole::http
