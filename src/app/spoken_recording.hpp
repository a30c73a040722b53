#pragma once
#include <string>
#include <vector>

#include "media/analysis/engines.hpp"

namespace bole::app {

// A made-up person speaking: for the demonstration group and for benchmarks.
struct SpokenRecording {
  std::vector<std::byte> webm;  // VP8 + Opus as a browser's recorder writes it
  std::string subtitles;        // SRT of what is said, sentence by sentence
  double seconds = 0;
};

// Speaks `script` ("[p0.6]" is a pause of 0.6 s) with the configured synthesiser over a drawn portrait; `variant`
// chooses colours. A script gives the same recording on every run of one machine.
[[nodiscard]] Result<SpokenRecording> Speak(media::Engines& engines, std::string const& script,
                                            std::string const& language, unsigned variant);

}  // namespace bole::app
