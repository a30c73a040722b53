#include "media/decode/picture.hpp"

#include <cstring>

#include "media/decode/av.hpp"

namespace bole::media {
namespace {

AVCodecID CodecOf(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return AV_CODEC_ID_PNG;
    case PictureFormat::jpeg:
      return AV_CODEC_ID_MJPEG;
    case PictureFormat::gif:
      return AV_CODEC_ID_GIF;
    case PictureFormat::webp:
      break;
  }
  return AV_CODEC_ID_WEBP;
}

std::uint64_t LittleEndian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

// Where the pixels begin: a thumbnail before them has an end of its own (ITU-T T.81, B.1.1).
std::size_t JpegScan(std::string_view bytes) {
  for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == '\xFF';) {
    if (bytes[at + 1] == '\xDA') return at;
    auto const length = static_cast<unsigned char>(bytes[at + 2]) * 256U + static_cast<unsigned char>(bytes[at + 3]);
    at += bytes[at + 1] == '\xFF' ? 1 : 2 + length;
  }
  return bytes.size();
}

// Decoders make up what is missing at the end, and browsers show half a picture.
bool Ends(PictureFormat format, std::string_view bytes) {
  switch (format) {
    case PictureFormat::png:
      return bytes.find("IEND\xAE\x42\x60\x82") != std::string_view::npos;
    case PictureFormat::jpeg:
      return bytes.find("\xFF\xD9", JpegScan(bytes)) != std::string_view::npos;
    case PictureFormat::gif:
      return bytes.rfind('\x3B') != std::string_view::npos && bytes.substr(bytes.rfind('\x3B') - 1, 1)[0] == '\0';
    case PictureFormat::webp:
      break;
  }
  return bytes.size() >= 12 && LittleEndian(bytes, 4, 4) + 8 <= bytes.size();
}

// RFC 9649, 2.7: libav decodes no animation; its canvas is all that can be checked.
std::optional<PictureSize> AnimatedWebp(std::string_view bytes) {
  constexpr unsigned kAnimation = 2;
  if (bytes.size() < 30 || bytes.substr(12, 4) != "VP8X" || (static_cast<unsigned char>(bytes[20]) & kAnimation) == 0)
    return std::nullopt;
  return PictureSize{static_cast<int>(LittleEndian(bytes, 24, 3)) + 1,
                     static_cast<int>(LittleEndian(bytes, 27, 3)) + 1};
}

}  // namespace

Result<PictureSize> CheckPicture(PictureFormat format, std::string_view bytes, std::int64_t max_pixels) {
  auto const broken = [] { return Fail(ErrorCode::kInvalid, "picture.broken"); };
  if (bytes.size() < 12 || !Ends(format, bytes)) return broken();
  if (format == PictureFormat::webp)
    if (auto const size = AnimatedWebp(bytes)) {
      if (std::int64_t{size->width} * size->height > max_pixels) return broken();
      return *size;
    }
  av_log_set_level(AV_LOG_QUIET);
  auto const* decoder = avcodec_find_decoder(CodecOf(format));
  av::Ptr<AVCodecContext> codec(decoder ? avcodec_alloc_context3(decoder) : nullptr);
  av::Ptr<AVPacket> packet(av_packet_alloc());
  av::Ptr<AVFrame> frame(av_frame_alloc());
  if (!codec || !packet || !frame) return Fail(ErrorCode::kInternal, "picture.broken");
  codec->max_pixels = max_pixels;
  codec->thread_count = 1;
  if (format == PictureFormat::png) codec->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
  if (avcodec_open2(codec.get(), decoder, nullptr) < 0 ||
      av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
    return broken();
  std::memcpy(packet->data, bytes.data(), bytes.size());
  if (avcodec_send_packet(codec.get(), packet.get()) < 0) return broken();
  (void)avcodec_send_packet(codec.get(), nullptr);  // decoders with delay give the picture at the end only
  if (avcodec_receive_frame(codec.get(), frame.get()) < 0) return broken();
  return PictureSize{frame->width, frame->height};
}

}  // namespace bole::media
