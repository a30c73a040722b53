#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace bole::media {

// Toneless pinyin to Chinese characters with libime's dictionary and language model (Debian libime-data). Thread-safe.
class PinyinReader {
 public:
  // kUnavailable "engine.pinyin_missing" when Debian's libime-data is not installed.
  [[nodiscard]] static Result<std::shared_ptr<PinyinReader>> Load();
  ~PinyinReader();
  // One character a syllable, in order; a syllable that nobody knows stays as it is.
  [[nodiscard]] std::vector<std::string> Read(std::vector<std::string> const& syllables) const;

 private:
  struct Impl;
  explicit PinyinReader(std::unique_ptr<Impl> impl);
  [[nodiscard]] bool Convert(std::vector<std::string> const& syllables, std::size_t from, std::size_t count,
                             std::vector<std::string>& out) const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::media
