#pragma once
#include <string>
#include <vector>

#include "media/analysis/engines.hpp"

// The commands of the media engines. Each prints one JSON value on standard output and returns the exit code: 0 done, 1
// failed (then {"error": key, "params": {…}} is printed). They never end the process.
namespace bole::media {

// bole transcribe FILE [--language zh|en|auto] [--model ID]: the Transcript and the notices.
[[nodiscard]] int RunTranscribe(Engines& engines, std::string const& file, std::string const& language,
                                std::string const& model);
// bole analyse FILE [--language …] [--expression]: AnswerSignals and the CPU seconds of each engine.
[[nodiscard]] int RunAnalyse(Engines& engines, std::string const& file, std::string const& language, bool expression);

struct ModelsCommand {
  std::string action;          // list | pull | check | add
  std::string target;          // pull, check: id; add: folder
  std::string catalogue_file;  // share/models/catalogue.json
  std::string family, id;      // add
  std::vector<std::string> languages;
};
[[nodiscard]] int RunModels(Engines& engines, ModelsCommand const& command);

// bole bench analysis: real-time factor of decode + speech + voice + face on a made 640×480 VP8 recording. Uses speech
// files of `speech_dir` (…/speech/zh and en) when it is there, espeak-ng otherwise. `face_picture` may be "".
[[nodiscard]] int RunBenchAnalysis(Engines& engines, std::string const& speech_dir, std::string const& face_picture,
                                   std::string const& language, double seconds);

}  // namespace bole::media
