#include <cstring>

#include "media/decode/image.hpp"
#include "media/decode/tracks.hpp"

namespace bole::media {

Result<BgrImage> DecodeJpeg(std::span<std::byte const> bytes, int max_width) {
  constexpr std::size_t kLargestFile = 8 << 20;
  constexpr std::int64_t kMaxPixels = 4096 * 4096;
  if (bytes.size() > kLargestFile) return Fail(ErrorCode::kTooLarge, "picture.too_large");
  av_log_set_level(AV_LOG_QUIET);
  auto const* decoder = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
  av::Ptr<AVCodecContext> codec(decoder ? avcodec_alloc_context3(decoder) : nullptr);
  av::Ptr<AVPacket> packet(av_packet_alloc());
  av::Ptr<AVFrame> frame(av_frame_alloc());
  if (!codec || !packet || !frame) return Fail(ErrorCode::kInternal, "picture.broken");
  codec->max_pixels = kMaxPixels;
  codec->thread_count = 1;
  BgrImage out;
  av::Ptr<SwsContext> scaler;
  if (bytes.size() < 4 || avcodec_open2(codec.get(), decoder, nullptr) < 0 ||
      av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
    return Fail(ErrorCode::kInvalid, "picture.broken");
  std::memcpy(packet->data, bytes.data(), bytes.size());
  if (avcodec_send_packet(codec.get(), packet.get()) < 0 || avcodec_receive_frame(codec.get(), frame.get()) < 0 ||
      !av::ToBgr(*frame, max_width, scaler, out))
    return Fail(ErrorCode::kInvalid, "picture.broken");
  return out;
}

}  // namespace bole::media
