#include "media/voice/meter.hpp"

#include <aubio/aubio.h>

#include <algorithm>
#include <cmath>

namespace bole::media {
namespace {

constexpr unsigned kRate = 16000, kHop = 320, kWindow = 1024;
constexpr double kFrameSeconds = static_cast<double>(kHop) / kRate;
constexpr double kLowestPower = 1e-10;

double Db(double power) { return 10 * std::log10(std::max(power, kLowestPower)); }

double Mean(std::vector<double> const& values) {
  double sum = 0;
  for (double v : values) sum += v;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}
double Deviation(std::vector<double> const& values) {
  double const mean = Mean(values);
  double sum = 0;
  for (double v : values) sum += (v - mean) * (v - mean);
  return values.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

struct VoiceMeter::Pitch {
  aubio_pitch_t* detector = new_aubio_pitch("yinfast", kWindow, kHop, kRate);
  fvec_t* in = new_fvec(kHop);
  fvec_t* out = new_fvec(1);
  Pitch() { aubio_pitch_set_unit(detector, "Hz"); }
  ~Pitch() {
    del_aubio_pitch(detector);
    del_fvec(in);
    del_fvec(out);
  }
};

VoiceMeter::VoiceMeter() = default;
VoiceMeter::~VoiceMeter() = default;

void VoiceMeter::Feed(std::span<float const> samples) {
  constexpr float kClip = 0.999F;
  for (float sample : samples) {
    float const size = std::abs(sample);
    peak_ = std::max(peak_, size);
    clipped_ += size >= kClip;
    frame_.push_back(sample);
    if (frame_.size() < kHop) continue;
    double sum = 0;
    for (float s : frame_) sum += double{s} * double{s};
    power_.push_back(static_cast<float>(sum / kHop));
    frame_.clear();
  }
  samples_ += samples.size();
}

void VoiceMeter::Speech(SpeechSegment const& segment) {
  constexpr double kSame = 0.001;  // a long stretch arrives in pieces
  if (!speech_.empty() && segment.voice_start < speech_.back().end + kSame)
    speech_.back().end = segment.voice_end;
  else
    speech_.push_back({segment.voice_start, segment.voice_end});
  pitch_ = std::make_unique<Pitch>();  // no memory of the segment before
  if (!pitch_->detector) return;
  constexpr float kLowest = 60, kHighest = 500, kSure = 0.75F;
  for (std::size_t at = 0; at + kHop <= segment.samples.size(); at += kHop) {
    std::copy_n(segment.samples.begin() + static_cast<std::ptrdiff_t>(at), kHop, pitch_->in->data);
    aubio_pitch_do(pitch_->detector, pitch_->in, pitch_->out);
    float const hz = pitch_->out->data[0];
    if (at >= kWindow && hz >= kLowest && hz <= kHighest && aubio_pitch_get_confidence(pitch_->detector) >= kSure)
      voiced_.push_back(hz);
  }
}

std::vector<bool> VoiceMeter::SpeechFrames() const {
  std::vector<bool> mask(power_.size());
  for (auto const& part : speech_) {
    auto const end = std::min(power_.size(), static_cast<std::size_t>(part.end / kFrameSeconds));
    for (auto i = static_cast<std::size_t>(part.start / kFrameSeconds); i < end; ++i) mask[i] = true;
  }
  return mask;
}

double VoiceMeter::SnrDb() const {
  auto const mask = SpeechFrames();
  double speech = 0;
  std::size_t frames = 0;
  std::vector<float> rest;
  for (std::size_t i = 0; i < power_.size(); ++i) {
    if (mask[i])
      speech += double{power_[i]}, ++frames;
    else
      rest.push_back(power_[i]);
  }
  constexpr std::size_t kEnough = 15;
  if (rest.size() < kEnough) rest = power_;  // no pause at all: the quietest moments between syllables
  if (frames == 0 || rest.empty()) return 0;
  auto const nth = rest.begin() + static_cast<std::ptrdiff_t>(rest.size() / 5);
  std::nth_element(rest.begin(), nth, rest.end());
  constexpr double kMost = 60;
  return std::clamp(Db(speech / static_cast<double>(frames)) - Db(*nth), 0.0, kMost);
}

std::vector<Interval> VoiceMeter::Pauses(double least) const {
  std::vector<Interval> out;
  for (std::size_t i = 1; i < speech_.size(); ++i)
    if (speech_[i].start - speech_[i - 1].end >= least) out.push_back({speech_[i - 1].end, speech_[i].start});
  return out;
}

VoiceSignals VoiceMeter::Finish() {
  VoiceSignals out;
  out.present = samples_ > 0;
  if (!out.present) return out;
  out.clipping_ratio = static_cast<double>(clipped_) / static_cast<double>(samples_);
  if (speech_.empty()) return out;
  for (auto const& part : speech_) out.speech_seconds += part.end - part.start;
  double const span = speech_.back().end - speech_.front().start;
  out.pause_ratio = span > 0 ? std::clamp(1 - out.speech_seconds / span, 0.0, 1.0) : 0;
  for (auto const& pause : Pauses(0)) out.longest_pause = std::max(out.longest_pause, pause.end - pause.start);
  auto const mask = SpeechFrames();
  std::vector<double> levels;
  for (std::size_t i = 0; i < power_.size(); ++i)
    if (mask[i] && double{power_[i]} > kLowestPower) levels.push_back(Db(power_[i]));
  out.energy_mean_db = Mean(levels);
  out.energy_sd_db = Deviation(levels);
  out.snr_db = SnrDb();
  if (voiced_.empty()) return out;
  auto sorted = voiced_;
  auto const middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  std::vector<double> hz, semitones;
  constexpr double kOctave = 12;  // octave errors of the detector stay out
  for (float v : voiced_) {
    double const above = 12 * std::log2(double{v} / double{*middle});
    if (std::abs(above) >= kOctave * 0.9) continue;
    hz.push_back(v);
    semitones.push_back(above);
  }
  out.pitch_mean_hz = Mean(hz);
  out.pitch_sd_semitones = Deviation(semitones);
  return out;
}

}  // namespace bole::media
