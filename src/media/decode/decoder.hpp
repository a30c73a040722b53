#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.hpp"
#include "media/decode/byte_source.hpp"
#include "media/decode/image.hpp"
#include "media/signals/signals.hpp"

namespace bole::media {

inline constexpr int kSampleRate = 16000;

struct DecodeOptions {
  double video_fps = 2;       // pictures handed out per second of recording; 0: none
  int max_width = 640;        // wider pictures are scaled down
  double max_seconds = 7200;  // what lies behind is not decoded (notice media.too_long)
  std::uint64_t max_bytes = std::uint64_t{8} << 30;
  std::int64_t max_pixels = 4096 * 2304;  // a forged header must not explode memory
};

// Gets what was decoded, in the order of the file, on the thread that called Decode.
class DecodeSink {
 public:
  virtual ~DecodeSink() = default;
  // 16 kHz mono, -1..1, without holes: silence stands where the recording has a gap, so that time = samples so far /
  // 16000.
  virtual void OnAudio(double time, std::span<float const> samples) = 0;
  virtual void OnPicture(double time, BgrImage const& picture) = 0;
};

struct DecodeReport {
  MediaInfo info;  // duration is measured from what was decoded, not taken from the header
  bool has_audio = false, has_video = false;
  // media.empty, media.broken (nothing, or some packets, could not be decoded), media.truncated, media.too_long,
  // media.too_large
  std::vector<SignalNotice> notices;
};

// Decodes webm, mp4 (also fragmented), wav, ogg, mp3, flac. Broken media gives notices, never an error. Errors: what
// the source returned, or kUnavailable "media.cancelled" after a stop request. A growing source is read without
// seeking; an mp4 that cannot be read so is read again from the start once it is complete.
[[nodiscard]] Result<DecodeReport> Decode(ByteSource& source, DecodeOptions const& options, DecodeSink& sink,
                                          std::stop_token stop = {});

}  // namespace bole::media
