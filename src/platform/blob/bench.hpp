#pragma once
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "platform/crypto/aead.hpp"

namespace bole::blob {

struct BenchOptions {
  std::filesystem::path directory;  // a new sub-directory is made here and removed
  int candidates = 400;             // blobs that grow in parallel
  int threads = 16;
  int seconds = 10;
  int piece_bytes = 62'500;  // 500 kbit/s
  crypto::Algorithm algorithm = crypto::Algorithm::kAes256Gcm;
};
// The store alone under the load of the `ingest` target: every candidate appends one piece a second. One JSON object
// {"bench":"blob","figures":{…}}: p50_ms, p99_ms, max_ms from due to acknowledged, pieces, late (> 250 ms), failed,
// lost (acknowledged, but not found by a new process), cpu_percent (100 = one core).
[[nodiscard]] Result<std::string> RunBenchBlob(BenchOptions const& options);

}  // namespace bole::blob
