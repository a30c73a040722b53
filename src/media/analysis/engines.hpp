#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/face/face_engine.hpp"
#include "media/signals/paths.hpp"
#include "media/speech/model_registry.hpp"
#include "media/speech/recogniser.hpp"
#include "media/speech/sentence_builder.hpp"
#include "media/speech/synthesis.hpp"
#include "media/text/embedder.hpp"
#include "media/text/words.hpp"

namespace bole::media {

struct EngineOptions {
  EnginePaths paths;
  std::map<std::string, std::string>
      speech;             // language → model id that the operator wants ("service" for the service below)
  std::string synthesis;  // id of a model of purpose "synthesis"; "" for espeak-ng
  std::optional<TranscriptionServiceConfig> transcription;  // used when `speech` names it, or when no local model fits
  std::optional<EmbeddingServiceConfig> embedding;          // instead of the local embedder
};

// All engines of the process: each is loaded on first use, then shared. One instance, made by the app. Thread-safe;
// pointers stay valid as long as it lives; null means: not there (the analysis then leaves its part empty with a
// notice).
class Engines {
 public:
  explicit Engines(EngineOptions options);
  ~Engines();
  Engines(Engines const&) = delete;
  Engines& operator=(Engines const&) = delete;

  // Recognisers that can hear `language` (zh | en | "" or "auto" for any), best first: the configured one, models of
  // the registry (SenseVoice, Paraformer, Zipformer, Whisper, Moonshine, others), PocketSphinx for en, the service.
  [[nodiscard]] std::vector<Recogniser*> Speech(std::string const& language);
  // One model by id, "pocketsphinx-en-us" or "service".
  [[nodiscard]] Recogniser* SpeechModel(std::string const& id);
  [[nodiscard]] Punctuator* Punctuation(std::string const& language);
  [[nodiscard]] FaceEngine* Faces();
  [[nodiscard]] WordSegmenter const* Words();
  [[nodiscard]] Embedder* Embeddings();
  // Speech for `text` as 16-bit WAV.
  [[nodiscard]] Result<std::string> Synthesise(std::string const& text, std::string const& language);

  [[nodiscard]] EnginePaths const& Paths() const { return options_.paths; }
  [[nodiscard]] ModelRegistry const& Models() const { return registry_; }
  // Looks at the registry again after `models pull` or `add`.
  void Refresh();

 private:
  struct Loaded;
  EngineOptions options_;
  ModelRegistry registry_;
  std::recursive_mutex mutex_;
  std::unique_ptr<Loaded> loaded_;
};

}  // namespace bole::media
