#include "media/decode/tracks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bole::media::av {
namespace {

constexpr double kLongestGap = 60;     // seconds; a larger jump is a broken clock, not silence
constexpr double kSmallestGap = 0.08;  // jitter of MediaRecorder's millisecond stamps stays below

}  // namespace

double Seconds(std::int64_t stamp, AVRational base) {
  if (stamp == AV_NOPTS_VALUE) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(stamp) * av_q2d(base);
}

Ptr<AVCodecContext> OpenDecoder(AVStream const& stream, std::int64_t max_pixels) {
  auto const* decoder = avcodec_find_decoder(stream.codecpar->codec_id);
  if (!decoder) return nullptr;
  Ptr<AVCodecContext> codec(avcodec_alloc_context3(decoder));
  if (!codec || avcodec_parameters_to_context(codec.get(), stream.codecpar) < 0) return nullptr;
  codec->max_pixels = max_pixels;
  codec->thread_count = 1;  // the same result and cost however many cores there are
  codec->pkt_timebase = stream.time_base;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0) return nullptr;
  return codec;
}

bool AudioTrack::Feed(AVPacket const* packet, double origin) {
  bool good = avcodec_send_packet(codec_.get(), packet) >= 0;
  while (avcodec_receive_frame(codec_.get(), frame_.get()) >= 0) {
    good = Convert(*frame_, av::Seconds(frame_->best_effort_timestamp, time_base_) - origin) && good;
    av_frame_unref(frame_.get());
  }
  if (!packet) Emit(nullptr);
  return good;
}

bool AudioTrack::Convert(AVFrame const& frame, double time) {
  if (frame.sample_rate < 1000 || frame.sample_rate > 400'000 || frame.nb_samples <= 0) return false;
  if (!resampler_ || frame.format != format_ || frame.sample_rate != rate_ ||
      av_channel_layout_compare(&frame.ch_layout, &layout_) != 0) {
    Emit(nullptr);
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    SwrContext* made = nullptr;
    if (swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_FLT, kSampleRate,
                            const_cast<AVChannelLayout*>(&frame.ch_layout), static_cast<AVSampleFormat>(frame.format),
                            frame.sample_rate, 0, nullptr) < 0)
      return false;
    resampler_.reset(made);
    if (swr_init(made) < 0) {
      resampler_.reset();
      return false;
    }
    av_channel_layout_copy(&layout_, &frame.ch_layout);
    format_ = frame.format;
    rate_ = frame.sample_rate;
  }
  double const pending = static_cast<double>(swr_get_delay(resampler_.get(), kSampleRate)) / kSampleRate;
  double const gap = time - (Seconds() + pending);
  if (std::isfinite(gap) && gap > kSmallestGap && gap < kLongestGap) {
    buffer_.assign(static_cast<std::size_t>(gap * kSampleRate), 0.F);
    sink_.OnAudio(Seconds(), buffer_);
    written_ += static_cast<std::int64_t>(buffer_.size());
  }
  Emit(&frame);
  return true;
}

void AudioTrack::Emit(AVFrame const* frame) {
  if (!resampler_) return;
  int const in = frame ? frame->nb_samples : 0;
  int const room = swr_get_out_samples(resampler_.get(), in);
  if (room <= 0) return;
  buffer_.resize(static_cast<std::size_t>(room));
  auto* out = reinterpret_cast<std::uint8_t*>(buffer_.data());
  int const got = swr_convert(resampler_.get(), &out, room,
                              frame ? const_cast<std::uint8_t const**>(frame->extended_data) : nullptr, in);
  if (got <= 0) return;
  for (auto& sample : buffer_)
    if (!std::isfinite(sample)) sample = 0;
  sink_.OnAudio(Seconds(), std::span(buffer_).first(static_cast<std::size_t>(got)));
  written_ += got;
}

// A damaged time stamp must not stretch the recording.
bool VideoTrack::IsPlausible(double time) const { return std::isfinite(time) && time < last_ + kLongestGap; }

bool VideoTrack::Feed(AVPacket const* packet, double origin) {
  if (packet) {  // pictures that nothing refers to and nobody looks at need not be decoded
    double const time = av::Seconds(packet->pts, time_base_) - origin;
    bool const plausible = IsPlausible(time);
    bool const wanted = !plausible || std::floor(time * options_.video_fps) > static_cast<double>(grid_);
    codec_->skip_frame = wanted ? AVDISCARD_DEFAULT : AVDISCARD_NONREF;
    if (plausible) last_ = std::max(last_, time);
  }
  bool const good = avcodec_send_packet(codec_.get(), packet) >= 0;
  while (avcodec_receive_frame(codec_.get(), frame_.get()) >= 0) {
    double const time = av::Seconds(frame_->best_effort_timestamp, time_base_) - origin;
    ++frames_;
    if (IsPlausible(time)) Take(*frame_, std::max(0.0, time));
    av_frame_unref(frame_.get());
  }
  return good;
}

void VideoTrack::Take(AVFrame const& frame, double time) {
  last_ = std::max(last_, time);
  auto const cell = static_cast<std::int64_t>(std::floor(time * options_.video_fps + 1e-6));
  if (options_.video_fps <= 0 || cell <= grid_) return;
  grid_ = cell;
  if (ToBgr(frame, options_.max_width, scaler_, picture_)) sink_.OnPicture(time, picture_);
}

bool ToBgr(AVFrame const& frame, int max_width, Ptr<SwsContext>& scaler, BgrImage& out) {
  if (frame.width <= 0 || frame.height <= 0) return false;
  out.width = std::min(frame.width, max_width);
  out.height = std::max(1, static_cast<int>(std::int64_t{frame.height} * out.width / frame.width));
  constexpr int kTallest = 8192;  // a strip of 1 x 30000 pixels is no camera
  if (out.height > kTallest) return false;
  scaler.reset(sws_getCachedContext(scaler.release(), frame.width, frame.height,
                                    static_cast<AVPixelFormat>(frame.format), out.width, out.height, AV_PIX_FMT_BGR24,
                                    out.width == frame.width ? SWS_POINT : SWS_AREA, nullptr, nullptr, nullptr));
  if (!scaler) return false;
  // libswscale writes whole vectors: leave room behind the last row.
  out.pixels.resize(out.RowBytes() * static_cast<std::size_t>(out.height) + 64);
  std::uint8_t* planes[4] = {out.pixels.data(), nullptr, nullptr, nullptr};
  int const strides[4] = {static_cast<int>(out.RowBytes()), 0, 0, 0};
  return sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) == out.height;
}

}  // namespace bole::media::av
