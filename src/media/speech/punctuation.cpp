#include <sherpa-onnx/c-api/c-api.h>

#include <filesystem>

#include "base/text.hpp"
#include "media/speech/synthesis.hpp"

namespace bole::media {
namespace {

using Engine = std::unique_ptr<SherpaOnnxOfflinePunctuation const, void (*)(SherpaOnnxOfflinePunctuation const*)>;

// Moves the marks that stand in `marked` (the text of `words` with marks in between) behind the words.
void CopyMarks(std::string const& marked, std::vector<SpokenWord>& words) {
  auto const text = DecodeUtf8(marked);
  std::size_t at = 0;
  for (auto& spoken : words) {
    for (auto c : DecodeUtf8(spoken.word.text)) {
      while (at < text.size() && text[at] != c) ++at;
      if (at == text.size()) return;
      ++at;
    }
    constexpr std::u32string_view kMarks = U"，。！？；：、,.!?;:";
    while (at < text.size() && kMarks.find(text[at]) != std::u32string_view::npos)
      spoken.mark += EncodeUtf8({&text[at++], 1});
  }
}

class CtTransformer final : public Punctuator {
 public:
  CtTransformer(std::string id, Engine engine) : id_(std::move(id)), engine_(std::move(engine)) {}
  void Mark(std::vector<SpokenWord>& words) override {
    auto const plain = JoinWords(words);
    if (plain.empty()) return;
    std::unique_ptr<char const, void (*)(char const*)> marked(
        SherpaOfflinePunctuationAddPunct(engine_.get(), plain.c_str()), SherpaOfflinePunctuationFreeText);
    if (marked) CopyMarks(marked.get(), words);
  }
  std::string Name() const override { return id_; }

 private:
  std::string id_;
  Engine engine_;
};

}  // namespace

Result<std::unique_ptr<Punctuator>> LoadPunctuator(ModelCard const& card) {
  auto const broken = Fail(ErrorCode::kUnavailable, "engine.model_broken", {{"id", card.id}});
  if (card.family != "ct_transformer")
    return Fail(ErrorCode::kUnavailable, "engine.family_unknown", {{"family", card.family}});
  std::error_code error;
  auto const it = card.files.find("model");
  auto const path = it == card.files.end() ? std::string() : (std::filesystem::path(card.dir) / it->second).string();
  if (!std::filesystem::is_regular_file(path, error)) return broken;
  SherpaOnnxOfflinePunctuationConfig config{};
  config.model.ct_transformer = path.c_str();
  config.model.num_threads = 1;
  config.model.provider = "cpu";
  Engine engine(SherpaOnnxCreateOfflinePunctuation(&config), SherpaOnnxDestroyOfflinePunctuation);
  if (!engine) return broken;
  return std::make_unique<CtTransformer>(card.id, std::move(engine));
}

}  // namespace bole::media
