#include "platform/http/rate_limiter.hpp"

#include <algorithm>

namespace bole::http {

double RateLimiter::Take(std::string const& rate_class, std::string const& address, Time now) {
  auto const limit = limits_.find(rate_class);
  if (limit == limits_.end() || limit->second.per_second <= 0) return 0;
  auto const rate = limit->second.per_second;
  auto const top = std::max(limit->second.burst, 1.0);
  auto const refilled = [&](Bucket const& bucket) {
    return std::min(top, bucket.tokens + std::chrono::duration<double>(now - bucket.at).count() * rate);
  };
  auto key = rate_class + ' ' + address;
  auto& shard = shards_[std::hash<std::string>{}(key) % shards_.size()];
  std::lock_guard const lock(shard.mutex);
  if (shard.buckets.size() >= kPruneAt)
    std::erase_if(shard.buckets, [&](auto const& entry) { return refilled(entry.second) >= top; });
  auto const [entry, fresh] = shard.buckets.try_emplace(std::move(key), Bucket{top, now});
  auto& bucket = entry->second;
  bucket.tokens = refilled(bucket);
  bucket.at = now;
  if (bucket.tokens < 1) return (1 - bucket.tokens) / rate;
  bucket.tokens -= 1;
  return 0;
}

std::size_t RateLimiter::size() const {
  std::size_t out = 0;
  for (auto const& shard : shards_) {
    std::lock_guard const lock(shard.mutex);
    out += shard.buckets.size();
  }
  return out;
}

}  // namespace bole::http
