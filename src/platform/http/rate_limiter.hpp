#pragma once
#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

#include "platform/http/hooks.hpp"

namespace bole::http {

// Token buckets by (class, remote address). Thread-safe; forgets addresses whose bucket is full again.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit RateLimiter(RateLimits limits) : limits_(std::move(limits)) {}

  // Seconds to wait, 0 = go on.
  [[nodiscard]] double Take(std::string const& rate_class, std::string const& address, Time now);
  [[nodiscard]] std::size_t size() const;

 private:
  struct Bucket {
    double tokens = 0;
    Time at{};
  };
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<std::string, Bucket> buckets;
  };
  static constexpr std::size_t kPruneAt = 4096;  // buckets of one shard

  RateLimits limits_;
  std::array<Shard, 16> shards_;
};

}  // namespace bole::http
