// Probe, decoder and remuxer of recordings, and still pictures. The last byte says which.
#include <algorithm>
#include <cmath>

extern "C" {
#include <libavutil/log.h>
}

#include "media/decode/decoder.hpp"
#include "media/decode/remux.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::media {
namespace {

using fuzz::Require;

DecodeOptions const kOptions{
    .video_fps = 2, .max_width = 160, .max_seconds = 20, .max_bytes = 1U << 20, .max_pixels = 640 * 480};

class CheckingSink final : public DecodeSink {
 public:
  void OnAudio(double time, std::span<float const> samples) override {
    Require(std::abs(time - static_cast<double>(samples_) / kSampleRate) < 1e-6, "sound without holes");
    for (float const sample : samples) Require(std::isfinite(sample), "finite samples");
    samples_ += samples.size();
  }
  void OnPicture(double time, BgrImage const& picture) override {
    Require(std::isfinite(time) && time >= 0 && time >= last_picture_, "pictures ascend");
    last_picture_ = time;
    Require(picture.width > 0 && picture.width <= kOptions.max_width && picture.height > 0,
            "pictures within the limit");
    Require(picture.pixels.size() >= picture.RowBytes() * static_cast<std::size_t>(picture.height), "whole pictures");
  }

 private:
  std::size_t samples_ = 0;
  double last_picture_ = 0;
};

// Ends without ever having told its size, like an upload that is still running.
class GrowingSource final : public ByteSource {
 public:
  explicit GrowingSource(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token) override {
    if (offset >= bytes_.size()) return ended_ = true, std::size_t{0};
    auto const count = std::min(into.size(), bytes_.size() - static_cast<std::size_t>(offset));
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
  }
  [[nodiscard]] std::optional<std::uint64_t> Size() const override {
    return ended_ ? std::optional<std::uint64_t>(bytes_.size()) : std::nullopt;
  }

 private:
  std::vector<std::byte> bytes_;
  bool ended_ = false;
};

void CheckDecode(ByteSource& source) {
  CheckingSink sink;
  auto const report = Decode(source, kOptions, sink);
  Require(report.has_value(), "broken media gives notices, never an error");
  Require(std::isfinite(report->info.duration) && report->info.duration >= 0, "a finite duration");
  Require(report->has_audio || report->has_video || !report->notices.empty(), "nothing decoded is noticed");
}

void Check(std::vector<std::byte> bytes, unsigned way) {
  av_log_set_level(AV_LOG_QUIET);
  if (way == 0) {
    MemorySource source(std::move(bytes));
    CheckDecode(source);
  } else if (way == 1) {
    GrowingSource source(std::move(bytes));
    CheckDecode(source);
  } else if (way == 2) {
    MemorySource source(std::move(bytes));
    auto const made = RemuxSeekable({&source});
    Require(made.has_value() || made.error().key == "media.broken", "errors are named");
  } else {
    auto const picture = DecodeJpeg(bytes, kOptions.max_width);
    if (!picture) return Require(picture.error().key.starts_with("picture."), "errors are named");
    Require(picture->width > 0 && picture->width <= kOptions.max_width && picture->height > 0,
            "pictures within the limit");
  }
}

}  // namespace
}  // namespace bole::media

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  auto const bytes = std::as_bytes(std::span(data, size - 1));
  bole::media::Check({bytes.begin(), bytes.end()}, data[size - 1] % 4U);
  return 0;
}
