#pragma once
#include <memory>
#include <string>

#include "base/result.hpp"
#include "media/speech/sentence_builder.hpp"
#include "media/speech/speech_model.hpp"

namespace bole::media {

// Text to speech. Thread-safe.
class Synthesiser {
 public:
  virtual ~Synthesiser() = default;
  // `language`: zh | en. At most 4,000 characters. A 16-bit mono WAV. Errors: kInvalid "synthesis.empty", kTooLarge
  // "synthesis.too_long", kUnavailable "engine.synthesis".
  [[nodiscard]] virtual Result<std::string> Synthesise(std::string const& text, std::string const& language) = 0;
  [[nodiscard]] virtual std::string Name() const = 0;
};

// espeak-ng with its voices cmn and en-us. The library keeps one global state: calls wait for one another.
[[nodiscard]] std::unique_ptr<Synthesiser> MakeEspeak();

// Families: kokoro, matcha, vits.
[[nodiscard]] Result<std::unique_ptr<Synthesiser>> LoadSherpaSynthesiser(ModelCard const& card);

// Family: ct_transformer.
[[nodiscard]] Result<std::unique_ptr<Punctuator>> LoadPunctuator(ModelCard const& card);

}  // namespace bole::media
