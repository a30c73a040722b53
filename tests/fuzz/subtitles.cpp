// SubRip and WebVTT.
#include "media/speech/subtitles.hpp"

#include "base/text.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::media {
namespace {

using fuzz::Require;

void Check(std::string_view text) {
  auto const transcript = ParseSubtitles(text);
  if (!transcript) return Require(transcript.error().key.starts_with("transcript."), "errors are named");
  Require(!transcript->sentences.empty(), "a transcript says something");
  double last = 0;
  for (auto const& sentence : transcript->sentences) {
    Require(sentence.start >= last && sentence.end >= sentence.start && sentence.end < 24 * 3600,
            "times ascend in a day");
    last = sentence.start;
    Require(!Trim(sentence.text).empty() && IsValidUtf8(sentence.text), "a sentence is text");
    double at = sentence.start;
    for (auto const& word : sentence.words) {
      Require(!word.text.empty() && IsValidUtf8(word.text), "a word is text");
      Require(word.start >= at - 1e-6 && word.end >= word.start && word.end <= sentence.end + 1e-3,
              "words fill the cue");
      at = word.end;
    }
  }
  for (auto const& pause : transcript->pauses) Require(pause.end >= pause.start, "a pause lasts");
}

}  // namespace
}  // namespace bole::media

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  bole::media::Check(bole::fuzz::Text(data, size));
  return 0;
}
