#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "platform/security/principal.hpp"

namespace bole::http {

// News for open pages. `scope` is opaque to the hub (for example the path of the org node that owns the row):
// a subscriber's filter decides with it who may see the event.
struct Event {
  std::string topic;  // "interviews"
  std::string name;   // SSE event name: "interview"
  std::string data;   // JSON text
  std::string scope{};
  RecordTeam team{};  // with `scope`, for filters that know accounts
};
using EventFilter = std::function<bool(Event const&)>;

// One open stream. Bounded: whoever does not read `limit` events in time is closed and reloads.
class EventSubscription {
 public:
  EventSubscription(std::size_t limit, EventFilter filter) : limit_(limit), filter_(std::move(filter)) {}
  // Takes the next event; nullopt when there is none now.
  [[nodiscard]] std::optional<Event> Next();
  [[nodiscard]] bool closed() const;
  void Close();
  // `wake` is called from the publisher's thread after an event came or the subscription was closed; must not block.
  void OnChange(std::function<void()> wake);

 private:
  friend class EventHub;
  void Offer(Event const& event);

  std::size_t const limit_;
  EventFilter const filter_;
  mutable std::mutex mutex_;
  std::vector<Event> queue_;
  std::size_t head_ = 0;
  bool closed_ = false;
  std::function<void()> wake_;
};

// Fan-out inside this process; all methods are thread-safe. Events are hints: nothing is kept for absent listeners,
// so clients load the state first and treat events as changes to it.
class EventHub {
 public:
  explicit EventHub(std::size_t queue_limit = 256) : queue_limit_(queue_limit) {}
  ~EventHub() { CloseAll(); }

  void Publish(Event const& event);
  void Publish(std::string topic, std::string name, std::string data) {
    Publish(Event{std::move(topic), std::move(name), std::move(data)});
  }
  // The stream ends when the returned pointer dies. No filter = everything of the topic.
  [[nodiscard]] std::shared_ptr<EventSubscription> Subscribe(std::string const& topic, EventFilter filter = {});
  void CloseAll();
  [[nodiscard]] std::size_t subscribers(std::string const& topic) const;

 private:
  std::size_t const queue_limit_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::weak_ptr<EventSubscription>>> topics_;
};

}  // namespace bole::http
