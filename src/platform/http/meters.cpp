#include "platform/http/meters.hpp"

namespace bole::http {

Meters::Meters(metrics::Registry& registry)
    : connections(registry.GetGauge("bole_http_connections", "Open connections")),
      in_flight(registry.GetGauge("bole_http_requests_in_flight", "Requests being answered")),
      queued(registry.GetGauge("bole_http_queue_length", "Requests waiting for a worker")),
      refused(registry.GetCounter("bole_http_refused_total", "Requests refused because the queue was full")),
      streams(registry.GetGauge("bole_http_event_streams", "Open event streams")),
      registry_(registry) {}

void Meters::Observe(std::string_view method, std::string const& route, int status, double seconds) {
  auto const code = std::to_string(status);
  std::string key;
  key.append(method).append(" ").append(code).append(" ").append(route);
  Series const* series = nullptr;
  {
    std::lock_guard const lock(mutex_);
    auto found = series_.find(key);
    if (found == series_.end()) {
      metrics::Labels labels{{"method", std::string(method)}, {"route", route}};
      auto const histogram = registry_.GetHistogram("bole_http_request_seconds", "Time to answer", labels);
      labels["status"] = code;
      auto const counter = registry_.GetCounter("bole_http_requests_total", "Requests answered", labels);
      found = series_.emplace(std::move(key), Series{counter, histogram}).first;
    }
    series = &found->second;  // never erased, so it stays valid without the lock
  }
  series->count.Increment();
  series->seconds.Observe(seconds);
}

}  // namespace bole::http
