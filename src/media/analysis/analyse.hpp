#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.hpp"
#include "media/analysis/engines.hpp"
#include "media/decode/byte_source.hpp"
#include "media/signals/signals.hpp"

namespace bole::media {

struct AnalysisOptions {
  std::string language = "auto";                  // zh | en | auto
  bool expression = false;                        // true only when the policy of the place allows expression features
  std::optional<Transcript> imported_transcript;  // then nothing is recognised
  std::string speech_model;                       // a model id instead of the best one for the language
  double video_fps = 2;
  double max_seconds = 7200;
};

// A piece of text while the recording still runs. Each is final: times in the recording.
struct Caption {
  std::string text, language;
  double start = 0, end = 0, confidence = 0;
};

// CPU seconds of the analysing thread.
struct CpuSplit {
  double decode = 0, voice = 0, speech = 0, face = 0;
  [[nodiscard]] double Total() const { return decode + voice + speech + face; }
};
BOOST_DESCRIBE_STRUCT(CpuSplit, (), (decode, voice, speech, face))

// Gives the parts of an answer in order and null after the last; may block while the candidate records. Each part is
// one run of the recorder, a container of its own; its times follow the part before.
using NextPart = std::function<ByteSource*()>;

// Observes one answer: decodes once; hears, measures the voice and looks at pictures while the bytes still arrive. The
// same bytes give the same signals, growing or finished. Silent, black, truncated or forged media give notices and
// empty parts, not errors. Errors: of the source (worth another try), or kUnavailable "media.cancelled". Uses one
// thread: the caller's.
[[nodiscard]] Result<AnswerSignals> AnalyseMedia(NextPart const& parts, Engines& engines,
                                                 AnalysisOptions const& options,
                                                 std::function<void(Caption const&)> const& on_caption = {},
                                                 std::stop_token stop = {}, CpuSplit* cpu = nullptr);
[[nodiscard]] Result<AnswerSignals> AnalyseMedia(ByteSource& source, Engines& engines, AnalysisOptions const& options,
                                                 std::function<void(Caption const&)> const& on_caption = {},
                                                 std::stop_token stop = {}, CpuSplit* cpu = nullptr);

}  // namespace bole::media
