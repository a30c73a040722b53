#include <sherpa-onnx/c-api/c-api.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "base/text.hpp"
#include "media/speech/pinyin.hpp"
#include "media/speech/speech_model.hpp"
#include "media/speech/token_words.hpp"

namespace bole::media {
namespace {

constexpr int kRate = 16000;

template <class T>
using Owned = std::unique_ptr<T const, void (*)(T const*)>;

// Paths stay alive in `files` while sherpa-onnx reads the configuration.
struct Paths {
  std::map<std::string, std::string> files;
  char const* operator()(std::string const& role) const {
    auto const it = files.find(role);
    return it == files.end() ? "" : it->second.c_str();
  }
};

using Configure = std::function<void(SherpaOnnxOfflineModelConfig&, Paths const&, char const* language)>;

std::map<std::string, Configure> const& Families() {
  static std::map<std::string, Configure> const families{
      {"sense_voice",
       [](auto& c, auto& p, auto* language) {
         c.sense_voice = {p("model"), language, 1};
       }},
      {"paraformer", [](auto& c, auto& p, auto*) { c.paraformer.model = p("model"); }},
      {"zipformer_transducer",
       [](auto& c, auto& p, auto*) {
         c.transducer = {p("encoder"), p("decoder"), p("joiner")};
       }},
      {"zipformer_ctc", [](auto& c, auto& p, auto*) { c.zipformer_ctc.model = p("model"); }},
      {"whisper",
       [](auto& c, auto& p, auto* language) {
         c.whisper.encoder = p("encoder");
         c.whisper.decoder = p("decoder");
         c.whisper.language = language;
         c.whisper.task = "transcribe";
         c.whisper.enable_token_timestamps = 1;
       }},
      {"moonshine",
       [](auto& c, auto& p, auto*) {
         c.moonshine = {p("preprocessor"), p("encoder"), p("uncached_decoder"), p("cached_decoder"),
                        p("merged_decoder")};
       }},
      {"omnilingual_ctc", [](auto& c, auto& p, auto*) { c.omnilingual.model = p("model"); }},
      {"wenet_ctc", [](auto& c, auto& p, auto*) { c.wenet_ctc.model = p("model"); }},
      {"nemo_ctc", [](auto& c, auto& p, auto*) { c.nemo_ctc.model = p("model"); }},
      {"fire_red_ctc", [](auto& c, auto& p, auto*) { c.fire_red_asr_ctc.model = p("model"); }},
      {"dolphin", [](auto& c, auto& p, auto*) { c.dolphin.model = p("model"); }},
  };
  return families;
}

class Sherpa final : public Recogniser {
 public:
  Sherpa(ModelCard card, Owned<SherpaOnnxOfflineRecognizer> recogniser, std::shared_ptr<PinyinReader> pinyin)
      : card_(std::move(card)), recogniser_(std::move(recogniser)), pinyin_(std::move(pinyin)) {}

  Result<Recognised> Recognise(double start, std::span<float const> samples, std::string_view,
                               std::stop_token) override {
    Recognised out;
    constexpr std::size_t kShortest = kRate / 10,
                          kLongest = 30 * kRate;  // an empty stream ends the process inside the library
    if (samples.size() < kShortest) return out;
    samples = samples.first(std::min(samples.size(), kLongest));
    Owned<SherpaOnnxOfflineStream> stream(SherpaOnnxCreateOfflineStream(recogniser_.get()),
                                          SherpaOnnxDestroyOfflineStream);
    if (!stream) return out;
    SherpaOnnxAcceptWaveformOffline(stream.get(), kRate, samples.data(), static_cast<int>(samples.size()));
    SherpaOnnxDecodeOfflineStream(recogniser_.get(), stream.get());
    Owned<SherpaOnnxOfflineRecognizerResult> result(SherpaOnnxGetOfflineStreamResult(stream.get()),
                                                    SherpaOnnxDestroyOfflineRecognizerResult);
    if (!result) return out;
    double const end = start + static_cast<double>(samples.size()) / kRate;
    out.words = WordsFromTokens(Tokens(*result, start, end, samples), end);
    if (pinyin_) ReadPinyin(out.words);
    out.language = Language(*result);
    return out;
  }
  std::string Name() const override { return card_.id; }
  std::string Version() const override { return std::string("sherpa-onnx ") + SherpaOnnxGetVersionStr(); }
  std::vector<std::string> const& Languages() const override { return card_.languages; }

 private:
  std::string Language(SherpaOnnxOfflineRecognizerResult const& result) const {
    std::string said = result.lang ? result.lang : "";
    said = ReplaceAll(ReplaceAll(said, "<|", ""), "|>", "");
    if (said.empty() && card_.languages.size() == 1) return card_.languages.front();
    return said;
  }

  // Families without times (Moonshine) get them spread evenly over the segment.
  std::vector<Token> Tokens(SherpaOnnxOfflineRecognizerResult const& result, double start, double end,
                            std::span<float const> samples) const {
    auto const count = static_cast<std::size_t>(std::max(0, result.count));
    double const estimate = EstimateConfidence(samples, count);
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < count; ++i) {
      double const even = static_cast<double>(i) / static_cast<double>(count) * (end - start);
      Token token{result.tokens_arr[i], start + (result.timestamps ? double{result.timestamps[i]} : even), 0, estimate};
      token.start = std::clamp(token.start, tokens.empty() ? start : tokens.back().start, end);
      if (result.durations) token.end = token.start + double{result.durations[i]};
      if (result.ys_log_probs) token.confidence = std::clamp(std::exp(double{result.ys_log_probs[i]}), 0.0, 1.0);
      tokens.push_back(std::move(token));
    }
    return tokens;
  }

  void ReadPinyin(std::vector<SpokenWord>& words) const {
    std::vector<std::string> syllables;
    for (auto const& w : words) syllables.push_back(w.word.text);
    auto const characters = pinyin_->Read(syllables);
    for (std::size_t i = 0; i < words.size(); ++i) words[i].word.text = characters[i];
  }

  ModelCard card_;
  Owned<SherpaOnnxOfflineRecognizer> recogniser_;
  std::shared_ptr<PinyinReader> pinyin_;
};

}  // namespace

Result<std::unique_ptr<Recogniser>> LoadSherpaRecogniser(ModelCard const& card) {
  auto const family = Families().find(card.family);
  if (family == Families().end())
    return Fail(ErrorCode::kUnavailable, "engine.family_unknown", {{"family", card.family}});
  Paths paths;
  for (auto const& [role, file] : card.files) {
    auto const path = std::filesystem::path(card.dir) / file;
    std::error_code error;  // the library ends the process on some missing files: look first
    if (!std::filesystem::exists(path, error))
      return Fail(ErrorCode::kUnavailable, "engine.model_broken", {{"id", card.id}});
    paths.files[role] = path.string();
  }
  SherpaOnnxOfflineRecognizerConfig config{};
  std::string const language = card.languages.size() == 1     ? card.languages.front()
                               : card.family == "sense_voice" ? "auto"
                                                              : "";
  family->second(config.model_config, paths, language.c_str());
  config.feat_config = {kRate, 80};
  config.model_config.tokens = paths("tokens");
  config.model_config.num_threads = 1;
  config.model_config.provider = "cpu";
  config.decoding_method = "greedy_search";
  Owned<SherpaOnnxOfflineRecognizer> recogniser(SherpaOnnxCreateOfflineRecognizer(&config),
                                                SherpaOnnxDestroyOfflineRecognizer);
  if (!recogniser) return Fail(ErrorCode::kUnavailable, "engine.model_broken", {{"id", card.id}});
  std::shared_ptr<PinyinReader> pinyin;
  if (card.pinyin) {
    BOLE_ASSIGN(pinyin, PinyinReader::Load());
  }
  return std::make_unique<Sherpa>(card, std::move(recogniser), std::move(pinyin));
}

}  // namespace bole::media
