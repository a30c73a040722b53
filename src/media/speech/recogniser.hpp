#pragma once
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/signals/signals.hpp"

namespace bole::media {

// A word as heard, and the mark that the model put behind it ("" when the model writes none).
struct SpokenWord {
  Word word;
  std::string mark;  // "，", ".", …
};

struct Recognised {
  std::vector<SpokenWord> words;  // times in the recording, ascending
  std::string language;           // zh | en | … ; "" when the model does not say
};

// Speech to text of one segment (at most 30 s, cut by voice activity). Implementations are thread-safe and
// deterministic: what they heard before does not change the result. Nothing said gives no words.
//
// Confidence of a word, 0..1: PocketSphinx: posterior of the word in the lattice. Transducers, Whisper and what else
// reports token log-probabilities: their geometric mean. A service: exp(avg_logprob) of its segment. CTC and attention
// families that report none: an estimate from the segment (EstimateConfidence): clear speech at a human rate gets 0.8,
// noise and odd rates less.
class Recogniser {
 public:
  virtual ~Recogniser() = default;
  // `language`: zh | en | "" (let the model decide). Errors: kUnavailable "engine.service" of a remote engine.
  [[nodiscard]] virtual Result<Recognised> Recognise(double start, std::span<float const> samples,
                                                     std::string_view language, std::stop_token stop) = 0;
  [[nodiscard]] virtual std::string Name() const = 0;
  [[nodiscard]] virtual std::string Version() const = 0;
  [[nodiscard]] virtual std::vector<std::string> const& Languages() const = 0;
};

// 0.8 at 20 dB or more between the louder and the quieter frames and 1..9 units a second; falls to 0.3 at 0 dB, halves
// at an odd rate.
[[nodiscard]] double EstimateConfidence(std::span<float const> samples, std::size_t units);

// Debian's pocketsphinx-en-us. kUnavailable "engine.speech_missing" when the package is not installed.
[[nodiscard]] Result<std::unique_ptr<Recogniser>> MakePocketSphinx(
    std::string const& model_dir = "/usr/share/pocketsphinx/model/en-us");

struct TranscriptionServiceConfig {
  std::string base_url;  // "https://host/v1"; /audio/transcriptions is appended
  std::string api_key;   // never logged
  std::string model;
  std::vector<std::string> languages{"zh", "en"};
  int timeout_seconds = 60;
};
// OpenAI-compatible speech to text (verbose_json with word times).
[[nodiscard]] std::unique_ptr<Recogniser> MakeTranscriptionService(TranscriptionServiceConfig config);

// 16-bit mono WAV.
[[nodiscard]] std::string WavBytes(std::span<float const> samples, int rate);

}  // namespace bole::media
