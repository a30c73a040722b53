#pragma once
#include <memory>
#include <span>
#include <vector>

#include "media/signals/signals.hpp"
#include "media/voice/activity.hpp"

namespace bole::media {

// Measures a voice while it is decoded. Pitch: YIN (de Cheveigné & Kawahara 2002) in its FFT form (aubio yinfft),
// 60–500 Hz, only inside speech. Levels: frames of 20 ms. SNR: mean power of speech frames over the 20th percentile of
// the others. Keeps 4 bytes per 20 ms and 4 per voiced 20 ms. Not thread-safe.
class VoiceMeter {
 public:
  VoiceMeter();
  ~VoiceMeter();
  VoiceMeter(VoiceMeter const&) = delete;
  VoiceMeter& operator=(VoiceMeter const&) = delete;

  void Feed(std::span<float const> samples);  // everything, in order
  void Speech(SpeechSegment const& segment);  // each segment of speech, in order
  // words_per_minute and filler_count stay 0: they need the transcript.
  [[nodiscard]] VoiceSignals Finish();
  [[nodiscard]] bool IsSilent() const { return peak_ < kSilentPeak; }
  [[nodiscard]] std::vector<Interval> const& Segments() const { return speech_; }
  // Silences of at least `least` seconds between speech.
  [[nodiscard]] std::vector<Interval> Pauses(double least) const;
  [[nodiscard]] double SnrDb() const;

  static constexpr float kSilentPeak = 0.003F;  // -50 dBFS

 private:
  struct Pitch;
  [[nodiscard]] std::vector<bool> SpeechFrames() const;
  std::unique_ptr<Pitch> pitch_;
  std::vector<float> frame_;
  std::vector<float> power_;   // mean square of each 20 ms
  std::vector<float> voiced_;  // Hz
  std::vector<Interval> speech_;
  std::size_t samples_ = 0, clipped_ = 0;
  float peak_ = 0;
};

}  // namespace bole::media
