#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bole::media {

// A stretch of speech, 16 kHz mono, with up to a quarter of a second of what surrounds it: recognisers need the soft
// beginnings and endings of words.
struct SpeechSegment {
  double start = 0;  // of `samples`, seconds from the start of the recording
  std::vector<float> samples;
  double voice_start = 0, voice_end = 0;  // the speech itself
  [[nodiscard]] double End() const { return start + static_cast<double>(samples.size()) / 16000; }
};

// Cuts a stream of samples into speech segments of 0.1 to 28 s. Keeps no more than one segment. One object a recording;
// not thread-safe.
class VoiceActivity {
 public:
  virtual ~VoiceActivity() = default;
  virtual void Feed(std::span<float const> samples) = 0;
  virtual void Finish() = 0;                                      // the recording ended: lets the last segment out
  [[nodiscard]] virtual std::optional<SpeechSegment> Next() = 0;  // in order; nothing when more samples are needed
  [[nodiscard]] virtual std::string Name() const = 0;
};

// Silero v5 when `silero_model` is readable, else by energy over the noise floor.
[[nodiscard]] std::unique_ptr<VoiceActivity> MakeVoiceActivity(std::string const& silero_model);
[[nodiscard]] std::unique_ptr<VoiceActivity> MakeEnergyVoiceActivity();

}  // namespace bole::media
