#pragma once
#include <map>
#include <string>
#include <vector>

#include "platform/jobs/jobs.hpp"

namespace bole {

// News from a module to those above it. Publishing writes one job per subscriber in the publisher's transaction, so
// news is delivered at least once, also after a crash. Subscribe before the server starts; Publish from any thread.
class EventBus {
 public:
  explicit EventBus(jobs::JobQueue& queue) : queue_(queue) {}
  // `event` will run the job `job_type` on `lane` with the event's payload.
  void Subscribe(std::string const& event, std::string job_type, std::string lane = "default") {
    subscribers_[event].push_back({std::move(job_type), std::move(lane)});
  }
  // `key`: while the same news is still undelivered, publishing it again changes nothing.
  void Publish(db::Tx& tx, std::string const& event, std::string const& key, json::object const& payload) {
    auto const found = subscribers_.find(event);
    if (found == subscribers_.end()) return;
    for (auto const& subscriber : found->second)
      queue_.Enqueue(tx, {.type = subscriber.job_type, .payload = payload, .key = key, .lane = subscriber.lane});
  }

 private:
  struct Subscriber {
    std::string job_type, lane;
  };
  jobs::JobQueue& queue_;
  std::map<std::string, std::vector<Subscriber>> subscribers_;
};

}  // namespace bole
