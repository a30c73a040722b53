#include "media/decode/remux.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <span>
#include <string>

#include "media/decode/av.hpp"

namespace bole::media {
namespace {

constexpr int kBufferBytes = 64 * 1024;

// One finished source as libav's input.
class Input {
 public:
  explicit Input(ByteSource& source) : source_(source) {
    auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
    io_.reset(avio_alloc_context(buffer, kBufferBytes, 0, this, Read, nullptr, Seek));
  }
  bool Open() {
    AVFormatContext* context = avformat_alloc_context();
    context->pb = io_.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "format_whitelist", "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2", 0);
    int const opened = avformat_open_input(&context, nullptr, nullptr, &settings);  // frees the context when it fails
    av_dict_free(&settings);
    if (opened < 0) return false;
    format_.reset(context);
    return avformat_find_stream_info(context, nullptr) >= 0;
  }
  [[nodiscard]] AVFormatContext* operator->() const { return format_.get(); }
  [[nodiscard]] AVFormatContext* get() const { return format_.get(); }

 private:
  static int Read(void* opaque, std::uint8_t* into, int size) {
    auto& self = *static_cast<Input*>(opaque);
    auto* begin = reinterpret_cast<std::byte*>(into);
    auto const read = self.source_.ReadAt(self.position_, std::span(begin, static_cast<std::size_t>(size)), {});
    if (!read) return AVERROR(EIO);
    if (*read == 0) return AVERROR_EOF;
    self.position_ += *read;
    return static_cast<int>(*read);
  }
  static std::int64_t Seek(void* opaque, std::int64_t offset, int whence) {
    auto& self = *static_cast<Input*>(opaque);
    auto const size = static_cast<std::int64_t>(self.source_.Size().value_or(0));
    if (whence == AVSEEK_SIZE) return size;
    if (whence == SEEK_CUR) offset += static_cast<std::int64_t>(self.position_);
    if (whence == SEEK_END) offset += size;
    if (offset < 0 || offset > size) return AVERROR(EINVAL);
    self.position_ = static_cast<std::uint64_t>(offset);
    return offset;
  }

  ByteSource& source_;
  std::uint64_t position_ = 0;
  av::Ptr<AVIOContext> io_;
  av::Ptr<AVFormatContext> format_;
};

class Output {
 public:
  ~Output() {
    if (!context_) return;
    if (context_->pb) Bytes();
    avformat_free_context(context_);
  }
  bool Begin(Input const& like) {
    bool const mp4 = std::string_view(like->iformat->name).find("mp4") != std::string_view::npos;
    if (avformat_alloc_output_context2(&context_, nullptr, mp4 ? "mp4" : "webm", nullptr) < 0) return false;
    for (unsigned i = 0; i < like->nb_streams; ++i) {
      auto const* from = like->streams[i]->codecpar;
      if (from->codec_type != AVMEDIA_TYPE_VIDEO && from->codec_type != AVMEDIA_TYPE_AUDIO) continue;
      auto* stream = avformat_new_stream(context_, nullptr);
      if (!stream || avcodec_parameters_copy(stream->codecpar, from) < 0) return false;
      stream->codecpar->codec_tag = 0;
      stream->time_base = like->streams[i]->time_base;
    }
    return context_->nb_streams > 0 && avio_open_dyn_buf(&context_->pb) >= 0 &&
           avformat_write_header(context_, nullptr) >= 0;
  }

  // Copies every packet of `input`, shifted behind what is written.
  void Append(Input const& input, bool first) {
    std::map<int, int> streams;
    for (unsigned i = 0; i < input->nb_streams; ++i) {
      auto const* from = input->streams[i]->codecpar;
      for (unsigned o = 0; o < context_->nb_streams; ++o) {
        auto const* to = context_->streams[o]->codecpar;
        if (to->codec_type != from->codec_type) continue;
        if (to->codec_id == from->codec_id) streams.emplace(static_cast<int>(i), static_cast<int>(o));
      }
    }
    double const shift = first ? 0 : end_seconds_;
    av::Ptr<AVPacket> packet(av_packet_alloc());
    while (av_read_frame(input.get(), packet.get()) >= 0) {
      auto const target = streams.find(packet->stream_index);
      if (target != streams.end()) Write(*packet, *input->streams[packet->stream_index], target->second, shift);
      av_packet_unref(packet.get());
    }
  }

  Result<std::vector<std::byte>> Finish() {
    if (end_seconds_ <= 0 || av_write_trailer(context_) < 0) return Fail(ErrorCode::kInvalid, "media.broken");
    return Bytes();
  }

 private:
  void Write(AVPacket& packet, AVStream const& from, int index, double shift) {
    auto* stream = context_->streams[index];
    if (packet.dts == AV_NOPTS_VALUE) packet.dts = packet.pts;
    if (packet.pts == AV_NOPTS_VALUE) return;
    av_packet_rescale_ts(&packet, from.time_base, stream->time_base);
    auto const offset = static_cast<std::int64_t>(shift / av_q2d(stream->time_base));
    packet.pts += offset;
    packet.dts += offset;
    auto const [last, fresh] = last_dts_.try_emplace(index, packet.dts);
    if (!fresh && packet.dts <= last->second) return;  // a recorder's stamp that goes back would end the file here
    last->second = packet.dts;
    packet.stream_index = index;
    packet.pos = -1;
    auto const end = av::Seconds(packet.pts + packet.duration, stream->time_base);
    if (av_interleaved_write_frame(context_, &packet) >= 0) end_seconds_ = std::max(end_seconds_, end);
  }

  std::vector<std::byte> Bytes() {
    std::uint8_t* buffer = nullptr;
    int const size = avio_close_dyn_buf(context_->pb, &buffer);
    context_->pb = nullptr;
    auto const* begin = reinterpret_cast<std::byte const*>(buffer);
    std::vector<std::byte> out(begin, begin + std::max(size, 0));
    av_free(buffer);
    return out;
  }

  AVFormatContext* context_ = nullptr;
  std::map<int, std::int64_t> last_dts_;
  double end_seconds_ = 0;
};

}  // namespace

Result<std::vector<std::byte>> RemuxSeekable(std::vector<ByteSource*> const& parts) {
  Output output;
  bool first = true;
  for (auto* part : parts) {
    Input input(*part);
    if (!input.Open()) continue;
    if (first && !output.Begin(input)) return Fail(ErrorCode::kInvalid, "media.broken");
    output.Append(input, first);
    first = false;
  }
  if (first) return Fail(ErrorCode::kInvalid, "media.broken");
  return output.Finish();
}

}  // namespace bole::media
