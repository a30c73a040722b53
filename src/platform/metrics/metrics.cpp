#include "platform/metrics/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>

namespace bole::metrics {

void Counter::Increment(double by) const { counter_->Increment(by); }
double Counter::value() const { return counter_->Value(); }
void Gauge::Set(double value) const { gauge_->Set(value); }
void Gauge::Add(double by) const { gauge_->Increment(by); }
double Gauge::value() const { return gauge_->Value(); }
void Histogram::Observe(double value) const { histogram_->Observe(value); }

std::vector<double> RequestBuckets() { return {0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}; }
std::vector<double> JobBuckets() { return {0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 120, 300, 600}; }

struct Registry::State {
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
  std::mutex mutex;
  std::map<std::string, std::vector<double>> buckets;
};

Registry::Registry() : state_(std::make_unique<State>()) {}
Registry::~Registry() = default;

Counter Registry::GetCounter(std::string const& name, std::string const& help, Labels const& labels) {
  return Counter(prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry).Add(labels));
}

Gauge Registry::GetGauge(std::string const& name, std::string const& help, Labels const& labels) {
  return Gauge(prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(labels));
}

Histogram Registry::GetHistogram(std::string const& name, std::string const& help, Labels const& labels,
                                 std::vector<double> const& buckets) {
  std::vector<double> chosen;
  {
    std::lock_guard const lock(state_->mutex);
    chosen = state_->buckets.emplace(name, buckets).first->second;
  }
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
  return Histogram(family.Add(labels, chosen));
}

std::string Registry::Expose() const { return prometheus::TextSerializer().Serialize(state_->registry.Collect()); }

}  // namespace bole::metrics
