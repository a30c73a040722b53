#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <thread>

#include "media/analysis/analyse.hpp"
#include "media/analysis/cli.hpp"
#include "media/decode/decoder.hpp"
#include "media/synthetic/recording.hpp"
#include "platform/reflect/json.hpp"

namespace bole::media {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

// Speech with the pauses of somebody who thinks: real utterances when there are any.
Result<std::vector<float>> Speech(Engines& engines, std::string const& dir, std::string const& language,
                                  double seconds) {
  std::vector<std::vector<float>> utterances;
  std::vector<std::string> files;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator(dir + "/" + language, error))
    if (entry.path().extension() == ".wav") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  for (auto const& file : files)
    if (auto samples = ReadAudioFile(file)) utterances.push_back(*std::move(samples));
  if (utterances.empty()) {
    BOLE_ASSIGN(auto wav, engines.Synthesise(language == "zh"
                                                 ? "我在银行工作了三年，主要负责客户服务，也参加过两个项目。"
                                                 : "I worked in a bank for three years and took part in two projects.",
                                             language));
    auto const file = fs::temp_directory_path() / "bole-bench.wav";
    std::ofstream(file, std::ios::binary) << wav;
    BOLE_ASSIGN(auto samples, ReadAudioFile(file.string()));
    fs::remove(file, error);
    utterances.push_back(std::move(samples));
  }
  std::vector<float> out;
  constexpr std::size_t kPause = kSampleRate * 6 / 10;
  for (std::size_t i = 0; static_cast<double>(out.size()) < seconds * kSampleRate; ++i) {
    auto const& next = utterances[i % utterances.size()];
    out.insert(out.end(), next.begin(), next.end());
    out.resize(out.size() + kPause, 0.F);
  }
  out.resize(static_cast<std::size_t>(seconds * kSampleRate));
  return out;
}

// A portrait that moves a little, with the noise of a camera.
struct Camera {
  BgrImage portrait;
  mutable std::minstd_rand random{1};
  void operator()(double time, BgrImage& picture) const {
    std::fill(picture.pixels.begin(), picture.pixels.end(), std::uint8_t{90});
    int const dx = static_cast<int>(8 * std::sin(time)), dy = static_cast<int>(4 * std::cos(time * 0.7));
    for (int y = 0; y < portrait.height; ++y)
      for (int x = 0; x < portrait.width; ++x) {
        int const to_x = x + dx + (picture.width - portrait.width) / 2,
                  to_y = y + dy + (picture.height - portrait.height) / 2;
        if (to_x < 0 || to_y < 0 || to_x >= picture.width || to_y >= picture.height) continue;
        auto const from = portrait.RowBytes() * static_cast<std::size_t>(y) + static_cast<std::size_t>(x) * 3;
        auto const to = picture.RowBytes() * static_cast<std::size_t>(to_y) + static_cast<std::size_t>(to_x) * 3;
        std::copy_n(portrait.pixels.begin() + static_cast<std::ptrdiff_t>(from), 3,
                    picture.pixels.begin() + static_cast<std::ptrdiff_t>(to));
      }
    for (std::size_t i = 0; i < picture.pixels.size(); i += 3)
      picture.pixels[i + 1] =
          static_cast<std::uint8_t>(std::clamp(picture.pixels[i + 1] + static_cast<int>(random() % 9) - 4, 0, 255));
  }
};

BgrImage ReadPicture(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string const bytes{std::istreambuf_iterator<char>(file), {}};
  return DecodeJpeg(std::as_bytes(std::span(bytes)), 480).value_or(BgrImage{});
}

std::string Processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

}  // namespace

int RunBenchAnalysis(Engines& engines, std::string const& speech_dir, std::string const& face_picture,
                     std::string const& language, double seconds) {
  auto const fail = [](Error const& error) {
    std::cout << ToText(json::object{{"error", error.key}}) << '\n';
    return 1;
  };
  RecordingSpec spec;
  auto speech = Speech(engines, speech_dir, language, seconds);
  if (!speech) return fail(speech.error());
  spec.audio = *std::move(speech);
  spec.paint = Camera{ReadPicture(face_picture)};
  auto bytes = MakeRecording(spec);
  if (!bytes) return fail(bytes.error());
  auto const recording_bytes = bytes->size();
  MemorySource source(*std::move(bytes));
  AnalysisOptions options;
  options.language = language;
  CpuSplit cpu;
  AnalysisOptions warm = options;  // load the models outside the measurement
  warm.max_seconds = 5;
  if (auto first = AnalyseMedia(source, engines, warm); !first) return fail(first.error());
  auto signals = AnalyseMedia(source, engines, options, {}, {}, &cpu);
  if (!signals) return fail(signals.error());
  auto const share = [&](double part) { return std::round(part / signals->media.duration * 1e5) / 1e5; };
  json::object figures{
      {"realtime_factor", std::round(signals->media.duration / cpu.Total() * 100) / 100},
      {"split", json::object{{"decode", share(cpu.decode)},
                             {"voice", share(cpu.voice)},
                             {"speech", share(cpu.speech)},
                             {"face", share(cpu.face)}}},
      {"split_unit", "CPU seconds per second of recording"},
      {"media_seconds", signals->media.duration},
      {"cpu_seconds", cpu.Total()},
      {"speech_seconds", signals->voice.speech_seconds},
      {"face_ratio", signals->face.face_ratio},
      {"speech_engine", signals->transcript.engine},
      {"recording_kbit_s", std::round(static_cast<double>(recording_bytes) * 8 / 1000 / signals->media.duration)}};
  std::cout << ToText(json::object{
                   {"bench", "analysis"},
                   {"figures", std::move(figures)},
                   {"machine", json::object{{"cpu", Processor()}, {"cores", std::thread::hardware_concurrency()}}}})
            << '\n';
  return 0;
}

}  // namespace bole::media
