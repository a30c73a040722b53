#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "media/decode/av.hpp"
#include "media/decode/decoder.hpp"

namespace bole::media::av {

// A decoded audio stream on its way to 16 kHz mono. Keeps the time line: gaps of up to a minute become silence.
class AudioTrack {
 public:
  AudioTrack(Ptr<AVCodecContext> codec, AVRational time_base, DecodeSink& sink)
      : codec_(std::move(codec)), time_base_(time_base), sink_(sink) {}
  // False when the packet could not be decoded. `packet` null: the rest. `origin`: time stamp that counts as 0.
  bool Feed(AVPacket const* packet, double origin);
  [[nodiscard]] double Seconds() const { return static_cast<double>(written_) / kSampleRate; }
  [[nodiscard]] AVCodecContext const& Codec() const { return *codec_; }

 private:
  bool Convert(AVFrame const& frame, double time);
  void Emit(AVFrame const* frame);
  Ptr<AVCodecContext> codec_;
  AVRational time_base_;
  DecodeSink& sink_;
  Ptr<SwrContext> resampler_;
  AVChannelLayout layout_{};
  int format_ = -1, rate_ = 0;
  Ptr<AVFrame> frame_{av_frame_alloc()};
  std::vector<float> buffer_;
  std::int64_t written_ = 0;
};

// A decoded video stream: hands out pictures on a grid of `fps`, converts only those.
class VideoTrack {
 public:
  VideoTrack(Ptr<AVCodecContext> codec, AVRational time_base, DecodeOptions const& options, DecodeSink& sink)
      : codec_(std::move(codec)), time_base_(time_base), options_(options), sink_(sink) {}
  bool Feed(AVPacket const* packet, double origin);
  [[nodiscard]] double Seconds() const { return last_; }
  [[nodiscard]] std::int64_t Frames() const { return frames_; }
  [[nodiscard]] AVCodecContext const& Codec() const { return *codec_; }

 private:
  [[nodiscard]] bool IsPlausible(double time) const;
  void Take(AVFrame const& frame, double time);
  Ptr<AVCodecContext> codec_;
  AVRational time_base_;
  DecodeOptions const& options_;
  DecodeSink& sink_;
  Ptr<SwsContext> scaler_;
  Ptr<AVFrame> frame_{av_frame_alloc()};
  BgrImage picture_;
  double last_ = 0;
  std::int64_t frames_ = 0, grid_ = -1;
};

// Converts any decoded picture to packed BGR of at most `max_width`; false when libswscale cannot.
bool ToBgr(AVFrame const& frame, int max_width, Ptr<SwsContext>& scaler, BgrImage& out);

}  // namespace bole::media::av
