#include "platform/metrics/metrics.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <thread>

namespace bole::metrics {
namespace {

using testing::HasSubstr;

TEST(Metrics, SameNameAndLabelsAreOneSeries) {
  Registry registry;
  registry.GetCounter("bole_things_total", "Things", {{"kind", "a"}}).Increment();
  registry.GetCounter("bole_things_total", "Things", {{"kind", "a"}}).Increment(2);
  registry.GetCounter("bole_things_total", "Things", {{"kind", "b"}}).Increment();
  auto const text = registry.Expose();
  EXPECT_THAT(text, HasSubstr("# TYPE bole_things_total counter"));
  EXPECT_THAT(text, HasSubstr("bole_things_total{kind=\"a\"} 3"));
  EXPECT_THAT(text, HasSubstr("bole_things_total{kind=\"b\"} 1"));
}

TEST(Metrics, HistogramCountsIntoItsBuckets) {
  Registry registry;
  auto const histogram = registry.GetHistogram("bole_x_seconds", "X", {}, {0.1, 1});
  histogram.Observe(0.05);
  histogram.Observe(0.5);
  histogram.Observe(5);
  auto const text = registry.Expose();
  EXPECT_THAT(text, HasSubstr("bole_x_seconds_bucket{le=\"0.1\"} 1"));
  EXPECT_THAT(text, HasSubstr("bole_x_seconds_bucket{le=\"1\"} 2"));
  EXPECT_THAT(text, HasSubstr("bole_x_seconds_count 3"));
}

TEST(Metrics, GaugeGoesUpAndDownFromManyThreads) {
  Registry registry;
  auto const gauge = registry.GetGauge("bole_open", "Open");
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 1000; ++i) gauge.Add(1), gauge.Add(-1);
        gauge.Add(1);
      });
  }
  EXPECT_EQ(gauge.value(), 4);
}

TEST(Metrics, NameOfAnotherTypeIsABug) {
  Registry registry;
  [[maybe_unused]] auto const counter = registry.GetCounter("bole_a", "A");
  EXPECT_THROW((void)registry.GetGauge("bole_a", "A"), std::invalid_argument);
}

}  // namespace
}  // namespace bole::metrics
