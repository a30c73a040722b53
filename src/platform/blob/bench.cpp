#include "platform/blob/bench.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/blob/local_store.hpp"
#include "platform/crypto/random.hpp"

namespace bole::blob {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr double kLateMs = 250;

struct Outcome {
  std::vector<double> latencies_ms;
  std::vector<std::uint32_t> acknowledged;  // pieces, by candidate
  std::uint64_t failed = 0;
};

std::string IdOf(int candidate) { return fmt::format("bench-{}", candidate); }

// The candidates of one thread: each is due once a second, at its own fraction of it. Latency counts from the moment a
// piece was due, so that a stalled store cannot hide behind pieces that were sent late.
void Upload(BlobStore& store, BenchOptions const& options, int thread, SteadyClock::time_point start,
            crypto::Bytes const& piece, Outcome& outcome, std::mutex& mutex) {
  std::vector<double> latencies;
  std::uint64_t failed = 0;
  for (int second = 0; second < options.seconds; ++second)
    for (int candidate = thread; candidate < options.candidates; candidate += options.threads) {
      auto const due = start + std::chrono::seconds(second) +
                       std::chrono::microseconds(1'000'000LL * candidate / options.candidates);
      std::this_thread::sleep_until(due);
      auto const state = store.Append(IdOf(candidate), static_cast<std::uint32_t>(second), piece);
      latencies.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - due).count());
      if (state)
        outcome.acknowledged.at(static_cast<std::size_t>(candidate)) = state->next_piece;
      else
        ++failed;
    }
  std::lock_guard const lock(mutex);
  outcome.latencies_ms.insert(outcome.latencies_ms.end(), latencies.begin(), latencies.end());
  outcome.failed += failed;
}

double CpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Acknowledged pieces that a new process would not find, or not find equal.
Result<std::uint64_t> CountLost(BlobStore& store, Outcome const& outcome, crypto::Bytes const& piece) {
  std::uint64_t lost = 0;
  crypto::Bytes found(piece.size());
  for (std::size_t candidate = 0; candidate < outcome.acknowledged.size(); ++candidate) {
    BOLE_ASSIGN(auto const reader, store.Open(IdOf(static_cast<int>(candidate))));
    for (std::uint32_t i = 0; i < outcome.acknowledged[candidate]; ++i) {
      auto const count = reader->ReadAt(std::uint64_t{i} * piece.size(), found);
      if (!count || *count != piece.size() || found != piece) ++lost;
    }
  }
  return lost;
}

Result<std::string> Run(BenchOptions const& options, std::filesystem::path const& root) {
  SystemClock const clock;
  BOLE_ASSIGN(
      auto const keys,
      crypto::KeyRing::Load(
          {{}, fmt::format("index={},k1={}", crypto::RandomToken(32), crypto::RandomToken(32)), options.algorithm},
          clock));
  auto const files = MakePosixFileSystem();
  BOLE_ASSIGN(auto store, MakeLocalStore({.root = root}, *files, keys));
  for (int candidate = 0; candidate < options.candidates; ++candidate) BOLE_TRY(store->Create(IdOf(candidate)));

  auto const piece = crypto::RandomBytes(static_cast<std::size_t>(options.piece_bytes));
  Outcome outcome;
  outcome.acknowledged.resize(static_cast<std::size_t>(options.candidates));
  std::mutex mutex;
  auto const cpu_before = CpuSeconds();
  auto const start = SteadyClock::now() + std::chrono::milliseconds(50);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < options.threads; ++thread)
      threads.emplace_back([&, thread] { Upload(*store, options, thread, start, piece, outcome, mutex); });
  }
  auto const wall = std::chrono::duration<double>(SteadyClock::now() - start).count();
  auto const cpu = CpuSeconds() - cpu_before;
  BOLE_ASSIGN(store, MakeLocalStore({.root = root}, *files, keys));
  BOLE_ASSIGN(auto const lost, CountLost(*store, outcome, piece));

  auto& latencies = outcome.latencies_ms;
  std::sort(latencies.begin(), latencies.end());
  auto const quantile = [&](double q) {
    return latencies[std::min(latencies.size() - 1, std::size_t(q * double(latencies.size())))];
  };
  auto const late = latencies.end() - std::upper_bound(latencies.begin(), latencies.end(), kLateMs);
  return fmt::format(
      R"({{"bench":"blob","figures":{{"candidates":{},"threads":{},"seconds":{},"piece_bytes":{},"algorithm":"{}",)"
      R"("pieces":{},"p50_ms":{:.2f},"p99_ms":{:.2f},"max_ms":{:.2f},"late":{},"failed":{},"lost":{},"cpu_percent":{:.1f}}}}})",
      options.candidates, options.threads, options.seconds, options.piece_bytes,
      crypto::AlgorithmName(options.algorithm), latencies.size(), quantile(0.5), quantile(0.99), latencies.back(), late,
      outcome.failed, lost, 100 * cpu / wall);
}

}  // namespace

Result<std::string> RunBenchBlob(BenchOptions const& options) {
  if (options.candidates < 1 || options.threads < 1 || options.seconds < 1 || options.piece_bytes < 1)
    return FailField("", "out_of_range");
  std::error_code error;
  std::filesystem::create_directories(options.directory, error);
  auto const root = options.directory / ("bench-blob-" + crypto::RandomToken(6));
  auto result = Run(options, root);
  std::filesystem::remove_all(root, error);
  return result;
}

}  // namespace bole::blob
