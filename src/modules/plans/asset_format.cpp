#include <algorithm>

#include "base/text.hpp"
#include "media/decode/decoder.hpp"
#include "media/decode/picture.hpp"
#include "modules/plans/assets.hpp"

// What an uploaded file holds, and whether browsers show it.
namespace bole::plans {
namespace {

constexpr std::size_t kMegabyte = 1024UL * 1024;
constexpr std::int64_t kMostPixels = 40'000'000;  // 160 MB while a browser shows it

// What Chrome, Firefox and Safari play (developer.mozilla.org, "Media codecs"). H.265 and others play on some devices.
constexpr std::string_view kVideoCodecs[] = {"h264", "vp8", "vp9", "av1"};
constexpr std::string_view kAudioCodecs[] = {"aac",       "mp3",       "opus",      "vorbis",   "pcm_u8",
                                             "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"};

template <std::size_t N>
bool IsOneOf(std::string_view const (&names)[N], std::string const& name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// The bytes of a request, not copied.
class ViewSource final : public media::ByteSource {
 public:
  explicit ViewSource(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> ReadAt(std::uint64_t offset, std::span<std::byte> into, std::stop_token /*stop*/) override {
    auto const some = bytes_.substr(std::min<std::size_t>(offset, bytes_.size()), into.size());
    std::copy_n(reinterpret_cast<std::byte const*>(some.data()), some.size(), into.begin());
    return some.size();
  }
  [[nodiscard]] std::optional<std::uint64_t> Size() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

// The first seconds are decoded: a file that says "video" and cannot be shown is refused now, not before a candidate.
class CountingSink final : public media::DecodeSink {
 public:
  void OnAudio(double /*time*/, std::span<float const> /*samples*/) override {}
  void OnPicture(double /*time*/, media::BgrImage const& /*picture*/) override { ++pictures_; }
  [[nodiscard]] int pictures() const { return pictures_; }

 private:
  int pictures_ = 0;
};

bool IsMpegSound(std::string_view bytes) {
  if (bytes.starts_with("ID3")) return true;
  if (bytes.size() < 2 || bytes[0] != '\xFF') return false;
  auto const second = static_cast<unsigned>(static_cast<unsigned char>(bytes[1]));
  auto const version = second >> 3U & 3U, layer = second >> 1U & 3U;  // ISO/IEC 11172-3, 2.4.2.3
  return (second & 0xE0U) == 0xE0U && version != 1 && layer != 0;
}

media::PictureFormat PictureFormatOf(std::string const& media_type) {
  if (media_type == "image/png") return media::PictureFormat::png;
  if (media_type == "image/gif") return media::PictureFormat::gif;
  return media_type == "image/webp" ? media::PictureFormat::webp : media::PictureFormat::jpeg;
}

}  // namespace

std::size_t LargestAsset(AssetKind kind) {
  switch (kind) {
    case AssetKind::picture:
      return 5 * kMegabyte;
    case AssetKind::audio:
      return 10 * kMegabyte;
    case AssetKind::video:
      break;
  }
  return kLargestAsset;
}

std::optional<AssetFormat> AssetFormatOf(std::string_view bytes, std::string_view declared) {
  auto const at = [&](std::size_t from, std::string_view mark) {
    return bytes.substr(std::min(from, bytes.size())).starts_with(mark);
  };
  bool const sound = declared.starts_with("audio/");
  if (at(0, "\x89PNG\r\n\x1a\n")) return AssetFormat{AssetKind::picture, "image/png"};
  if (at(0, "\xFF\xD8\xFF")) return AssetFormat{AssetKind::picture, "image/jpeg"};
  if (at(0, "GIF87a") || at(0, "GIF89a")) return AssetFormat{AssetKind::picture, "image/gif"};
  if (at(0, "RIFF") && at(8, "WEBP")) return AssetFormat{AssetKind::picture, "image/webp"};
  if (at(0, "RIFF") && at(8, "WAVE")) return AssetFormat{AssetKind::audio, "audio/wav"};
  if (at(0, "OggS")) return AssetFormat{AssetKind::audio, "audio/ogg"};
  if (IsMpegSound(bytes)) return AssetFormat{AssetKind::audio, "audio/mpeg"};
  if (at(4, "ftyp") && !at(8, "qt  "))
    return sound || at(8, "M4A ") ? AssetFormat{AssetKind::audio, "audio/mp4"}
                                  : AssetFormat{AssetKind::video, "video/mp4"};
  if (at(0, "\x1A\x45\xDF\xA3") && bytes.substr(0, 64).find("webm") != std::string_view::npos)
    return sound ? AssetFormat{AssetKind::audio, "audio/webm"} : AssetFormat{AssetKind::video, "video/webm"};
  return std::nullopt;
}

Result<AssetFormat> Shown(AssetFormat format, std::string_view bytes) {
  if (format.kind == AssetKind::picture) {
    if (!media::CheckPicture(PictureFormatOf(format.media_type), bytes, kMostPixels))
      return FailField("/file", "picture_broken");
    return format;
  }
  ViewSource source(bytes);
  CountingSink sink;
  auto const report = media::Decode(source, {.video_fps = 1, .max_width = 320, .max_seconds = 5}, sink);
  if (!report || (sink.pictures() == 0 && !report->has_audio)) return FailField("/file", "asset_broken");
  auto const &video = report->info.video_codec, &audio = report->info.audio_codec;
  for (auto const& codec : {IsOneOf(kVideoCodecs, video) ? "" : video, IsOneOf(kAudioCodecs, audio) ? "" : audio})
    if (!codec.empty()) return FailField("/file", "asset_codec", {{"codec", codec}});
  if (sink.pictures() == 0 && format.kind == AssetKind::video)  // browsers call sound alone a video, too
    return AssetFormat{AssetKind::audio, ReplaceAll(format.media_type, "video/", "audio/")};
  return format;
}

}  // namespace bole::plans
