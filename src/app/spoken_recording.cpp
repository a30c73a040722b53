#include "app/spoken_recording.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/ids.hpp"
#include "media/synthetic/recording.hpp"
#include "media/text/sentences.hpp"

namespace bole::app {
namespace {

constexpr int kRate = 16'000;
constexpr double kSentenceGap = 0.25;

struct Utterance {
  std::string text;
  double pause_before = 0;
};

// Sentences of the script with the pauses marked before them.
std::vector<Utterance> Parse(std::string const& script) {
  std::vector<Utterance> out;
  double pause = 0;
  for (std::size_t at = 0; at < script.size();) {
    auto const mark = script.find("[p", at);
    for (auto const& sentence :
         media::SplitSentences(script.substr(at, mark == std::string::npos ? mark : mark - at))) {
      out.push_back({sentence, pause});
      pause = kSentenceGap;
    }
    if (mark == std::string::npos) break;
    auto const close = script.find(']', mark);
    if (close == std::string::npos) break;
    pause = std::strtod(script.c_str() + mark + 2, nullptr);
    at = close + 1;
  }
  return out;
}

std::string SrtTime(double seconds) {
  auto const ms = static_cast<long long>(seconds * 1000);
  return fmt::format("{:02}:{:02}:{:02},{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

// Removed at the end of the block.
struct TemporaryFile {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("bole-" + NewUlid(SystemClock().Now()) + ".wav");
  TemporaryFile() = default;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
};

Result<std::vector<float>> Synthesise(media::Engines& engines, std::string const& text, std::string const& language) {
  BOLE_ASSIGN(auto const wav, engines.Synthesise(text, language));
  TemporaryFile const file;
  std::ofstream(file.path, std::ios::binary) << wav;
  return media::ReadAudioFile(file.path.string());
}

struct Rgb {
  int r = 0, g = 0, b = 0;
};

// A drawn portrait that nods and moves its mouth while it speaks.
class Portrait {
 public:
  Portrait(unsigned variant, std::vector<float> const& audio) : audio_(audio) {
    static constexpr Rgb kShirts[] = {{40, 66, 106}, {96, 52, 60}, {46, 92, 78}, {84, 78, 110}, {110, 86, 50}};
    static constexpr Rgb kWalls[] = {{214, 220, 226}, {226, 219, 208}, {208, 222, 216}};
    shirt_ = kShirts[variant % 5];
    wall_ = kWalls[variant % 3];
    long_hair_ = variant % 2 == 0;
  }

  void Paint(double time, media::BgrImage& picture) const {
    double const w = picture.width, h = picture.height;
    double const cx = w * 0.5 + std::sin(time * 0.7) * w * 0.012, cy = h * 0.44 + std::sin(time * 1.1) * h * 0.008;
    double const face = h * 0.2, mouth = face * (0.04 + 0.22 * Loudness(time));
    bool const blink = std::fmod(time, 3.7) < 0.15;
    for (int y = 0; y < picture.height; y += kBlock)
      for (int x = 0; x < picture.width; x += kBlock) {
        double const shade = 1 - 0.25 * (y / h);
        Rgb c{int(wall_.r * shade), int(wall_.g * shade), int(wall_.b * shade)};
        auto const in = [&](double ox, double oy, double rx, double ry) {
          double const dx = (x - cx - ox * face) / (rx * face), dy = (y - cy - oy * face) / (ry * face);
          return dx * dx + dy * dy <= 1;
        };
        double const light = 1.06 - 0.16 * ((x - cx) / face) - 0.05 * ((y - cy) / face);
        auto const skin = [&](double k) {
          return Rgb{Clamp(222 * k * light), Clamp(178 * k * light), Clamp(150 * k * light)};
        };
        if (long_hair_ && in(0, 0.25, 1.12, 1.55)) c = {42, 32, 30};
        if (in(0, 2.75, 2.1, 1.5)) c = shirt_;
        if (in(0, 1.15, 0.42, 0.7)) c = skin(0.88);
        if (in(0, -0.2, 1.0, 1.22)) c = {42, 32, 30};
        if (in(0, 0.08, 0.86, 1.14)) c = skin(1);
        if (in(0, -0.98, 0.84, 0.42)) c = {42, 32, 30};
        for (double const side : {-1.0, 1.0}) {
          if (in(side * 0.36, -0.34, 0.2, 0.045)) c = {58, 44, 40};
          if (in(side * 0.36, -0.12, 0.17, blink ? 0.02 : 0.085)) c = blink ? Rgb{120, 90, 78} : Rgb{245, 243, 240};
          if (!blink && in(side * 0.36, -0.12, 0.075, 0.085)) c = {48, 34, 28};
          if (in(side * 0.12, 0.33, 0.05, 0.03)) c = skin(0.66);
        }
        if (in(0.03, 0.16, 0.06, 0.2)) c = skin(1.05);
        if (in(0, 0.62, 0.3, 0.05 + mouth / face)) c = {150, 74, 72};
        if (mouth > face * 0.08 && in(0, 0.62, 0.22, mouth / face * 0.7)) c = {80, 30, 32};
        Fill(picture, x, y, c);
      }
  }

 private:
  static constexpr int kBlock = 2;  // pixels drawn at once; sizes are even
  static void Fill(media::BgrImage& picture, int x, int y, Rgb const& c) {
    for (int dy = 0; dy < kBlock; ++dy) {
      auto* row = picture.pixels.data() + static_cast<std::size_t>(y + dy) * picture.RowBytes() +
                  static_cast<std::size_t>(x) * 3;
      for (int dx = 0; dx < kBlock; ++dx, row += 3) {
        row[0] = static_cast<std::uint8_t>(c.b);
        row[1] = static_cast<std::uint8_t>(c.g);
        row[2] = static_cast<std::uint8_t>(c.r);
      }
    }
  }
  static int Clamp(double value) { return value > 255 ? 255 : value < 0 ? 0 : static_cast<int>(value); }
  [[nodiscard]] double Loudness(double time) const {
    auto const begin = static_cast<std::size_t>(time * kRate);
    double sum = 0;
    std::size_t n = 0;
    for (std::size_t i = begin; i < std::min(begin + kRate / 10, audio_.size()); ++i, ++n) sum += std::abs(audio_[i]);
    return n == 0 ? 0 : std::min(1.0, sum / static_cast<double>(n) * 8);
  }

  std::vector<float> const& audio_;
  Rgb shirt_, wall_;
  bool long_hair_ = false;
};

}  // namespace

Result<SpokenRecording> Speak(media::Engines& engines, std::string const& script, std::string const& language,
                              unsigned variant) {
  SpokenRecording out;
  std::vector<float> audio(kRate * 4 / 5, 0.0F);  // people breathe before they speak
  int number = 0;
  for (auto const& utterance : Parse(script)) {
    BOLE_ASSIGN(auto const speech, Synthesise(engines, utterance.text, language));
    audio.insert(audio.end(), static_cast<std::size_t>(utterance.pause_before * kRate), 0.0F);
    double const start = static_cast<double>(audio.size()) / kRate;
    audio.insert(audio.end(), speech.begin(), speech.end());
    out.subtitles += fmt::format("{}\n{} --> {}\n{}\n\n", ++number, SrtTime(start),
                                 SrtTime(static_cast<double>(audio.size()) / kRate), utterance.text);
  }
  audio.insert(audio.end(), kRate, 0.0F);
  // A quiet room is not digital silence.
  unsigned noise = variant * 2654435761U + 1;
  for (auto& sample : audio) {
    noise = noise * 1664525U + 1013904223U;
    sample += (static_cast<float>(noise >> 16U) / 65536.0F - 0.5F) * 0.002F;
  }
  out.seconds = static_cast<double>(audio.size()) / kRate;
  Portrait const portrait(variant, audio);
  media::RecordingSpec spec;
  spec.audio = audio;
  spec.width = 480;
  spec.height = 360;
  spec.fps = 8;
  spec.video_bit_rate = 220'000;
  spec.paint = [&](double time, media::BgrImage& picture) { portrait.Paint(time, picture); };
  BOLE_ASSIGN(out.webm, media::MakeRecording(spec));
  return out;
}

}  // namespace bole::app
