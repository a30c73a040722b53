#include "platform/http/worker_pool.hpp"

#include <limits>

namespace bole::http {

WorkerPool::WorkerPool(unsigned threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

bool WorkerPool::TryPost(Job job) { return Push(std::move(job), queue_limit_); }

bool WorkerPool::Continue(Job job) { return Push(std::move(job), std::numeric_limits<std::size_t>::max()); }

bool WorkerPool::Push(Job job, std::size_t limit) {
  {
    std::lock_guard const lock(mutex_);
    if (stopping_ || queue_.size() >= limit) return false;
    queue_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

std::size_t WorkerPool::queued() const {
  std::lock_guard const lock(mutex_);
  return queue_.size();
}

void WorkerPool::Stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  threads_.clear();
}

void WorkerPool::Run() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    job();
  }
}

}  // namespace bole::http
