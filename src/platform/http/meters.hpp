#pragma once
#include <map>
#include <mutex>
#include <string>

#include "platform/metrics/metrics.hpp"

namespace bole::http {

// The server's own metrics. Thread-safe.
class Meters {
 public:
  explicit Meters(metrics::Registry& registry);
  void Observe(std::string_view method, std::string const& route, int status, double seconds);

  metrics::Gauge const connections;
  metrics::Gauge const in_flight;
  metrics::Gauge const queued;
  metrics::Counter const refused;  // the queue was full
  metrics::Gauge const streams;

 private:
  struct Series {
    metrics::Counter count;
    metrics::Histogram seconds;
  };
  metrics::Registry& registry_;
  std::mutex mutex_;
  std::map<std::string, Series, std::less<>> series_;
};

}  // namespace bole::http
