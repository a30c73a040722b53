#include <algorithm>
#include <cmath>
#include <cstdint>

#include "media/speech/recogniser.hpp"

namespace bole::media {

double EstimateConfidence(std::span<float const> samples, std::size_t units) {
  constexpr std::size_t kFrame = 320, kRate = 16000;
  std::vector<double> power;
  for (std::size_t at = 0; at + kFrame <= samples.size(); at += kFrame) {
    double sum = 1e-7;
    for (std::size_t i = 0; i < kFrame; ++i) sum += double{samples[at + i]} * double{samples[at + i]};
    power.push_back(sum / kFrame);
  }
  if (power.empty() || units == 0) return 0;
  std::sort(power.begin(), power.end());
  double const loud = power[power.size() * 9 / 10], quiet = power[power.size() / 10];
  double const range = std::clamp(10 * std::log10(loud / quiet), 0.0, 20.0);
  double const rate = static_cast<double>(units) * kRate / static_cast<double>(samples.size());
  constexpr double kSlowest = 1, kFastest = 9;
  return (0.3 + 0.5 * range / 20) * (rate < kSlowest || rate > kFastest ? 0.5 : 1.0);
}

std::string WavBytes(std::span<float const> samples, int rate) {
  std::string out;
  auto const put = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  auto const size = static_cast<std::uint32_t>(samples.size() * 2);
  out.reserve(size + 44);
  out += "RIFF";
  put(size + 36, 4);
  out += "WAVEfmt ";
  put(16, 4);
  put(1, 2);  // PCM
  put(1, 2);  // mono
  put(static_cast<std::uint32_t>(rate), 4);
  put(static_cast<std::uint32_t>(rate) * 2, 4);
  put(2, 2);
  put(16, 2);
  out += "data";
  put(size, 4);
  for (float sample : samples) {
    auto const value = static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.F, 1.F) * 32767.F));
    put(static_cast<std::uint16_t>(value), 2);
  }
  return out;
}

}  // namespace bole::media
