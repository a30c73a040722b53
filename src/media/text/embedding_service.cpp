#include <atomic>
#include <boost/json.hpp>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "media/text/embedder.hpp"
#include "media/text/http_post.hpp"

namespace bole::media {
namespace {

class EmbeddingService final : public Embedder {
 public:
  explicit EmbeddingService(EmbeddingServiceConfig config)
      : config_(std::move(config)), dimension_(config_.dimension) {}

  std::vector<float> Embed(std::string_view text) override {
    if (Trim(text).empty()) return {};
    namespace json = boost::json;
    auto const body =
        json::serialize(json::object{{"model", config_.model}, {"input", text}, {"encoding_format", "float"}});
    auto reply = PostJson(config_.base_url + "/embeddings", config_.api_key, body, config_.timeout_seconds);
    if (!reply) return {};
    boost::system::error_code error;
    auto const parsed = json::parse(*reply, error);
    if (error) return {};
    auto const* numbers = parsed.find_pointer("/data/0/embedding", error);
    if (!numbers || !numbers->is_array()) return {};
    std::vector<float> out;
    double square = 0;
    for (auto const& number : numbers->get_array()) {
      double value = 0;
      if (number.is_double())
        value = number.get_double();
      else if (number.is_int64())
        value = static_cast<double>(number.get_int64());
      else
        return {};
      out.push_back(static_cast<float>(value));
      square += value * value;
    }
    int expected = 0;  // unknown before the first answer
    auto const size = static_cast<int>(out.size());
    if (!(square > 0) || (!dimension_.compare_exchange_strong(expected, size) && expected != size)) return {};
    for (auto& value : out) value = static_cast<float>(value / std::sqrt(square));
    return out;
  }
  int Dimension() const override { return dimension_; }
  std::string Name() const override { return config_.model; }

 private:
  EmbeddingServiceConfig config_;
  std::atomic<int> dimension_;
};

}  // namespace

std::unique_ptr<Embedder> MakeEmbeddingService(EmbeddingServiceConfig config) {
  return std::make_unique<EmbeddingService>(std::move(config));
}

}  // namespace bole::media
