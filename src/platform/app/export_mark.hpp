#pragma once
#include <string>

#include "base/clock.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/security/principal.hpp"

namespace bole {

// The watermark of a file that somebody takes out: who, when, and the record of the evidence log that says so.
[[nodiscard]] std::string ExportMark(i18n::Messages const& messages, i18n::Locale locale, Principal const& who,
                                     Instant at, std::string const& record_id);

}  // namespace bole
