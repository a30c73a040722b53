#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/speech/recogniser.hpp"

namespace bole::media {

// A model folder as described by its model.json.
struct ModelCard {
  std::string id, purpose, family;  // purpose: speech | punctuation | speaker | synthesis
  std::vector<std::string> languages;
  std::string licence;
  bool pinyin = false;  // prints toneless pinyin instead of characters
  std::map<std::string, std::string>
      files;        // role → path inside the folder, e.g. model, tokens, encoder, decoder, joiner
  std::string dir;  // where it lies; not part of model.json
};

// Families: sense_voice, paraformer, zipformer_transducer, zipformer_ctc, whisper, moonshine, omnilingual_ctc,
// wenet_ctc, nemo_ctc, fire_red_ctc, dolphin. Errors: kUnavailable "engine.model_broken" (files missing or not
// loadable), "engine.family_unknown".
[[nodiscard]] Result<std::unique_ptr<Recogniser>> LoadSherpaRecogniser(ModelCard const& card);

}  // namespace bole::media
