#include "media/synthetic/recording.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "media/decode/av.hpp"
#include "media/decode/decoder.hpp"

namespace bole::media {
namespace {

struct Muxing {
  AVFormatContext* format = nullptr;
  ~Muxing() {
    if (!format) return;
    if (format->pb) {
      std::uint8_t* bytes = nullptr;
      avio_close_dyn_buf(format->pb, &bytes);
      av_free(bytes);
    }
    avformat_free_context(format);
  }
};

bool Write(AVCodecContext& codec, AVStream& stream, AVFormatContext& format, AVFrame const* frame) {
  if (avcodec_send_frame(&codec, frame) < 0) return false;
  av::Ptr<AVPacket> packet(av_packet_alloc());
  while (avcodec_receive_packet(&codec, packet.get()) >= 0) {
    packet->stream_index = stream.index;
    av_packet_rescale_ts(packet.get(), codec.time_base, stream.time_base);
    if (av_interleaved_write_frame(&format, packet.get()) < 0) return false;
  }
  return true;
}

struct Track {
  av::Ptr<AVCodecContext> codec;
  AVStream* stream = nullptr;
  av::Ptr<AVFrame> frame{av_frame_alloc()};
};

bool Start(Track& track, AVCodec const* encoder, AVFormatContext& format, AVDictionary** settings) {
  if ((format.oformat->flags & AVFMT_GLOBALHEADER) != 0) track.codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  track.codec->flags |= AV_CODEC_FLAG_BITEXACT;
  track.codec->thread_count = 1;
  bool const open = avcodec_open2(track.codec.get(), encoder, settings) >= 0;
  av_dict_free(settings);
  track.stream = open ? avformat_new_stream(&format, nullptr) : nullptr;
  if (!track.stream) return false;
  track.stream->time_base = track.codec->time_base;
  return avcodec_parameters_from_context(track.stream->codecpar, track.codec.get()) >= 0;
}

bool StartVideo(Track& track, RecordingSpec const& spec, AVFormatContext& format) {
  bool const webm = spec.container == "webm";
  auto const* encoder = avcodec_find_encoder_by_name(webm ? "libvpx" : "libx264");
  if (!encoder) return false;
  track.codec.reset(avcodec_alloc_context3(encoder));
  track.codec->width = spec.width;
  track.codec->height = spec.height;
  track.codec->pix_fmt = AV_PIX_FMT_YUV420P;
  track.codec->time_base = {1, 1000};
  track.codec->framerate = av_d2q(spec.fps, 1000);
  track.codec->bit_rate = spec.video_bit_rate;
  track.codec->gop_size = 100;
  AVDictionary* settings = nullptr;
  if (webm) {
    av_dict_set(&settings, "deadline", "realtime", 0);
    av_dict_set(&settings, "cpu-used", "8", 0);
  } else {
    av_dict_set(&settings, "preset", "ultrafast", 0);
    av_dict_set(&settings, "tune", "zerolatency", 0);
  }
  if (!Start(track, encoder, format, &settings)) return false;
  track.frame->width = spec.width;
  track.frame->height = spec.height;
  track.frame->format = AV_PIX_FMT_YUV420P;
  return av_frame_get_buffer(track.frame.get(), 0) >= 0;
}

bool StartAudio(Track& track, RecordingSpec const& spec, AVFormatContext& format) {
  bool const webm = spec.container == "webm";
  auto const* encoder = avcodec_find_encoder_by_name(webm ? "libopus" : "aac");
  if (!encoder) return false;
  track.codec.reset(avcodec_alloc_context3(encoder));
  track.codec->sample_rate = kSampleRate;  // both encoders take 16 kHz
  track.codec->sample_fmt = webm ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
  track.codec->ch_layout = AV_CHANNEL_LAYOUT_MONO;
  track.codec->bit_rate = 48'000;
  track.codec->time_base = {1, kSampleRate};
  AVDictionary* settings = nullptr;
  if (!Start(track, encoder, format, &settings)) return false;
  track.frame->nb_samples = track.codec->frame_size;
  track.frame->format = track.codec->sample_fmt;
  track.frame->sample_rate = kSampleRate;
  track.frame->ch_layout = AV_CHANNEL_LAYOUT_MONO;
  return av_frame_get_buffer(track.frame.get(), 0) >= 0;
}

bool WriteAudio(Track& track, RecordingSpec const& spec, AVFormatContext& format, std::int64_t from) {
  auto& frame = *track.frame;
  if (av_frame_make_writable(&frame) < 0) return false;
  auto* out = reinterpret_cast<float*>(frame.data[0]);
  for (int i = 0; i < frame.nb_samples; ++i) {
    auto const at = static_cast<std::size_t>(from + i);
    out[i] = at < spec.audio.size() ? spec.audio[at] : 0.F;
  }
  frame.pts = from;
  return Write(*track.codec, *track.stream, format, &frame);
}

bool WriteVideo(Track& track, RecordingSpec const& spec, AVFormatContext& format, double time,
                av::Ptr<SwsContext>& scaler) {
  BgrImage picture{spec.width, spec.height, {}};
  picture.pixels.assign(picture.RowBytes() * static_cast<std::size_t>(spec.height) + 64, 0);
  if (spec.paint) spec.paint(time, picture);
  if (!scaler)
    scaler.reset(sws_getContext(spec.width, spec.height, AV_PIX_FMT_BGR24, spec.width, spec.height, AV_PIX_FMT_YUV420P,
                                SWS_POINT, nullptr, nullptr, nullptr));
  auto& frame = *track.frame;
  if (!scaler || av_frame_make_writable(&frame) < 0) return false;
  std::uint8_t const* planes[4] = {picture.pixels.data(), nullptr, nullptr, nullptr};
  int const strides[4] = {static_cast<int>(picture.RowBytes()), 0, 0, 0};
  sws_scale(scaler.get(), planes, strides, 0, spec.height, frame.data, frame.linesize);
  frame.pts = std::llround(time * 1000);
  return Write(*track.codec, *track.stream, format, &frame);
}

class CollectAudio final : public DecodeSink {
 public:
  void OnAudio(double, std::span<float const> samples) override {
    all.insert(all.end(), samples.begin(), samples.end());
  }
  void OnPicture(double, BgrImage const&) override {}
  std::vector<float> all;
};

}  // namespace

Result<std::vector<std::byte>> MakeRecording(RecordingSpec const& spec) {
  auto const failed = Fail(ErrorCode::kUnavailable, "media.no_encoder", {{"format", spec.container}});
  Muxing muxing;
  bool const webm = spec.container == "webm";
  if (avformat_alloc_output_context2(&muxing.format, nullptr, webm ? "webm" : "mp4", nullptr) < 0) return failed;
  auto& format = *muxing.format;
  format.flags |= AVFMT_FLAG_BITEXACT;
  bool const with_video = spec.width > 0, with_audio = !spec.audio.empty();
  Track video, audio;
  if ((with_audio && !StartAudio(audio, spec, format)) || (with_video && !StartVideo(video, spec, format)))
    return failed;
  AVDictionary* settings = nullptr;
  if (webm) av_dict_set(&settings, "live", "1", 0);
  if (spec.container == "mp4") av_dict_set(&settings, "movflags", "frag_keyframe+empty_moov+default_base_moof", 0);
  bool good = avio_open_dyn_buf(&format.pb) >= 0 && avformat_write_header(&format, &settings) >= 0;
  av_dict_free(&settings);
  double const length = spec.seconds > 0 ? spec.seconds : static_cast<double>(spec.audio.size()) / kSampleRate;
  av::Ptr<SwsContext> scaler;
  double at_video = 0, at_audio = 0;
  std::int64_t frames = 0, samples = 0;
  while (good && ((with_video && at_video < length) || (with_audio && at_audio < length))) {
    if (with_video && (!with_audio || at_video <= at_audio)) {
      good = WriteVideo(video, spec, format, at_video, scaler);
      at_video = static_cast<double>(++frames) / spec.fps;
    } else {
      good = WriteAudio(audio, spec, format, samples);
      samples += audio.frame->nb_samples;
      at_audio = static_cast<double>(samples) / kSampleRate;
    }
  }
  for (auto* track : {&audio, &video})
    if (good && track->stream) good = Write(*track->codec, *track->stream, format, nullptr);
  if (!good || av_write_trailer(&format) < 0) return failed;
  std::uint8_t* bytes = nullptr;
  int const size = avio_close_dyn_buf(format.pb, &bytes);
  format.pb = nullptr;
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  std::memcpy(out.data(), bytes, out.size());
  av_free(bytes);
  return out;
}

Result<std::vector<float>> ReadAudioFile(std::string const& path) {
  BOLE_ASSIGN(auto file, FileSource::Open(path));
  CollectAudio sink;
  DecodeOptions options;
  options.video_fps = 0;
  BOLE_ASSIGN(auto report, Decode(*file, options, sink));
  if (!report.has_audio) return Fail(ErrorCode::kInvalid, "media.broken");
  return std::move(sink.all);
}

}  // namespace bole::media
