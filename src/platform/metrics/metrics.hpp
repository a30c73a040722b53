#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace bole::metrics {

using Labels = std::map<std::string, std::string>;

// Handles: cheap to copy, valid as long as their Registry, usable from any thread. Labels must have few values
// (a route template, a state), never an id, a name or a path.
class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void Increment(double by = 1) const;
  [[nodiscard]] double value() const;

 private:
  prometheus::Counter* counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  void Set(double value) const;
  void Add(double by) const;  // negative to lower
  [[nodiscard]] double value() const;

 private:
  prometheus::Gauge* gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void Observe(double value) const;

 private:
  prometheus::Histogram* histogram_;
};

// Buckets in seconds that suit requests and queries (1 ms … 10 s) and long work (0.1 s … 10 min).
[[nodiscard]] std::vector<double> RequestBuckets();
[[nodiscard]] std::vector<double> JobBuckets();

// The metrics of one program. Get-or-create: the same name and labels give the same series. Names follow
// Prometheus (bole_<what>_<unit>[_total]); a name reused with another type throws std::invalid_argument.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(Registry const&) = delete;
  Registry& operator=(Registry const&) = delete;

  [[nodiscard]] Counter GetCounter(std::string const& name, std::string const& help, Labels const& labels = {});
  [[nodiscard]] Gauge GetGauge(std::string const& name, std::string const& help, Labels const& labels = {});
  // The buckets of the first call for a name hold for all its series.
  [[nodiscard]] Histogram GetHistogram(std::string const& name, std::string const& help, Labels const& labels = {},
                                       std::vector<double> const& buckets = RequestBuckets());
  // Text exposition format 0.0.4, for /metrics.
  [[nodiscard]] std::string Expose() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bole::metrics
