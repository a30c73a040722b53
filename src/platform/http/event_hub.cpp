#include "platform/http/event_hub.hpp"

#include <algorithm>

namespace bole::http {

std::optional<Event> EventSubscription::Next() {
  std::lock_guard const lock(mutex_);
  if (head_ == queue_.size()) return std::nullopt;
  auto event = std::move(queue_[head_++]);
  if (head_ == queue_.size()) queue_.clear(), head_ = 0;
  return event;
}

bool EventSubscription::closed() const {
  std::lock_guard const lock(mutex_);
  return closed_;
}

void EventSubscription::Close() {
  std::lock_guard const lock(mutex_);
  closed_ = true;
  if (wake_) wake_();
}

// Called under the lock on purpose: after OnChange({}) returns, no wake is running any more.
void EventSubscription::OnChange(std::function<void()> wake) {
  std::lock_guard const lock(mutex_);
  wake_ = std::move(wake);
  if (wake_ && (closed_ || head_ < queue_.size())) wake_();
}

void EventSubscription::Offer(Event const& event) {
  if (filter_ && !filter_(event)) return;
  std::lock_guard const lock(mutex_);
  if (closed_) return;
  if (queue_.size() - head_ >= limit_)
    closed_ = true;
  else
    queue_.push_back(event);
  if (wake_) wake_();
}

void EventHub::Publish(Event const& event) {
  std::vector<std::shared_ptr<EventSubscription>> listeners;
  {
    std::lock_guard const lock(mutex_);
    auto const found = topics_.find(event.topic);
    if (found == topics_.end()) return;
    std::erase_if(found->second, [&](auto const& weak) {
      auto listener = weak.lock();
      if (listener) listeners.push_back(std::move(listener));
      return weak.expired();
    });
    if (found->second.empty()) topics_.erase(found);
  }
  for (auto const& listener : listeners) listener->Offer(event);
}

std::shared_ptr<EventSubscription> EventHub::Subscribe(std::string const& topic, EventFilter filter) {
  auto subscription = std::make_shared<EventSubscription>(queue_limit_, std::move(filter));
  std::lock_guard const lock(mutex_);
  auto& listeners = topics_[topic];
  std::erase_if(listeners, [](auto const& weak) { return weak.expired(); });
  listeners.push_back(subscription);
  return subscription;
}

void EventHub::CloseAll() {
  std::lock_guard const lock(mutex_);
  for (auto const& [topic, listeners] : topics_)
    for (auto const& weak : listeners)
      if (auto const listener = weak.lock()) listener->Close();
}

std::size_t EventHub::subscribers(std::string const& topic) const {
  std::lock_guard const lock(mutex_);
  auto const found = topics_.find(topic);
  if (found == topics_.end()) return 0;
  return static_cast<std::size_t>(
      std::count_if(found->second.begin(), found->second.end(), [](auto const& weak) { return !weak.expired(); }));
}

}  // namespace bole::http
