#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/decode/image.hpp"

// Makes recordings like a browser's, for tests and benchmarks. Not used when people are interviewed.
namespace bole::media {

struct RecordingSpec {
  std::string container = "webm";  // webm (VP8 + Opus, without cues and duration, like MediaRecorder) | mp4 (H.264 +
                                   // AAC, fragmented) | mp4-moov-last (an ordinary file, index at the end)
  std::vector<float> audio;        // 16 kHz mono; empty: no audio track
  int width = 640, height = 480;   // 0: no video track
  double fps = 25;
  double seconds = 0;  // 0: as long as the audio
  int video_bit_rate = 500'000;
  std::function<void(double time, BgrImage& picture)> paint;  // fills a black picture; may be empty
};
// Errors: kUnavailable "media.no_encoder" when this libav cannot write the format.
[[nodiscard]] Result<std::vector<std::byte>> MakeRecording(RecordingSpec const& spec);

// A 16-bit WAV's samples as 16 kHz mono (any rate); kInvalid "media.broken" when it holds no audio.
[[nodiscard]] Result<std::vector<float>> ReadAudioFile(std::string const& path);

// Word (or, for "zh", syllable/character) errors: edit distance over the length of the reference. Both sides in small
// letters without punctuation.
[[nodiscard]] double ErrorRate(std::string_view reference, std::string_view hypothesis, std::string_view language);

}  // namespace bole::media
