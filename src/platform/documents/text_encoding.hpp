#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bole::documents {

// Text of unknown encoding as UTF-8: UTF-8 (with or without mark), UTF-16 with mark, else GB18030, which holds GBK.
// None when it is none of them.
[[nodiscard]] std::optional<std::string> ToUtf8(std::string_view bytes);

// What pages and tables may show of foreign text: valid UTF-8, lines end with \n, no control characters but tab and
// newline, no marks that turn the direction of writing (they let "exe.pdf" look like "fdp.exe").
[[nodiscard]] std::string CleanText(std::string_view utf8);

}  // namespace bole::documents
