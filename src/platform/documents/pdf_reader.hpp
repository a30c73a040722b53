#pragma once
#include "platform/documents/text_reader.hpp"

namespace bole::documents {

// Text in reading order (columns one after the other), page by page. A scan has pages and no text.
[[nodiscard]] Result<FileText> ReadPdf(std::string_view bytes, TextLimits const& limits);

// Loads what reading needs from files other than documents' (converters of the C library), for a process that can open
// none afterwards.
void PreparePdfReader();

}  // namespace bole::documents
