#include "app/engines.hpp"

#include <fstream>
#include <iterator>

#include "media/analysis/analyse.hpp"
#include "media/decode/remux.hpp"
#include "media/face/face_engine.hpp"
#include "media/speech/subtitles.hpp"

namespace bole::app {

media::EngineOptions EngineOptionsOf(config::Config const& config) {
  media::EngineOptions out;
  out.paths = {config.deps_dir.string(), config.models_dir.string()};
  for (auto const& [language, model] :
       {std::pair("zh", config.speech.model_zh), std::pair("en", config.speech.model_en)})
    if (model != "auto") out.speech[language] = model;
  if (!config.speech.service_url.empty())
    out.transcription = media::TranscriptionServiceConfig{.base_url = config.speech.service_url,
                                                          .api_key = config.speech.service_key,
                                                          .model = config.speech.service_model};
  if (config.embedding.engine == "service")
    out.embedding = media::EmbeddingServiceConfig{.base_url = config.embedding.service_url,
                                                  .api_key = config.embedding.service_key,
                                                  .model = config.embedding.service_model};
  return out;
}

struct LazyAssessor::Loaded {
  std::unique_ptr<media::Embedder> cache;
  std::unique_ptr<assessment::Assessor> assessor;
  std::unique_ptr<assessment::ContentScorer> scorer;
};

LazyAssessor::LazyAssessor(media::Engines& engines, i18n::Messages const& messages, std::filesystem::path content_model)
    : engines_(engines), messages_(messages), content_model_(std::move(content_model)) {}
LazyAssessor::~LazyAssessor() = default;

Result<LazyAssessor::Loaded*> LazyAssessor::Load() {
  std::lock_guard const lock(mutex_);
  if (loaded_) return loaded_.get();
  auto const* words = engines_.Words();
  if (!words) return Fail(ErrorCode::kUnavailable, "engine.words_missing");
  std::ifstream in(content_model_);
  BOLE_ASSIGN(auto model, assessment::ReadContentModel(std::string(std::istreambuf_iterator<char>(in), {})));
  auto made = std::make_unique<Loaded>();
  if (auto* embedder = engines_.Embeddings()) made->cache = media::CacheEmbedder(*embedder);
  made->scorer = std::make_unique<assessment::ContentScorer>(*words, made->cache.get(), model);
  made->assessor = std::make_unique<assessment::Assessor>(*words, made->cache.get(), std::move(model), messages_);
  loaded_ = std::move(made);
  return loaded_.get();
}

Result<assessment::Assessor const*> LazyAssessor::Get() {
  BOLE_ASSIGN(auto* loaded, Load());
  return loaded->assessor.get();
}

Result<assessment::ContentScorer const*> LazyAssessor::Scorer() {
  BOLE_ASSIGN(auto* loaded, Load());
  return loaded->scorer.get();
}

interviews::CandidateEngines CandidateEnginesOf(media::Engines& engines) {
  interviews::CandidateEngines out;
  out.check_frame = [&engines](std::string_view jpeg) -> Result<interviews::FrameCheck> {
    auto* faces = engines.Faces();
    if (!faces) return Fail(ErrorCode::kUnavailable, "engine.face_missing");
    BOLE_ASSIGN(auto const seen, media::CheckFrame(*faces, std::as_bytes(std::span(jpeg.data(), jpeg.size()))));
    return interviews::FrameCheck{seen.faces, seen.face_ratio, seen.centred, seen.brightness, seen.sharpness};
  };
  out.speak = [&engines](std::string const& text, std::string const& language) {
    return engines.Synthesise(text, language);
  };
  return out;
}

assessment::AnalysisEngines AnalysisEnginesOf(media::Engines& engines, LazyAssessor& assessor) {
  assessment::AnalysisEngines out;
  out.analyse = [&engines](assessment::NextPart const& parts, assessment::AnalysisRequest const& request,
                           assessment::CaptionSink const& caption,
                           std::stop_token stop) -> Result<media::AnswerSignals> {
    media::AnalysisOptions options;
    options.language = request.language.empty() ? "auto" : request.language;
    options.expression = request.expression != assessment::ExpressionPolicy::off;
    if (request.transcript) {
      BOLE_ASSIGN(options.imported_transcript, media::ParseSubtitles(*request.transcript));
    }
    return media::AnalyseMedia(
        parts, engines, options, [&](media::Caption const& heard) { caption(heard.text, heard.start, heard.end); },
        std::move(stop));
  };
  out.make_playable = media::RemuxSeekable;
  out.assessor = [&assessor] { return assessor.Get(); };
  return out;
}

}  // namespace bole::app
