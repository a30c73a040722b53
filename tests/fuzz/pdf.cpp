// Our wrapper of poppler, in this process. poppler itself is Debian's and carries no coverage; what the fuzzer finds in
// it ends a confined child in the product.
#include "base/text.hpp"
#include "platform/documents/pdf_reader.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::documents {
namespace {

using fuzz::Require;

constexpr TextLimits kLimits{.max_pages = 8, .max_characters = 2000};

void Check(std::string_view bytes) {
  auto const read = ReadPdf(bytes, kLimits);
  if (!read) return Require(read.error().key.starts_with("document."), "errors are named");
  Require(read->pages >= 1 && read->pages <= kLimits.max_pages, "pages within the limit");
  Require(IsValidUtf8(read->text), "text is UTF-8");
  auto const pages = Split(read->text, '\f');
  Require(pages.size() == read->pages, "one text for each page");
  for (auto const& page : pages) {
    Require(!HasControlCharacters(page), "text has no control characters");
    Require(CountCodePoints(page) <= kLimits.max_characters, "characters within the limit");
  }
}

}  // namespace
}  // namespace bole::documents

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  bole::documents::Check(bole::fuzz::Text(data, size));
  return 0;
}
