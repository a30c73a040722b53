#pragma once
#include <string_view>

#include "base/result.hpp"
#include "media/signals/signals.hpp"

namespace bole::media {

// Reads SubRip (.srt) or WebVTT (.vtt) as a transcript: source "imported", one sentence a cue, words spread over the
// cue by their length, confidence 1, language by the letters. Errors: kInvalid "transcript.unreadable" (no cue found,
// not UTF-8), kTooLarge "transcript.too_large" (over 4 MB).
[[nodiscard]] Result<Transcript> ParseSubtitles(std::string_view text);

}  // namespace bole::media
