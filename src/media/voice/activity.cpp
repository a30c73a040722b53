#include "media/voice/activity.hpp"

#include <sherpa-onnx/c-api/c-api.h>

#include <algorithm>
#include <deque>
#include <filesystem>

namespace bole::media {
namespace {

constexpr int kRate = 16000;
constexpr std::size_t kLongest = 28 * kRate;  // recognisers take at most 30 s
constexpr std::size_t kSearch = 6 * kRate;    // a too long segment is cut at the quietest place of its last seconds
constexpr std::size_t kShortest = kRate / 10;

std::size_t QuietestCut(std::span<float const> samples) {
  constexpr std::size_t kFrame = kRate / 20;
  std::size_t best = kLongest;
  double lowest = 1e30;
  for (std::size_t at = kLongest - kSearch; at + kFrame <= kLongest; at += kFrame) {
    double energy = 0;
    for (std::size_t i = 0; i < kFrame; ++i) energy += double{samples[at + i]} * double{samples[at + i]};
    if (energy < lowest) lowest = energy, best = at + kFrame / 2;
  }
  return best;
}

// Segments ready to be taken, none longer than the limit. Remembers the last seconds of sound to put margins around
// them.
class Ready {
 public:
  void Remember(std::span<float const> samples) {
    history_.insert(history_.end(), samples.begin(), samples.end());
    if (history_.size() > 2 * kHistory) {
      auto const drop = history_.size() - kHistory;
      history_.erase(history_.begin(), history_.begin() + static_cast<std::ptrdiff_t>(drop));
      first_ += drop;
    }
  }
  // Speech from sample `from` to `to` of the recording.
  void Push(std::size_t from, std::size_t to) {
    from = std::max({from, last_end_, first_});
    to = std::min(to, first_ + history_.size());
    while (to > from + kLongest) {
      auto const cut = from + QuietestCut(View(from, from + kLongest));
      Add(from, cut);
      from = cut;
    }
    if (to >= from + kShortest) Add(from, to);
  }
  std::optional<SpeechSegment> Pop() {
    if (segments_.empty()) return std::nullopt;
    auto first = std::move(segments_.front());
    segments_.pop_front();
    return first;
  }

 private:
  [[nodiscard]] std::span<float const> View(std::size_t from, std::size_t to) const {
    return std::span(history_).subspan(from - first_, to - from);
  }
  void Add(std::size_t from, std::size_t to) {
    constexpr std::size_t kBefore = kRate / 4, kAfter = kRate / 5;
    auto const begin = std::max({first_, last_end_, from > kBefore ? from - kBefore : 0});
    auto const end = std::min(first_ + history_.size(), to + kAfter);
    auto const samples = View(begin, end);
    auto const seconds = [](std::size_t at) { return static_cast<double>(at) / kRate; };
    segments_.push_back({seconds(begin), {samples.begin(), samples.end()}, seconds(from), seconds(to)});
    last_end_ = to;
  }
  static constexpr std::size_t kHistory = 64 * kRate;
  std::deque<SpeechSegment> segments_;
  std::vector<float> history_;
  std::size_t first_ = 0, last_end_ = 0;  // sample numbers: of history_[0], of the end of the last speech
};

class Silero final : public VoiceActivity {
 public:
  using Detector =
      std::unique_ptr<SherpaOnnxVoiceActivityDetector const, void (*)(SherpaOnnxVoiceActivityDetector const*)>;
  explicit Silero(Detector detector) : detector_(std::move(detector)) {}

  void Feed(std::span<float const> samples) override {
    pending_.insert(pending_.end(), samples.begin(), samples.end());
    ready_.Remember(samples);
    std::size_t at = 0;  // whole windows only, so that the result does not depend on how the samples arrive
    for (; at + kWindow <= pending_.size(); at += kWindow) {
      SherpaOnnxVoiceActivityDetectorAcceptWaveform(detector_.get(), pending_.data() + at, kWindow);
      Drain();
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  void Finish() override {
    pending_.resize(kWindow, 0.F);
    SherpaOnnxVoiceActivityDetectorAcceptWaveform(detector_.get(), pending_.data(), kWindow);
    SherpaOnnxVoiceActivityDetectorFlush(detector_.get());
    pending_.clear();
    Drain();
  }
  std::optional<SpeechSegment> Next() override { return ready_.Pop(); }
  std::string Name() const override { return "silero-vad-v5"; }

  static constexpr int kWindow = 512;

 private:
  void Drain() {
    while (!SherpaOnnxVoiceActivityDetectorEmpty(detector_.get())) {
      auto const* segment = SherpaOnnxVoiceActivityDetectorFront(detector_.get());
      if (segment && segment->n > 0)
        ready_.Push(static_cast<std::size_t>(segment->start),
                    static_cast<std::size_t>(segment->start) + static_cast<std::size_t>(segment->n));
      SherpaOnnxDestroySpeechSegment(segment);
      SherpaOnnxVoiceActivityDetectorPop(detector_.get());
    }
  }
  Detector detector_;
  std::vector<float> pending_;
  Ready ready_;
};

// Frames of 20 ms louder than three times the noise floor (in amplitude) are speech; 0.35 s of silence ends a segment.
class Energy final : public VoiceActivity {
 public:
  void Feed(std::span<float const> samples) override {
    ready_.Remember(samples);
    for (float sample : samples) {
      frame_.push_back(sample);
      if (frame_.size() == kFrame) TakeFrame();
    }
  }
  void Finish() override {
    if (!frame_.empty()) TakeFrame();
    Close();
  }
  std::optional<SpeechSegment> Next() override { return ready_.Pop(); }
  std::string Name() const override { return "energy"; }

 private:
  static constexpr std::size_t kFrame = kRate / 50;
  void TakeFrame() {
    double sum = 0;
    for (float s : frame_) sum += double{s} * double{s};
    double const energy = sum / static_cast<double>(frame_.size());
    constexpr double kQuiet = 1e-6, kFactor = 9, kRise = 1.01;
    floor_ = std::min(std::max(energy, kQuiet), floor_ * kRise);
    bool const loud = energy > floor_ * kFactor && energy > kQuiet * 4;
    if (loud && !open_) open_ = true, start_ = taken_;
    taken_ += frame_.size();
    frame_.clear();
    if (loud) end_ = taken_;
    constexpr std::size_t kEnd = kRate * 35 / 100;
    if (open_ && (taken_ - end_ >= kEnd || taken_ - start_ >= kLongest)) Close();
  }
  void Close() {
    if (open_ && end_ >= start_ + 2 * kShortest) ready_.Push(start_, end_);
    open_ = false;
  }
  std::vector<float> frame_;
  double floor_ = 1e-3;
  bool open_ = false;
  std::size_t start_ = 0, end_ = 0, taken_ = 0;
  Ready ready_;
};

}  // namespace

std::unique_ptr<VoiceActivity> MakeEnergyVoiceActivity() { return std::make_unique<Energy>(); }

std::unique_ptr<VoiceActivity> MakeVoiceActivity(std::string const& silero_model) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(silero_model, error)) return MakeEnergyVoiceActivity();
  SherpaOnnxVadModelConfig config{};
  config.silero_vad.model = silero_model.c_str();
  config.silero_vad.threshold = 0.5F;
  config.silero_vad.min_silence_duration = 0.35F;
  config.silero_vad.min_speech_duration = 0.2F;
  config.silero_vad.max_speech_duration = 10;  // what is left to hear when an answer ends delays its report
  config.silero_vad.window_size = Silero::kWindow;
  config.sample_rate = kRate;
  config.num_threads = 1;
  config.provider = "cpu";
  constexpr float kBufferSeconds = 60;
  Silero::Detector detector(SherpaOnnxCreateVoiceActivityDetector(&config, kBufferSeconds),
                            SherpaOnnxDestroyVoiceActivityDetector);
  if (!detector) return MakeEnergyVoiceActivity();
  return std::make_unique<Silero>(std::move(detector));
}

}  // namespace bole::media
