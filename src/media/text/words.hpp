#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace bole::media {

// Cuts Chinese and mixed text into words with cppjieba (maximum probability + HMM for unknown words).
// Loading reads 5 MB of dictionaries (about half a second): make one and share it; Cut is const and thread-safe.
class WordSegmenter {
 public:
  // `dict_dir` holds jieba.dict.utf8, hmm_model.utf8, user.dict.utf8. Missing files: kUnavailable
  // "engine.words_missing".
  [[nodiscard]] static Result<std::unique_ptr<WordSegmenter>> Load(std::string const& dict_dir);
  ~WordSegmenter();
  WordSegmenter(WordSegmenter const&) = delete;
  WordSegmenter& operator=(WordSegmenter const&) = delete;

  // Words in order, without spaces and punctuation; Latin words in lower case, numbers kept whole ("3.5", "2026").
  // Broken UTF-8 is repaired first.
  [[nodiscard]] std::vector<std::string> Cut(std::string_view text) const;

 private:
  struct Impl;
  explicit WordSegmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::media
