#include "media/speech/synthesis.hpp"

#include <espeak-ng/speak_lib.h>
#include <sherpa-onnx/c-api/c-api.h>

#include <filesystem>
#include <mutex>

#include "base/text.hpp"

namespace bole::media {
namespace {

Result<void> CheckText(std::string const& text) {
  constexpr std::size_t kLongest = 4000;
  if (Trim(text).empty()) return Fail(ErrorCode::kInvalid, "synthesis.empty");
  if (CountCodePoints(text) > kLongest) return Fail(ErrorCode::kTooLarge, "synthesis.too_long");
  return {};
}

// espeak-ng is one machine for the whole process, so that its lock is too.
std::mutex& EspeakMutex() {
  static std::mutex mutex;
  return mutex;
}
int CollectSamples(short* samples, int count, espeak_EVENT* events) {
  auto* out = static_cast<std::vector<float>*>(events->user_data);
  for (int i = 0; samples && i < count; ++i) out->push_back(static_cast<float>(samples[i]) / 32768.F);
  return 0;
}

class Espeak final : public Synthesiser {
 public:
  Result<std::string> Synthesise(std::string const& text, std::string const& language) override {
    BOLE_TRY(CheckText(text));
    std::lock_guard lock(EspeakMutex());
    static int const rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
    auto const failed = Fail(ErrorCode::kUnavailable, "engine.synthesis");
    if (rate <= 0 || espeak_SetVoiceByName(language == "zh" ? "cmn" : "en-us") != EE_OK) return failed;
    espeak_SetSynthCallback(CollectSamples);
    espeak_SetParameter(espeakRATE, language == "zh" ? 170 : 150, 0);
    std::vector<float> samples;
    if (espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &samples) !=
            EE_OK ||
        espeak_Synchronize() != EE_OK || samples.empty())
      return failed;
    return WavBytes(samples, rate);
  }
  std::string Name() const override { return "espeak-ng"; }
};

template <class T>
using Owned = std::unique_ptr<T const, void (*)(T const*)>;

class Sherpa final : public Synthesiser {
 public:
  Sherpa(std::string id, Owned<SherpaOnnxOfflineTts> engine) : id_(std::move(id)), engine_(std::move(engine)) {}
  Result<std::string> Synthesise(std::string const& text, std::string const&) override {
    BOLE_TRY(CheckText(text));
    SherpaOnnxGenerationConfig config{};
    config.speed = 1;
    config.silence_scale = 0.2F;
    std::lock_guard lock(mutex_);
    Owned<SherpaOnnxGeneratedAudio> audio(
        SherpaOnnxOfflineTtsGenerateWithConfig(engine_.get(), text.c_str(), &config, nullptr, nullptr),
        SherpaOnnxDestroyOfflineTtsGeneratedAudio);
    if (!audio || audio->n <= 0) return Fail(ErrorCode::kUnavailable, "engine.synthesis");
    return WavBytes(std::span(audio->samples, static_cast<std::size_t>(audio->n)), audio->sample_rate);
  }
  std::string Name() const override { return id_; }

 private:
  std::string id_;
  Owned<SherpaOnnxOfflineTts> engine_;
  std::mutex mutex_;
};

}  // namespace

std::unique_ptr<Synthesiser> MakeEspeak() { return std::make_unique<Espeak>(); }

Result<std::unique_ptr<Synthesiser>> LoadSherpaSynthesiser(ModelCard const& card) {
  std::map<std::string, std::string> paths;
  for (auto const& [role, file] : card.files) {
    paths[role] = (std::filesystem::path(card.dir) / file).string();
    std::error_code error;
    if (!std::filesystem::exists(paths[role], error))
      return Fail(ErrorCode::kUnavailable, "engine.model_broken", {{"id", card.id}});
  }
  auto const p = [&](char const* role) { return paths.contains(role) ? paths.at(role).c_str() : ""; };
  SherpaOnnxOfflineTtsConfig config{};
  constexpr float kScale = 1;
  if (card.family == "kokoro") {
    config.model.kokoro.model = p("model");
    config.model.kokoro.voices = p("voices");
    config.model.kokoro.tokens = p("tokens");
    config.model.kokoro.data_dir = p("data");
    if (paths.contains("lexicon_zh")) paths["lexicon"] += "," + paths["lexicon_zh"];
    config.model.kokoro.lexicon = p("lexicon");
    config.model.kokoro.length_scale = kScale;
  } else if (card.family == "matcha") {
    config.model.matcha.acoustic_model = p("acoustic_model");
    config.model.matcha.vocoder = p("vocoder");
    config.model.matcha.lexicon = p("lexicon");
    config.model.matcha.tokens = p("tokens");
    config.model.matcha.data_dir = p("data");
    config.model.matcha.noise_scale = 0.667F;
    config.model.matcha.length_scale = kScale;
  } else if (card.family == "vits") {
    config.model.vits.model = p("model");
    config.model.vits.lexicon = p("lexicon");
    config.model.vits.tokens = p("tokens");
    config.model.vits.data_dir = p("data");
    config.model.vits.noise_scale = 0.667F;
    config.model.vits.noise_scale_w = 0.8F;
    config.model.vits.length_scale = kScale;
  } else {
    return Fail(ErrorCode::kUnavailable, "engine.family_unknown", {{"family", card.family}});
  }
  config.model.num_threads = 1;
  config.model.provider = "cpu";
  config.max_num_sentences = 1;
  Owned<SherpaOnnxOfflineTts> engine(SherpaOnnxCreateOfflineTts(&config), SherpaOnnxDestroyOfflineTts);
  if (!engine) return Fail(ErrorCode::kUnavailable, "engine.model_broken", {{"id", card.id}});
  return std::make_unique<Sherpa>(card.id, std::move(engine));
}

}  // namespace bole::media
