#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/analysis/analyse.hpp"
#include "media/voice/activity.hpp"

namespace bole::media {

// Hears the segments of one answer with the engines that fit, and settles on one. When the language is open and only
// engines of one language are there, the first 6 s of speech go to the two best of different languages: an engine that
// knows the probability of its words (PocketSphinx) is right with 0.5 and more (measured: English 0.49–0.93, mean 0.69;
// Mandarin 0.14–0.48).
class Listener {
 public:
  Listener(Engines& engines, AnalysisOptions const& options, std::function<void(Caption const&)> const& on_caption,
           std::stop_token stop);
  void Hear(SpeechSegment const& segment);
  // The transcript without pauses, and what went wrong.
  [[nodiscard]] Transcript Finish(std::vector<SignalNotice>& notices);
  [[nodiscard]] std::optional<EngineUse> Engine() const;
  [[nodiscard]] Engines& Used() const { return engines_; }

 private:
  struct Trial {
    Recogniser* engine = nullptr;
    std::vector<Recognised> heard;
    [[nodiscard]] double Confidence() const;
  };
  [[nodiscard]] Recognised Run(Recogniser& engine, SpeechSegment const& segment);
  void Decide();
  void Accept(Recognised heard);

  Engines& engines_;
  std::string language_;
  std::function<void(Caption const&)> const& on_caption_;
  std::stop_token stop_;
  std::vector<Trial> trials_;
  Recogniser* chosen_ = nullptr;
  double tried_seconds_ = 0;
  bool any_speech_ = false, service_failed_ = false;
  std::vector<SpokenWord> words_;
  std::string heard_language_;
};

}  // namespace bole::media
