#include "platform/documents/text_reader.hpp"

#include "base/text.hpp"
#include "platform/documents/docx_reader.hpp"
#include "platform/documents/pdf_reader.hpp"
#include "platform/documents/text_encoding.hpp"

namespace bole::documents {
namespace {

constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

// An OLE file is encrypted OOXML, which names its package in UTF-16, or a document of Word 97.
Error NameOle(std::string_view bytes) {
  static constexpr char kPackage[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  if (bytes.find(std::string_view(kPackage, sizeof(kPackage))) != std::string_view::npos)
    return {ErrorCode::kInvalid, "document.encrypted"};
  return {ErrorCode::kUnsupported, "document.old_format"};
}

bool IsText(std::string_view bytes) {
  auto const text = ToUtf8(bytes);
  return text && !HasControlCharacters(ReplaceAll(ReplaceAll(*text, "\r", ""), "\f", ""));
}

Result<FileText> ReadPlain(std::string_view bytes, TextLimits const& limits) {
  FileText out{FileKind::text, CleanText(ToUtf8(bytes).value_or("")), 0};
  if (CountCodePoints(out.text) > limits.max_characters)
    return Fail(ErrorCode::kTooLarge, "document.too_long", {{"limit", std::to_string(limits.max_characters)}});
  return out;
}

}  // namespace

std::string_view MediaTypeOf(FileKind kind) {
  switch (kind) {
    case FileKind::pdf:
      return "application/pdf";
    case FileKind::docx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case FileKind::png:
      return "image/png";
    case FileKind::jpeg:
      return "image/jpeg";
    case FileKind::text:
      break;
  }
  return "text/plain; charset=utf-8";
}

std::string_view ExtensionOf(FileKind kind) {
  switch (kind) {
    case FileKind::pdf:
      return ".pdf";
    case FileKind::docx:
      return ".docx";
    case FileKind::png:
      return ".png";
    case FileKind::jpeg:
      return ".jpg";
    case FileKind::text:
      break;
  }
  return ".txt";
}

Result<FileKind> KindOf(std::string_view bytes) {
  if (Trim(bytes).empty()) return Fail(ErrorCode::kInvalid, "document.empty");
  if (bytes.starts_with("%PDF-")) return FileKind::pdf;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return FileKind::png;
  if (bytes.starts_with("\xFF\xD8\xFF")) return FileKind::jpeg;
  if (bytes.starts_with("PK")) return DocxKind(bytes);
  if (bytes.starts_with(kOle)) return tl::unexpected<Error>(NameOle(bytes));
  if (IsText(bytes)) return FileKind::text;
  return Fail(ErrorCode::kUnsupported, "document.unknown_type");
}

Result<FileText> ReadText(std::string_view bytes, TextLimits const& limits) {
  if (bytes.size() > limits.max_file_bytes)
    return Fail(ErrorCode::kTooLarge, "document.too_large", {{"limit", std::to_string(limits.max_file_bytes >> 20U)}});
  BOLE_ASSIGN(auto const kind, KindOf(bytes));
  switch (kind) {
    case FileKind::pdf:
      return ReadPdf(bytes, limits);
    case FileKind::docx:
      return ReadDocx(bytes, limits);
    case FileKind::text:
      return ReadPlain(bytes, limits);
    case FileKind::png:
    case FileKind::jpeg:
      break;
  }
  return FileText{kind, "", 0};
}

}  // namespace bole::documents
