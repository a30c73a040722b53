#pragma once
// libav behind unique_ptr; only for the .cpp files of this folder.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}
#include <memory>

namespace bole::media::av {

struct Deleter {
  void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(SwrContext* p) const { swr_free(&p); }
  void operator()(SwsContext* p) const { sws_freeContext(p); }
  void operator()(AVIOContext* p) const {
    av_freep(&p->buffer);
    avio_context_free(&p);
  }
};
template <class T>
using Ptr = std::unique_ptr<T, Deleter>;

// One decoder on one thread, bounded in pixels; null when the codec is unknown or refuses its parameters.
[[nodiscard]] Ptr<AVCodecContext> OpenDecoder(AVStream const& stream, std::int64_t max_pixels);

// Seconds of a time stamp; NaN when there is none.
[[nodiscard]] double Seconds(std::int64_t stamp, AVRational base);

}  // namespace bole::media::av
