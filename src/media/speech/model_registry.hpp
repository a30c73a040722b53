#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/speech/speech_model.hpp"

namespace bole::media {

// The models an operator added: models_dir/<id>/model.json each. Such a file may name another folder in "dir" for
// models that stay where they are:
//   {"id": "maix-zh-ctc", "purpose": "speech", "family": "omnilingual_ctc", "languages": ["zh"], "licence": "MIT",
//   "pinyin": true,
//    "files": {"model": "maix-zh-ctc.onnx", "tokens": "tokens.txt"}, "dir": "/somewhere/maix-zh-ctc"}
class ModelRegistry {
 public:
  explicit ModelRegistry(std::string models_dir) : dir_(std::move(models_dir)) {}
  // Sorted by id; folders without a readable model.json are left out.
  [[nodiscard]] std::vector<ModelCard> List() const;
  [[nodiscard]] std::optional<ModelCard> Find(std::string const& id) const;
  // Writes models_dir/<id>/model.json. kInvalid with fields when id, family, purpose or files are not usable.
  Result<void> Add(ModelCard const& card) const;
  [[nodiscard]] std::string const& Dir() const { return dir_; }

 private:
  std::string dir_;
};

// Describes a folder: names of the files by role as the sherpa-onnx releases name them (model.int8.onnx, tokens.txt,
// encoder-*.onnx …), pinyin from tokens.txt. `id` defaults to the folder's name.
[[nodiscard]] Result<ModelCard> DescribeModelDir(std::string const& dir, std::string const& family,
                                                 std::vector<std::string> languages, std::string id = {});

// True when nearly every token of a tokens.txt is a toneless pinyin syllable.
[[nodiscard]] bool PrintsPinyin(std::string const& tokens_file);

[[nodiscard]] Result<ModelCard> ParseModelCard(std::string const& json);
[[nodiscard]] std::string FormatModelCard(ModelCard const& card);
[[nodiscard]] bool IsModelId(std::string const& id);  // letters, digits, '-', '_', '.'; not beginning with '.'

}  // namespace bole::media
