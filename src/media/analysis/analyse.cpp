#include "media/analysis/analyse.hpp"

#include <time.h>

#include <algorithm>

#include "media/analysis/listener.hpp"
#include "media/decode/decoder.hpp"
#include "media/face/face_analyser.hpp"
#include "media/voice/meter.hpp"

namespace bole::media {
namespace {

double ThreadCpu() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Adds the CPU time of a scope to one figure.
class Timed {
 public:
  explicit Timed(double& into) : into_(into), start_(ThreadCpu()) {}
  ~Timed() { into_ += ThreadCpu() - start_; }
  Timed(Timed const&) = delete;
  Timed& operator=(Timed const&) = delete;

 private:
  double& into_;
  double start_;
};

class Pipeline final : public DecodeSink {
 public:
  Pipeline(Engines& engines, AnalysisOptions const& options, std::function<void(Caption const&)> const& on_caption,
           std::stop_token stop)
      : options_(options),
        activity_(MakeVoiceActivity(SileroModel(engines.Paths()))),
        face_engine_(options.video_fps > 0 ? engines.Faces() : nullptr),
        faces_(face_engine_, options.expression),
        listener_(engines, options, on_caption, std::move(stop)) {}

  void OnAudio(double time, std::span<float const> samples) override {
    PadTo(part_start_ + time);
    Sound(samples);
  }
  void OnPicture(double time, BgrImage const& picture) override {
    Timed timed(cpu_.face);
    faces_.Feed(part_start_ + time, picture);
  }

  void EndPart(DecodeReport const& report) {
    part_start_ += report.info.duration;
    auto const number = parts_++;
    auto const duration = signals_.media.duration + report.info.duration;
    if (number == 0 || (!has_audio_ && !has_video_)) signals_.media = report.info;
    signals_.media.duration = duration;
    has_audio_ = has_audio_ || report.has_audio;
    has_video_ = has_video_ || report.has_video;
    for (auto const& notice : report.notices) Note(notice.code, notice.detail);
  }

  AnswerSignals Finish() {
    {
      Timed timed(cpu_.voice);
      activity_->Finish();
    }
    Drain();
    Speech();
    {
      Timed timed(cpu_.face);
      signals_.face = faces_.Finish();
    }
    if (signals_.voice.present) signals_.engines.push_back({"voice", activity_->Name(), "1"});
    if (signals_.face.present && face_engine_) signals_.engines.push_back({"face", "face-api", "openvino"});
    NotePictures();
    return std::move(signals_);
  }

  [[nodiscard]] CpuSplit const& Cpu() const { return cpu_; }

 private:
  // Silence where a part is longer in picture than in sound, or has no sound at all, so that times stay true.
  void PadTo(double time) {
    constexpr std::int64_t kJitter = kSampleRate / 100;
    auto missing = static_cast<std::int64_t>(time * kSampleRate) - samples_;
    std::vector<float> const silence(missing > kJitter ? kSampleRate : 0, 0.F);
    for (; missing > kJitter; missing = static_cast<std::int64_t>(time * kSampleRate) - samples_)
      Sound(std::span(silence).first(static_cast<std::size_t>(std::min<std::int64_t>(kSampleRate, missing))));
  }

  void Sound(std::span<float const> samples) {
    {
      Timed timed(cpu_.voice);
      meter_.Feed(samples);
      activity_->Feed(samples);
    }
    samples_ += static_cast<std::int64_t>(samples.size());
    Drain();
  }

  void Drain() {
    while (auto segment = activity_->Next()) {
      {
        Timed timed(cpu_.voice);
        meter_.Speech(*segment);
      }
      Timed timed(cpu_.speech);
      if (!options_.imported_transcript) listener_.Hear(*segment);
    }
  }

  void Speech() {
    {
      Timed timed(cpu_.voice);
      signals_.voice = meter_.Finish();
    }
    constexpr double kPause = 0.5;
    auto& transcript = signals_.transcript;
    if (options_.imported_transcript) {
      transcript = *options_.imported_transcript;
      Note("speech.imported");
    } else {
      Timed timed(cpu_.speech);
      transcript = listener_.Finish(signals_.notices);
      if (auto engine = listener_.Engine(); engine && transcript.source == "recognised")
        signals_.engines.push_back(*engine);
    }
    if (!meter_.Segments().empty()) transcript.pauses = meter_.Pauses(kPause);
    NoteSound();
    auto& voice = signals_.voice;
    std::size_t words = 0;
    for (auto const& sentence : transcript.sentences) words += sentence.words.size();
    if (voice.speech_seconds > 1) voice.words_per_minute = static_cast<double>(words) * 60 / voice.speech_seconds;
    voice.filler_count = CountFillers(transcript.sentences, transcript.language);
  }

  void NoteSound() {
    constexpr double kNoisy = 10, kClipped = 0.01;
    auto const& voice = signals_.voice;
    if (!has_audio_)
      Note("audio.missing");
    else if (meter_.IsSilent())
      Note("audio.silent");
    else if (meter_.Segments().empty())
      Note("audio.no_speech");
    else if (voice.snr_db < kNoisy)
      Note("audio.noisy", std::to_string(static_cast<int>(voice.snr_db)));
    if (voice.clipping_ratio > kClipped) Note("audio.clipped");
  }

  void NotePictures() {
    constexpr double kMost = 0.8, kFew = 0.2;
    auto const& face = signals_.face;
    if (!has_video_)
      Note("picture.missing");
    else if (face.black_ratio > kMost)
      Note("picture.black");
    else if (!face_engine_)
      Note("picture.no_model");
    else if (face.present && face.face_ratio < kFew)
      Note("picture.no_face");
  }

  void Note(std::string const& code, std::string detail = {}) {
    bool const known =
        std::any_of(signals_.notices.begin(), signals_.notices.end(), [&](auto const& n) { return n.code == code; });
    if (!known) signals_.notices.push_back({code, std::move(detail)});
  }

  AnalysisOptions const& options_;
  CpuSplit cpu_;
  std::unique_ptr<VoiceActivity> activity_;
  VoiceMeter meter_;
  FaceEngine* face_engine_;
  FaceAnalyser faces_;
  Listener listener_;
  AnswerSignals signals_;
  double part_start_ = 0;
  std::int64_t samples_ = 0;
  int parts_ = 0;
  bool has_audio_ = false, has_video_ = false;
};

}  // namespace

Result<AnswerSignals> AnalyseMedia(NextPart const& parts, Engines& engines, AnalysisOptions const& options,
                                   std::function<void(Caption const&)> const& on_caption, std::stop_token stop,
                                   CpuSplit* cpu) {
  Pipeline pipeline(engines, options, on_caption, stop);
  double const loaded = ThreadCpu();
  DecodeOptions decode;
  decode.video_fps = options.video_fps;
  decode.max_seconds = options.max_seconds;
  bool any = false;
  while (auto* part = parts()) {
    any = true;
    BOLE_ASSIGN(auto report, Decode(*part, decode, pipeline, stop));
    pipeline.EndPart(report);
    decode.max_seconds -= report.info.duration;
  }
  if (stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "media.cancelled");
  auto signals = pipeline.Finish();
  if (!any) signals.notices.insert(signals.notices.begin(), {"media.empty", ""});
  if (cpu) {
    *cpu = pipeline.Cpu();
    cpu->decode = std::max(0.0, ThreadCpu() - loaded - cpu->Total());
  }
  return signals;
}

Result<AnswerSignals> AnalyseMedia(ByteSource& source, Engines& engines, AnalysisOptions const& options,
                                   std::function<void(Caption const&)> const& on_caption, std::stop_token stop,
                                   CpuSplit* cpu) {
  bool given = false;
  return AnalyseMedia([&] { return std::exchange(given, true) ? nullptr : &source; }, engines, options, on_caption,
                      stop, cpu);
}

}  // namespace bole::media
