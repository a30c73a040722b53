#include <pocketsphinx.h>
#include <sphinxbase/err.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <utility>

#include "media/speech/recogniser.hpp"

namespace bole::media {
namespace {

constexpr int kRate = 16000;

struct Deleter {
  void operator()(ps_decoder_t* p) const { ps_free(p); }
  void operator()(cmd_ln_t* p) const { cmd_ln_free_r(p); }
};
// The first lattice of a new decoder gets posteriors that differ from all later ones in the fifth digit.
struct Decoder {
  std::unique_ptr<ps_decoder_t, Deleter> engine;
  bool settled = false;
};

// "read(2)" is the second pronunciation of "read"; fillers are <sil>, [NOISE], ++BREATH++.
std::string Clean(std::string word) {
  if (word.empty() || word.front() == '<' || word.front() == '[' || word.front() == '+') return "";
  if (auto const bracket = word.find('('); bracket != std::string::npos && bracket > 0) word.resize(bracket);
  return word;
}

class PocketSphinx final : public Recogniser {
 public:
  explicit PocketSphinx(std::string model_dir) : dir_(std::move(model_dir)) {}

  // A decoder has state, so that each running call has its own; they are kept for the next call.
  Result<Recognised> Recognise(double start, std::span<float const> samples, std::string_view,
                               std::stop_token) override {
    Recognised out;
    out.language = "en";
    if (samples.size() < kRate / 10) return out;
    auto decoder = Borrow();
    if (!decoder.engine) return Fail(ErrorCode::kUnavailable, "engine.speech_missing");
    std::vector<std::int16_t> pcm(samples.size());
    std::transform(samples.begin(), samples.end(), pcm.begin(),
                   [](float s) { return static_cast<std::int16_t>(std::lround(std::clamp(s, -1.F, 1.F) * 32767.F)); });
    double const end = start + static_cast<double>(samples.size()) / kRate;
    if (!std::exchange(decoder.settled, true)) {
      std::vector<SpokenWord> dropped;
      Decode(*decoder.engine, pcm);
      Collect(*decoder.engine, start, end, dropped);
    }
    Decode(*decoder.engine, pcm);
    Collect(*decoder.engine, start, end, out.words);
    Return(std::move(decoder));
    return out;
  }
  std::string Name() const override { return "pocketsphinx-en-us"; }
  std::string Version() const override { return "0.8+5prealpha"; }
  std::vector<std::string> const& Languages() const override { return languages_; }

  Decoder Borrow() {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto decoder = std::move(idle_.back());
        idle_.pop_back();
        return decoder;
      }
    }
    auto const model = dir_ + "/en-us", words = dir_ + "/cmudict-en-us.dict", grammar = dir_ + "/en-us.lm.bin";
    // Fewer states and word ends a frame: a third to two thirds of the time at no more word errors
    // (docs/benchmarks.md).
    std::unique_ptr<cmd_ln_t, Deleter> config(cmd_ln_init(nullptr, ps_args(), TRUE, "-hmm", model.c_str(), "-dict",
                                                          words.c_str(), "-lm", grammar.c_str(), "-logfn", "/dev/null",
                                                          "-cmn", "batch", "-remove_silence", "no", "-fwdflat", "no",
                                                          "-maxhmmpf", "4000", "-maxwpf", "20", nullptr));
    return Decoder{std::unique_ptr<ps_decoder_t, Deleter>(config ? ps_init(config.get()) : nullptr)};
  }
  void Return(Decoder decoder) {
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(decoder));
  }

 private:
  static void Decode(ps_decoder_t& decoder, std::vector<std::int16_t> const& pcm) {
    constexpr int kSearch = 0, kWholeUtterance = 1;  // normalised over this segment alone
    ps_start_stream(&decoder);
    ps_start_utt(&decoder);
    ps_process_raw(&decoder, pcm.data(), pcm.size(), kSearch, kWholeUtterance);
    ps_end_utt(&decoder);
  }
  static void Collect(ps_decoder_t& decoder, double start, double end, std::vector<SpokenWord>& words) {
    auto* math = ps_get_logmath(&decoder);
    constexpr double kFrame = 0.01;
    for (auto* at = ps_seg_iter(&decoder); at; at = ps_seg_next(at)) {
      auto const text = Clean(ps_seg_word(at));
      if (text.empty()) continue;
      int first = 0, last = 0, acoustic = 0, language = 0, back_off = 0;
      ps_seg_frames(at, &first, &last);
      double const posterior = logmath_exp(math, ps_seg_prob(at, &acoustic, &language, &back_off));
      Word word{text, start + first * kFrame, std::min(end, start + (last + 1) * kFrame),
                std::clamp(posterior, 0.0, 1.0)};
      words.push_back({std::move(word), ""});
    }
  }

  std::string dir_;
  std::vector<std::string> languages_{"en"};
  std::mutex mutex_;
  std::vector<Decoder> idle_;
};

}  // namespace

Result<std::unique_ptr<Recogniser>> MakePocketSphinx(std::string const& model_dir) {
  std::error_code error;
  if (!std::filesystem::is_directory(model_dir + "/en-us", error))
    return Fail(ErrorCode::kUnavailable, "engine.speech_missing");
  err_set_logfp(nullptr);
  auto made = std::make_unique<PocketSphinx>(model_dir);
  auto first = made->Borrow();
  if (!first.engine) return Fail(ErrorCode::kUnavailable, "engine.speech_missing");
  made->Return(std::move(first));
  return made;
}

}  // namespace bole::media
