#pragma once
#include "app/bench_support.hpp"

// A candidate pool of any size for benchmarks, spread evenly over all nodes of the demonstration group.
namespace bole::app::bench {

// Returns ids of candidates that the HR user of Beijing (bj.hr) may see, at most 20,000. Progress goes to stderr.
[[nodiscard]] Result<std::vector<std::string>> FillPool(Site::Inside& inside, std::int64_t rows);

// Names and tags that occur in the pool, chosen by a random number.
[[nodiscard]] std::string PoolName(std::uint64_t random);
[[nodiscard]] std::string PoolTag(std::uint64_t random);

}  // namespace bole::app::bench
