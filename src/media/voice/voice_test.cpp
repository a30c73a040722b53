#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "media/signals/paths.hpp"
#include "media/voice/meter.hpp"

namespace bole::media {
namespace {

constexpr double kRate = 16000;

// A voice-like sound: pulses of `hz` through two resonances, loudness moving as syllables do.
std::vector<float> Voice(double seconds, double hz) {
  std::vector<float> out(static_cast<std::size_t>(seconds * kRate));
  double phase = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    double const t = static_cast<double>(i) / kRate;
    phase += hz / kRate;
    double sum = 0;
    for (int k = 1; k <= 20; ++k) {
      double const f = k * hz;
      double const gain =
          std::exp(-std::pow((f - 700) / 300, 2)) + 0.6 * std::exp(-std::pow((f - 1200) / 300, 2)) + 0.1 / k;
      sum += gain * std::sin(2 * std::numbers::pi * k * phase);
    }
    out[i] = static_cast<float>(0.12 * sum * (0.6 + 0.4 * std::sin(2 * std::numbers::pi * 4 * t)));
  }
  return out;
}

std::vector<float> Scene(double noise) {
  std::vector<float> out;
  std::minstd_rand random(5);
  std::normal_distribution<float> gauss(0, 1);
  auto const silence = [&](double s) { out.resize(out.size() + static_cast<std::size_t>(s * kRate)); };
  silence(1);
  auto const a = Voice(2, 150);
  out.insert(out.end(), a.begin(), a.end());
  silence(1.2);
  auto const b = Voice(1.5, 180);
  out.insert(out.end(), b.begin(), b.end());
  silence(1);
  for (auto& sample : out) sample += static_cast<float>(noise) * gauss(random);
  return out;
}

struct Heard {
  VoiceSignals signals;
  std::vector<Interval> parts, pauses;
};
Heard Listen(VoiceActivity& activity, std::vector<float> const& sound, std::size_t chunk) {
  VoiceMeter meter;
  auto const drain = [&] {
    while (auto segment = activity.Next()) {
      EXPECT_LE(segment->End() - segment->start, 29);
      EXPECT_LE(segment->start, segment->voice_start);
      EXPECT_GE(segment->End(), segment->voice_end - 1e-6);
      meter.Speech(*segment);
    }
  };
  for (std::size_t at = 0; at < sound.size(); at += chunk) {
    auto const part = std::span(sound).subspan(at, std::min(chunk, sound.size() - at));
    meter.Feed(part);
    activity.Feed(part);
    drain();
  }
  activity.Finish();
  drain();
  return {meter.Finish(), meter.Segments(), meter.Pauses(0.5)};
}

TEST(Voice, EnergyFallbackFindsSpeechPauseAndPitch) {
  auto activity = MakeEnergyVoiceActivity();
  auto const heard = Listen(*activity, Scene(0.001), 1000);
  ASSERT_EQ(heard.parts.size(), 2U);
  EXPECT_NEAR(heard.parts[0].start, 1, 0.1);
  EXPECT_NEAR(heard.parts[1].start, 4.2, 0.1);
  ASSERT_EQ(heard.pauses.size(), 1U);
  EXPECT_NEAR(heard.signals.longest_pause, 1.2, 0.2);
  EXPECT_NEAR(heard.signals.speech_seconds, 3.5, 0.3);
  EXPECT_NEAR(heard.signals.pitch_mean_hz, 163, 6);
  EXPECT_NEAR(heard.signals.pitch_sd_semitones, 1.6, 0.5);
  EXPECT_GT(heard.signals.snr_db, 25);
}

TEST(Voice, MoreNoiseLowersTheRatio) {
  auto quiet = MakeEnergyVoiceActivity(), loud = MakeEnergyVoiceActivity();
  EXPECT_GT(Listen(*quiet, Scene(0.001), 800).signals.snr_db, Listen(*loud, Scene(0.01), 800).signals.snr_db + 8);
}

TEST(Voice, ResultDoesNotDependOnTheSizeOfChunks) {
  for (bool silero : {true, false}) {
    auto const make = [&] {
      return silero ? MakeVoiceActivity(SileroModel({BOLE_DEPS_DIR, ""})) : MakeEnergyVoiceActivity();
    };
    auto a = make(), b = make();
    EXPECT_EQ(a->Name(), silero ? "silero-vad-v5" : "energy");
    auto const one = Listen(*a, Scene(0.002), 160), two = Listen(*b, Scene(0.002), 7777);
    EXPECT_EQ(one.signals.speech_seconds, two.signals.speech_seconds);
    EXPECT_EQ(one.signals.pitch_mean_hz, two.signals.pitch_mean_hz);
  }
}

TEST(Voice, LongSpeechIsCut) {
  auto activity = MakeEnergyVoiceActivity();
  auto const heard = Listen(*activity, Voice(70, 140), 3200);
  EXPECT_LE(heard.parts.size(), 4U);  // no longer one than 29 s: checked while listening
  EXPECT_NEAR(heard.signals.speech_seconds, 70, 3);
}

TEST(Voice, SilenceAndClippingAreSeen) {
  VoiceMeter silent;
  silent.Feed(std::vector<float>(16000, 0.F));
  EXPECT_TRUE(silent.IsSilent());
  EXPECT_EQ(silent.Finish().speech_seconds, 0);
  VoiceMeter clipped;
  clipped.Feed(std::vector<float>(16000, 1.F));
  EXPECT_EQ(clipped.Finish().clipping_ratio, 1);
  EXPECT_FALSE(VoiceMeter().Finish().present);
}

TEST(Voice, MissingModelFallsBackToEnergy) { EXPECT_EQ(MakeVoiceActivity("/nonexistent")->Name(), "energy"); }

}  // namespace
}  // namespace bole::media
