#include "platform/documents/pdf_reader.hpp"

#include <iconv.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <memory>

#include "base/text.hpp"
#include "platform/documents/text_encoding.hpp"

namespace bole::documents {
namespace {

// poppler's own conversion goes through iconv, which may want to open files.
std::string Utf8(poppler::ustring const& wide) {
  std::u32string points;
  points.reserve(wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    char32_t c = wide[i];
    bool const high = (c & 0xFC00U) == 0xD800U;
    if (high && i + 1 < wide.size() && (wide[i + 1] & 0xFC00U) == 0xDC00U)
      c = 0x10000U + ((c & 0x3FFU) << 10U) + (wide[++i] & 0x3FFU);
    else if ((c & 0xF800U) == 0xD800U)
      c = 0xFFFD;
    points += c;
  }
  return EncodeUtf8(points);
}

}  // namespace

void PreparePdfReader() {
  // Never closed: the converter that poppler asks for is unloaded with its last user.
  (void)::iconv_open("UTF-16", "UTF-8");
  (void)poppler::ustring::from_utf8("x");
}

Result<FileText> ReadPdf(std::string_view bytes, TextLimits const& limits) {
  poppler::set_debug_error_function([](std::string const&, void*) {}, nullptr);  // it would print what the file says
  std::unique_ptr<poppler::document> const document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return Fail(ErrorCode::kInvalid, "document.broken");
  if (document->is_locked()) return Fail(ErrorCode::kInvalid, "document.encrypted");
  auto const count = document->pages();
  if (count < 1) return Fail(ErrorCode::kInvalid, "document.broken");
  FileText out{FileKind::pdf, "", static_cast<std::size_t>(count)};
  if (out.pages > limits.max_pages)
    return Fail(ErrorCode::kTooLarge, "document.too_many_pages", {{"limit", std::to_string(limits.max_pages)}});
  std::size_t characters = 0;
  for (int number = 0; number < count; ++number) {
    std::unique_ptr<poppler::page> const page(document->create_page(number));
    if (!page) return Fail(ErrorCode::kInvalid, "document.broken");
    auto text = CleanText(Utf8(page->text({}, poppler::page::non_raw_non_physical_layout)));
    characters += CountCodePoints(text);
    if (characters > limits.max_characters)
      return Fail(ErrorCode::kTooLarge, "document.too_long", {{"limit", std::to_string(limits.max_characters)}});
    if (number > 0) out.text += '\f';
    out.text += text.substr(0, text.find_last_not_of(" \n\t") + 1);
  }
  return out;
}

}  // namespace bole::documents
