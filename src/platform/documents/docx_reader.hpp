#pragma once
#include "platform/documents/text_reader.hpp"

namespace bole::documents {

// FileKind::docx when the archive holds a Word document; document.unknown_type for other archives, document.broken for
// one that cannot be opened.
[[nodiscard]] Result<FileKind> DocxKind(std::string_view bytes);

// Headers first, for a résumé keeps name and phone there, then the body, notes, footers. A paragraph is a line, a row
// of a table is a line with tabs between its cells; text boxes count once; deleted text and field codes are left out.
[[nodiscard]] Result<FileText> ReadDocx(std::string_view bytes, TextLimits const& limits);

}  // namespace bole::documents
