#include "media/analysis/listener.hpp"

#include <algorithm>

#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

constexpr double kTrialSeconds = 6;  // of speech, before the language is settled
constexpr double kBelieve = 0.5;     // mean word posterior
constexpr char const* kEnglish = "en";

double MeanConfidence(std::vector<SpokenWord> const& words, double& seconds) {
  double sum = 0;
  for (auto const& [word, mark] : words) {
    double const length = std::max(0.01, word.end - word.start);
    sum += word.confidence * length;
    seconds += length;
  }
  return sum;
}

}  // namespace

double Listener::Trial::Confidence() const {
  double seconds = 0, sum = 0;
  for (auto const& part : heard) sum += MeanConfidence(part.words, seconds);
  return seconds > 0 ? sum / seconds : 0;
}

Listener::Listener(Engines& engines, AnalysisOptions const& options,
                   std::function<void(Caption const&)> const& on_caption, std::stop_token stop)
    : engines_(engines),
      language_(options.language == "auto" ? "" : options.language),
      on_caption_(on_caption),
      stop_(std::move(stop)) {
  if (!options.speech_model.empty()) {
    chosen_ = engines.SpeechModel(options.speech_model);
    return;
  }
  auto const found = engines.Speech(language_);
  if (found.empty()) return;
  if (!language_.empty() || found.front()->Languages().size() > 1) {
    chosen_ = found.front();
    return;
  }
  for (auto* engine : found) {  // the best of each language
    bool const known = std::any_of(trials_.begin(), trials_.end(),
                                   [&](auto const& t) { return t.engine->Languages() == engine->Languages(); });
    if (!known && engine->Languages().size() == 1 && trials_.size() < 2) trials_.push_back({engine, {}});
  }
  if (trials_.size() == 1) chosen_ = trials_.front().engine, trials_.clear();
}

Recognised Listener::Run(Recogniser& engine, SpeechSegment const& segment) {
  auto heard = engine.Recognise(segment.start, segment.samples, language_, stop_);
  if (heard) return *std::move(heard);
  service_failed_ = true;
  return {};
}

void Listener::Hear(SpeechSegment const& segment) {
  any_speech_ = true;
  if (chosen_) return Accept(Run(*chosen_, segment));
  if (trials_.empty()) return;
  for (auto& trial : trials_) trial.heard.push_back(Run(*trial.engine, segment));
  tried_seconds_ += segment.voice_end - segment.voice_start;
  if (tried_seconds_ >= kTrialSeconds) Decide();
}

void Listener::Decide() {
  auto& a = trials_.at(0);
  auto& b = trials_.at(1);
  bool const a_english = a.engine->Languages().front() == kEnglish;
  auto& english = a_english ? a : b;
  auto& other = a_english ? b : a;
  auto& winner = english.Confidence() >= kBelieve ? english : other;
  chosen_ = winner.engine;
  language_ = chosen_->Languages().front();
  auto const heard = std::move(winner.heard);
  trials_.clear();
  for (auto const& part : heard) Accept(part);
}

void Listener::Accept(Recognised heard) {
  if (heard.words.empty()) return;
  if (!heard.language.empty()) heard_language_ = heard.language;
  if (on_caption_) {
    double seconds = 0;
    double const sum = MeanConfidence(heard.words, seconds);
    on_caption_({JoinWords(heard.words), heard.language, heard.words.front().word.start, heard.words.back().word.end,
                 sum / seconds});
  }
  std::move(heard.words.begin(), heard.words.end(), std::back_inserter(words_));
}

std::optional<EngineUse> Listener::Engine() const {
  if (!chosen_) return std::nullopt;
  return EngineUse{"speech", chosen_->Name(), chosen_->Version()};
}

Transcript Listener::Finish(std::vector<SignalNotice>& notices) {
  if (!chosen_ && !trials_.empty() && any_speech_) Decide();
  Transcript out;
  if (!chosen_) {
    if (any_speech_ && trials_.empty()) notices.push_back({"speech.no_model", language_});
    return out;
  }
  if (service_failed_) notices.push_back({"speech.failed", chosen_->Name()});
  out.engine = chosen_->Name();
  if (words_.empty()) return out;
  out.source = "recognised";
  constexpr double kMostlyHan = 0.3;
  out.language = heard_language_ == "yue" ? "zh" : heard_language_;
  if (out.language.empty()) out.language = HanShare(JoinWords(words_)) > kMostlyHan ? "zh" : kEnglish;
  double seconds = 0;
  double const sum = MeanConfidence(words_, seconds);
  out.confidence = sum / seconds;
  out.sentences = BuildSentences(std::move(words_), out.language, engines_.Punctuation(out.language));
  constexpr double kLow = 0.5;
  if (out.confidence < kLow)
    notices.push_back({"speech.low_confidence", std::to_string(static_cast<int>(out.confidence * 100))});
  return out;
}

}  // namespace bole::media
