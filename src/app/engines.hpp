#pragma once
#include <memory>

#include "media/analysis/engines.hpp"
#include "modules/assessment/api.hpp"
#include "modules/interviews/api.hpp"
#include "platform/config/config.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::app {

// The media engines of the process as configured; nothing is loaded yet.
[[nodiscard]] media::EngineOptions EngineOptionsOf(config::Config const& config);

// Words, embeddings and the content model behind one scorer, loaded on first use. Thread-safe.
class LazyAssessor {
 public:
  LazyAssessor(media::Engines& engines, i18n::Messages const& messages, std::filesystem::path content_model);
  ~LazyAssessor();
  [[nodiscard]] Result<assessment::Assessor const*> Get();
  [[nodiscard]] Result<assessment::ContentScorer const*> Scorer();

 private:
  struct Loaded;
  Result<Loaded*> Load();
  media::Engines& engines_;
  i18n::Messages const& messages_;
  std::filesystem::path content_model_;
  std::mutex mutex_;
  std::unique_ptr<Loaded> loaded_;
};

[[nodiscard]] interviews::CandidateEngines CandidateEnginesOf(media::Engines& engines);
[[nodiscard]] assessment::AnalysisEngines AnalysisEnginesOf(media::Engines& engines, LazyAssessor& assessor);

}  // namespace bole::app
