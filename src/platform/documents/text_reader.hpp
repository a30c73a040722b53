#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

// The text of files that people send in.
namespace bole::documents {

enum class FileKind { pdf, docx, text, png, jpeg };
[[nodiscard]] std::string_view MediaTypeOf(FileKind kind);
[[nodiscard]] std::string_view ExtensionOf(FileKind kind);  // ".pdf"

struct TextLimits {
  std::size_t max_file_bytes = 20U << 20;
  std::size_t max_pages = 500;
  std::size_t max_characters = 1'000'000;    // code points
  std::uint64_t max_part_bytes = 64U << 20;  // one unpacked part of a docx: it is streamed, never held
  std::uint64_t max_ratio = 300;             // unpacked : packed of a part above 16 MiB
  std::size_t max_xml_depth = 256;
};

struct FileText {
  FileKind kind = FileKind::text;
  std::string text;       // CleanText, in reading order; "\f" between pages; "" for pictures
  std::size_t pages = 0;  // 0: the kind has none before it is laid out
};

// By the content; names and declared types are not asked. Errors (kInvalid unless said): document.empty,
// document.unknown_type (kUnsupported), document.old_format (Word 97, kUnsupported), document.encrypted.
[[nodiscard]] Result<FileKind> KindOf(std::string_view bytes);

// Errors besides KindOf's: document.broken, document.encrypted, document.zip_bomb (kTooLarge),
// document.too_large{limit} (kTooLarge), document.too_many_pages{limit}, document.too_long{limit} (kTooLarge).
// Thread-safe. A PDF is read by a big foreign library: outside of tests use MakeIsolatedReader.
[[nodiscard]] Result<FileText> ReadText(std::string_view bytes, TextLimits const& limits = {});

using TextReader = std::function<Result<FileText>(std::string_view bytes)>;

}  // namespace bole::documents
