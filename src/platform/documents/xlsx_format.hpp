#pragma once
#include <string>
#include <string_view>

#include "platform/documents/xlsx_reader.hpp"

namespace bole::documents {

// What a number format makes of a number (ECMA-376 part 1, 18.8.30).
enum class NumberStyle { kNumber, kDate, kTime, kDateTime, kElapsed };

[[nodiscard]] NumberStyle StyleOfFormatCode(std::string_view code);  // "yyyy\-mm\-dd" → kDate
[[nodiscard]] NumberStyle StyleOfBuiltIn(int format_id);             // including the East Asian ones

// The cell for a raw <v> number. Text that is no number becomes a kError cell that shows it.
[[nodiscard]] Cell NumberCell(std::string_view raw, NumberStyle style, bool since_1904);

// "_x000D_" → the character, as Excel escapes what XML cannot hold.
[[nodiscard]] std::string DecodeEscapes(std::string text);

}  // namespace bole::documents
