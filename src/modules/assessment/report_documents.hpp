#pragma once
#include <string>

#include "modules/assessment/api.hpp"
#include "platform/i18n/messages.hpp"

// A report and its transcript as files. Pure: the same report gives the same bytes. `watermark`: who takes it out.
namespace bole::assessment {

[[nodiscard]] Result<std::string> ReportPdf(ReportView const& report, i18n::Locale locale, i18n::Messages const& texts,
                                            std::string const& watermark = {});
// Plain text: question, then a line per sentence with its time.
[[nodiscard]] std::string TranscriptText(ReportView const& report, i18n::Locale locale, i18n::Messages const& texts,
                                         std::string const& watermark = {});
// SubRip over all answers, one after the other.
[[nodiscard]] std::string TranscriptSrt(ReportView const& report);
[[nodiscard]] Result<std::string> TranscriptDocx(ReportView const& report, i18n::Locale locale,
                                                 i18n::Messages const& texts, std::string const& watermark = {});

}  // namespace bole::assessment
