#include "media/decode/decoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <thread>

#include "media/synthetic/recording.hpp"

namespace bole::media {
namespace {

std::vector<float> Tone(double seconds, double hz = 440) {
  std::vector<float> out(static_cast<std::size_t>(seconds * kSampleRate));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate));
  return out;
}

struct Counting : DecodeSink {
  void OnAudio(double time, std::span<float const> part) override {
    EXPECT_NEAR(time, static_cast<double>(samples.size()) / kSampleRate, 1e-9);
    samples.insert(samples.end(), part.begin(), part.end());
  }
  void OnPicture(double time, BgrImage const& picture) override {
    times.push_back(time);
    width = picture.width;
    centre =
        picture.pixels[picture.RowBytes() * static_cast<std::size_t>(picture.height / 2) + picture.RowBytes() / 2 + 2];
  }
  std::vector<float> samples;
  std::vector<double> times;
  int width = 0, centre = 0;
};

std::vector<std::byte> Make(std::string const& container, double seconds, int width = 320, int height = 240) {
  RecordingSpec spec;
  spec.container = container;
  spec.audio = Tone(seconds);
  spec.width = width;
  spec.height = height;
  spec.paint = [](double, BgrImage& picture) {
    for (std::size_t i = 2; i < picture.pixels.size(); i += 3) picture.pixels[i] = 200;
  };
  auto made = MakeRecording(spec);
  EXPECT_TRUE(made) << container;
  return made ? *made : std::vector<std::byte>();
}

bool Has(DecodeReport const& report, std::string const& code) {
  return std::any_of(report.notices.begin(), report.notices.end(), [&](auto const& n) { return n.code == code; });
}

TEST(Decoder, ReadsBrowserFormats) {
  for (std::string const container : {"webm", "mp4", "mp4-moov-last"}) {
    MemorySource source(Make(container, 3));
    Counting sink;
    auto report = Decode(source, {}, sink);
    ASSERT_TRUE(report) << container;
    EXPECT_TRUE(report->notices.empty()) << container << " "
                                         << (report->notices.empty() ? "" : report->notices[0].code);
    EXPECT_NEAR(report->info.duration, 3, 0.2) << container;
    EXPECT_NEAR(static_cast<double>(sink.samples.size()) / kSampleRate, 3, 0.2) << container;
    ASSERT_GE(sink.times.size(), 6U)
        << container;  // a seventh when the priming of AAC shifts the last picture behind 3 s
    ASSERT_LE(sink.times.size(), 7U) << container;
    EXPECT_NEAR(sink.times[1], 0.5, 0.1);
    EXPECT_EQ(sink.width, 320);
    EXPECT_NEAR(sink.centre, 200, 12);
    EXPECT_EQ(report->info.video_codec, container == "webm" ? "vp8" : "h264");
  }
}

TEST(Decoder, WidePicturesAreScaledDown) {
  MemorySource source(Make("webm", 1, 1280, 720));
  Counting sink;
  ASSERT_TRUE(Decode(source, {}, sink));
  EXPECT_EQ(sink.width, 640);
}

TEST(Decoder, GrowingSourceGivesTheSameAsTheFinishedOne) {
  for (std::string const container : {"webm", "mp4", "mp4-moov-last"}) {
    auto const bytes = Make(container, 2);
    MemorySource finished(bytes), growing;
    Counting a, b;
    ASSERT_TRUE(Decode(finished, {}, a));
    std::jthread feeder([&] {
      for (std::size_t at = 0; at < bytes.size(); at += 5000)
        growing.Append(std::span(bytes).subspan(at, std::min<std::size_t>(5000, bytes.size() - at)));
      growing.Finish();
    });
    ASSERT_TRUE(Decode(growing, {}, b)) << container;
    EXPECT_EQ(a.samples, b.samples) << container;
    EXPECT_EQ(a.times, b.times) << container;
  }
}

TEST(Decoder, TruncatedMediaKeepsWhatIsThere) {
  auto bytes = Make("webm", 4);
  bytes.resize(bytes.size() / 2);
  MemorySource source(bytes);
  Counting sink;
  auto report = Decode(source, {}, sink);
  ASSERT_TRUE(report);
  EXPECT_GT(sink.samples.size(), kSampleRate / 2U);
  EXPECT_TRUE(report->has_audio);
}

TEST(Decoder, TruncatedIndexedFileIsReported) {
  std::vector<float> const audio = Tone(4);
  RecordingSpec spec;
  spec.container = "mp4";
  spec.audio = audio;
  spec.width = 0;
  auto bytes = MakeRecording(spec);
  ASSERT_TRUE(bytes);
  bytes->resize(bytes->size() * 2 / 3);
  MemorySource source(*bytes);
  Counting sink;
  auto report = Decode(source, {}, sink);
  ASSERT_TRUE(report);
  EXPECT_TRUE(Has(*report, "media.truncated") || Has(*report, "media.broken"));
}

TEST(Decoder, GarbageIsANoticeNotAFailure) {
  std::mt19937 random(7);
  std::vector<std::byte> noise(200'000);
  for (auto& b : noise) b = static_cast<std::byte>(random());
  MemorySource source(noise), empty(std::vector<std::byte>{});
  Counting sink;
  auto report = Decode(source, {}, sink);
  ASSERT_TRUE(report);
  EXPECT_TRUE(Has(*report, "media.broken"));
  auto nothing = Decode(empty, {}, sink);
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(Has(*nothing, "media.empty"));
}

TEST(Decoder, DamagedBytesNeverBreakTheProcess) {
  for (std::string const container : {"webm", "mp4"}) {
    auto const good = Make(container, 1.5, 160, 120);
    for (unsigned seed = 1; seed <= 40; ++seed) {
      std::mt19937 random(seed);
      auto bytes = good;
      for (int i = 0; i < 30; ++i) bytes[random() % (seed % 2 ? bytes.size() : 600)] = static_cast<std::byte>(random());
      MemorySource source(bytes);
      Counting sink;
      auto report = Decode(source, {}, sink);
      ASSERT_TRUE(report);
      EXPECT_LE(report->info.duration, 130);
    }
  }
}

TEST(Decoder, ForgedSizeIsRefused) {
  MemorySource source(Make("webm", 1, 640, 480));
  Counting sink;
  DecodeOptions options;
  options.max_pixels = 320 * 240;
  auto report = Decode(source, options, sink);
  ASSERT_TRUE(report);
  EXPECT_TRUE(sink.times.empty());
  EXPECT_TRUE(report->has_audio);
}

TEST(Decoder, StopsWhenAskedWhileWaiting) {
  MemorySource growing;
  auto const bytes = Make("webm", 1);
  growing.Append(std::span(bytes).first(4000));
  std::stop_source stop;
  Counting sink;
  std::jthread asker([&] { stop.request_stop(); });
  auto report = Decode(growing, {}, sink, stop.get_token());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().key, "media.cancelled");
}

TEST(Decoder, LongMediaIsCut) {
  MemorySource source(Make("webm", 3));
  Counting sink;
  DecodeOptions options;
  options.max_seconds = 1;
  auto report = Decode(source, options, sink);
  ASSERT_TRUE(report);
  EXPECT_TRUE(Has(*report, "media.too_long"));
  EXPECT_LT(sink.samples.size(), 2U * kSampleRate);
}

TEST(ByteSources, ConcatReadsAcrossBorders) {
  auto const bytes = [](std::string_view text) {
    auto span = std::as_bytes(std::span(text));
    return std::vector<std::byte>(span.begin(), span.end());
  };
  MemorySource a(bytes("abc")), none(bytes("")), b(bytes("defg"));
  ConcatSource all({&a, &none, &b});
  EXPECT_EQ(all.Size(), 7U);
  std::string got;
  for (std::size_t at = 0;;) {
    std::byte part[2];
    auto count = all.ReadAt(at, part, {});
    ASSERT_TRUE(count);
    if (*count == 0) break;
    got.append(reinterpret_cast<char*>(part), *count);
    at += *count;
  }
  EXPECT_EQ(got, "abcdefg");
}

TEST(Jpeg, BrokenPicturesAreErrors) {
  std::vector<std::byte> junk(100, std::byte{0x41});
  auto picture = DecodeJpeg(junk);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().key, "picture.broken");
}

}  // namespace
}  // namespace bole::media
