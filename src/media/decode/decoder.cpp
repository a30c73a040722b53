#include "media/decode/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "media/decode/av.hpp"
#include "media/decode/tracks.hpp"

namespace bole::media {
namespace {

constexpr int kBufferBytes = 64 * 1024;
constexpr std::size_t kLargestAllocation = 256 << 20;
constexpr char const* kFormats = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,wav,ogg,mp3,flac,aac";

// libav's view of a ByteSource.
struct Reader {
  ByteSource& source;
  DecodeOptions const& options;
  std::stop_token stop;
  std::uint64_t position = 0;
  std::optional<Error> error{};
  bool too_large = false;
};

int ReadSome(void* opaque, std::uint8_t* into, int size) {
  auto& reader = *static_cast<Reader*>(opaque);
  if (reader.stop.stop_requested() || reader.error) return AVERROR_EXIT;
  if (reader.position >= reader.options.max_bytes) {
    reader.too_large = true;
    return AVERROR_EOF;
  }
  auto const bytes = std::as_writable_bytes(std::span(into, static_cast<std::size_t>(size)));
  auto got = reader.source.ReadAt(reader.position, bytes, reader.stop);
  if (!got) {
    reader.error = got.error();
    return AVERROR(EIO);
  }
  if (*got == 0) return reader.stop.stop_requested() ? AVERROR_EXIT : AVERROR_EOF;
  reader.position += *got;
  return static_cast<int>(*got);
}

std::int64_t Seek(void* opaque, std::int64_t offset, int whence) {
  auto& reader = *static_cast<Reader*>(opaque);
  auto const size = static_cast<std::int64_t>(reader.source.Size().value_or(0));
  if ((whence & AVSEEK_SIZE) != 0) return size;
  auto const base = whence == SEEK_CUR ? static_cast<std::int64_t>(reader.position) : whence == SEEK_END ? size : 0;
  if (base + offset < 0) return AVERROR(EINVAL);
  reader.position = static_cast<std::uint64_t>(base + offset);
  return base + offset;
}

int Interrupted(void* opaque) { return static_cast<Reader*>(opaque)->stop.stop_requested() ? 1 : 0; }

class Decoding {
 public:
  Decoding(ByteSource& source, DecodeOptions const& options, DecodeSink& sink, std::stop_token stop)
      : options_(options), sink_(sink), reader_{source, options, std::move(stop)} {}

  // False: not readable as media this way (nothing was handed out).
  bool Open(bool seekable) {
    format_.reset();
    reader_.position = 0;
    auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
    if (!buffer) return false;
    io_.reset(avio_alloc_context(buffer, kBufferBytes, 0, &reader_, ReadSome, nullptr, seekable ? Seek : nullptr));
    auto* format = avformat_alloc_context();
    if (!io_ || !format) return false;
    format->pb = io_.get();
    format->interrupt_callback = {Interrupted, &reader_};
    format->max_analyze_duration = 2 * AV_TIME_BASE;
    format->max_streams = 8;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "format_whitelist", kFormats, 0);
    int const opened = avformat_open_input(&format, nullptr, nullptr, &settings);  // frees `format` when it fails
    av_dict_free(&settings);
    if (opened < 0) return false;
    format_.reset(format);
    return (HasParameters() || FindParameters()) && OpenTracks();
  }

  void Run() {
    av::Ptr<AVPacket> packet(av_packet_alloc());
    int result = 0;
    while ((result = av_read_frame(format_.get(), packet.get())) >= 0) {
      Feed(*packet);
      av_packet_unref(packet.get());
      if (std::max(audio_ ? audio_->Seconds() : 0, video_ ? video_->Seconds() : 0) > options_.max_seconds) {
        too_long_ = true;
        break;
      }
    }
    if (result < 0 && result != AVERROR_EOF) truncated_ = true;
    if (audio_) audio_->Feed(nullptr, origin_.value_or(0));
    if (video_) video_->Feed(nullptr, origin_.value_or(0));
  }

  Result<DecodeReport> Report() {
    if (reader_.error) return tl::unexpected<Error>(*reader_.error);
    if (reader_.stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "media.cancelled");
    DecodeReport report;
    auto const note = [&](char const* code, std::string detail = {}) {
      report.notices.push_back({code, std::move(detail)});
    };
    if (format_) Describe(report);
    if (!report.has_audio && !report.has_video)
      note(reader_.source.Size().value_or(1) == 0 ? "media.empty" : "media.broken");
    else if (bad_packets_ > 0)
      note("media.broken", std::to_string(bad_packets_));
    if (too_long_) note("media.too_long", std::to_string(static_cast<int>(options_.max_seconds)));
    if (reader_.too_large) note("media.too_large");
    double const declared =
        format_ && format_->duration != AV_NOPTS_VALUE ? static_cast<double>(format_->duration) / AV_TIME_BASE : 0;
    constexpr double kTolerance = 1.5;
    bool const shorter = declared > report.info.duration + kTolerance;
    if ((report.has_audio || report.has_video) && !too_long_ && (truncated_ || shorter)) note("media.truncated");
    return report;
  }

 private:
  bool HasParameters() const {
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
      auto const& p = *format_->streams[i]->codecpar;
      if (p.codec_type == AVMEDIA_TYPE_VIDEO && (p.width <= 0 || p.height <= 0)) return false;
      if (p.codec_type == AVMEDIA_TYPE_AUDIO && (p.sample_rate <= 0 || p.ch_layout.nb_channels <= 0)) return false;
    }
    return format_->nb_streams > 0;
  }

  bool FindParameters() {
    std::vector<AVDictionary*> settings(format_->nb_streams, nullptr);
    for (auto*& entry : settings) av_dict_set_int(&entry, "max_pixels", options_.max_pixels, 0);
    int const found = avformat_find_stream_info(format_.get(), settings.empty() ? nullptr : settings.data());
    for (auto*& entry : settings) av_dict_free(&entry);
    return found >= 0;
  }

  bool OpenTracks() {
    audio_index_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    video_index_ = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, audio_index_, nullptr, 0);
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
      auto& stream = *format_->streams[i];
      bool const used = static_cast<int>(i) == audio_index_ || static_cast<int>(i) == video_index_;
      if (!used || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) {
        stream.discard = AVDISCARD_ALL;
        continue;
      }
      auto const& parameters = *stream.codecpar;
      bool const is_video = static_cast<int>(i) == video_index_;
      if (is_video && std::int64_t{parameters.width} * parameters.height > options_.max_pixels) continue;
      auto codec = av::OpenDecoder(stream, options_.max_pixels);
      if (!codec) continue;
      if (is_video)
        video_.emplace(std::move(codec), stream.time_base, options_, sink_);
      else
        audio_.emplace(std::move(codec), stream.time_base, sink_);
    }
    return audio_ || video_;
  }

  void Feed(AVPacket const& packet) {
    if (!origin_) {  // recorders start near 0; a clock that starts elsewhere is shifted
      double const first = av::Seconds(packet.pts, format_->streams[packet.stream_index]->time_base);
      constexpr double kNearZero = 1;
      origin_ = std::isfinite(first) && std::abs(first) > kNearZero ? first : 0;
    }
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0) truncated_ = true;
    bool good = true;
    if (packet.stream_index == audio_index_ && audio_) good = audio_->Feed(&packet, *origin_);
    if (packet.stream_index == video_index_ && video_) good = video_->Feed(&packet, *origin_);
    if (!good) ++bad_packets_;
  }

  void Describe(DecodeReport& report) const {
    auto& info = report.info;
    info.container = format_->iformat->name;
    if (audio_) {
      info.audio_codec = avcodec_get_name(audio_->Codec().codec_id);
      info.duration = audio_->Seconds();
      report.has_audio = audio_->Seconds() > 0;
    }
    if (video_) {
      info.video_codec = avcodec_get_name(video_->Codec().codec_id);
      info.width = video_->Codec().width;
      info.height = video_->Codec().height;
      info.duration = std::max(info.duration, video_->Seconds());
      report.has_video = video_->Frames() > 0;
    }
  }

  DecodeOptions options_;
  DecodeSink& sink_;
  Reader reader_;
  av::Ptr<AVIOContext> io_;
  av::Ptr<AVFormatContext> format_;
  int audio_index_ = -1, video_index_ = -1;
  std::optional<av::AudioTrack> audio_;
  std::optional<av::VideoTrack> video_;
  std::optional<double> origin_;
  int bad_packets_ = 0;
  bool truncated_ = false, too_long_ = false;
};

// Waits until the source is complete.
void Drain(ByteSource& source, std::stop_token const& stop) {
  std::vector<std::byte> scratch(kBufferBytes);
  for (std::uint64_t at = 0; !stop.stop_requested();) {
    auto const got = source.ReadAt(at, scratch, stop);
    if (!got || *got == 0) return;
    at += *got;
  }
}

}  // namespace

Result<DecodeReport> Decode(ByteSource& source, DecodeOptions const& options, DecodeSink& sink, std::stop_token stop) {
  av_max_alloc(kLargestAllocation);
  av_log_set_level(AV_LOG_QUIET);  // what matters is in the notices
  Decoding decoding(source, options, sink, stop);
  bool const growing = source.IsGrowing();
  bool open = decoding.Open(!growing);
  if (!open && growing && !stop.stop_requested()) {
    Drain(source, stop);
    open = decoding.Open(true);
  }
  if (open) decoding.Run();
  return decoding.Report();
}

}  // namespace bole::media
