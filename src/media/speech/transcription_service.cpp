#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "media/speech/recogniser.hpp"
#include "media/speech/token_words.hpp"
#include "media/text/http_post.hpp"

namespace bole::media {
namespace {

namespace json = boost::json;

double Number(json::object const& object, char const* key, double otherwise) {
  auto const* value = object.if_contains(key);
  if (!value) return otherwise;
  if (value->is_double()) return value->get_double();
  return value->is_int64() ? static_cast<double>(value->get_int64()) : otherwise;
}
std::string Text(json::object const& object, char const* key) {
  auto const* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string ShortLanguage(std::string const& name) {
  if (name == "english") return "en";
  if (name == "chinese" || name == "mandarin") return "zh";
  return name.substr(0, 2);
}

class Service final : public Recogniser {
 public:
  explicit Service(TranscriptionServiceConfig config) : config_(std::move(config)) {}

  Result<Recognised> Recognise(double start, std::span<float const> samples, std::string_view language,
                               std::stop_token stop) override {
    Recognised out;
    constexpr int kRate = 16000;
    if (samples.size() < kRate / 10) return out;
    std::vector<std::pair<std::string, std::string>> fields{{"model", config_.model},
                                                            {"response_format", "verbose_json"},
                                                            {"timestamp_granularities[]", "word"},
                                                            {"timestamp_granularities[]", "segment"},
                                                            {"temperature", "0"}};
    if (!language.empty() && language != "auto") fields.emplace_back("language", std::string(language));
    BOLE_ASSIGN(auto reply,
                PostForm(config_.base_url + "/audio/transcriptions", config_.api_key, fields,
                         {"file", "answer.wav", "audio/wav", WavBytes(samples, kRate)}, config_.timeout_seconds, stop));
    boost::system::error_code error;
    auto const parsed = json::parse(reply, error);
    auto const* object = error ? nullptr : parsed.if_object();
    if (!object) return Fail(ErrorCode::kUnavailable, "engine.service", {{"status", "200"}});
    double const length = static_cast<double>(samples.size()) / kRate;
    out.words = WordsFromTokens(Tokens(*object, start, length, samples), start + length);
    out.language = ShortLanguage(Text(*object, "language"));
    if (out.language.empty()) out.language = language;
    return out;
  }
  std::string Name() const override { return config_.model; }
  std::string Version() const override { return "openai-compatible"; }
  std::vector<std::string> const& Languages() const override { return config_.languages; }

 private:
  // Words with times when the service gives them, else its segments, else the whole text.
  static std::vector<Token> Tokens(json::object const& reply, double start, double length,
                                   std::span<float const> samples) {
    std::vector<Token> tokens;
    auto const add = [&](json::object const& entry, char const* text, double confidence) {
      double const from = std::clamp(Number(entry, "start", 0), 0.0, length),
                   to = std::clamp(Number(entry, "end", length), from, length);
      auto word = Text(entry, text);
      if (word.empty()) return;
      if (word.front() != ' ') word.insert(word.begin(), ' ');
      tokens.push_back({std::move(word), start + from, start + to, confidence});
    };
    double log_probability = -1;
    bool has_probability = false;
    auto const* segments = reply.if_contains("segments");
    if (segments && segments->is_array())
      for (auto const& entry : segments->get_array())
        if (auto const* object = entry.if_object(); object && object->contains("avg_logprob")) {
          log_probability = Number(*object, "avg_logprob", -1);
          has_probability = true;
        }
    double const confidence = has_probability
                                  ? std::clamp(std::exp(log_probability), 0.0, 1.0)
                                  : EstimateConfidence(samples, static_cast<std::size_t>(std::max(1.0, length * 3)));
    for (auto const& [list, text] : {std::pair{"words", "word"}, std::pair{"segments", "text"}}) {
      auto const* entries = reply.if_contains(list);
      if (!tokens.empty() || !entries || !entries->is_array()) continue;
      for (auto const& entry : entries->get_array())
        if (auto const* object = entry.if_object()) add(*object, text, confidence);
    }
    if (tokens.empty()) add(reply, "text", confidence);
    std::stable_sort(tokens.begin(), tokens.end(), [](auto const& a, auto const& b) { return a.start < b.start; });
    return tokens;
  }
  TranscriptionServiceConfig config_;
};

}  // namespace

std::unique_ptr<Recogniser> MakeTranscriptionService(TranscriptionServiceConfig config) {
  return std::make_unique<Service>(std::move(config));
}

}  // namespace bole::media
