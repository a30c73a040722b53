// The readers of Word documents and of plain text. Input that begins with "PK" is a file; input that begins with "@@ "
// is the text of its parts, one after the other behind lines "@@ name", which are packed first: a fuzzer cannot repair
// the checksums of a zip. Anything else is read as it is.
#include "base/text.hpp"
#include "platform/documents/archive.hpp"
#include "platform/documents/text_reader.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::documents {
namespace {

using fuzz::Require;

constexpr TextLimits kLimits{
    .max_file_bytes = 1U << 20, .max_characters = 2000, .max_part_bytes = 4U << 20, .max_xml_depth = 32};
constexpr std::string_view kNames[] = {"_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
                                       "word/header1.xml", "word/footnotes.xml"};

std::string Pack(std::string_view text) {
  std::vector<ZipPart> parts;
  for (auto const name : kNames) {
    auto const mark = "@@ " + std::string(name) + "\n";
    auto const begin = text.find(mark);
    if (begin == std::string_view::npos) continue;
    auto const content = text.substr(begin + mark.size());
    parts.push_back({std::string(name), std::string(content.substr(0, content.find("@@ ")))});
  }
  return parts.empty() ? std::string() : WriteZip(parts, Instant{}).value_or("");
}

void Check(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return;  // fuzz_pdf
  auto const kind = KindOf(bytes);
  auto const read = ReadText(bytes, kLimits);
  if (!read) return Require(read.error().key.starts_with("document."), "errors are named");
  Require(kind && *kind == read->kind, "one opinion of the kind");
  Require(read->pages == 0, "no pages before it is laid out");
  Require(IsValidUtf8(read->text), "text is UTF-8");
  Require(!HasControlCharacters(read->text), "text has no control characters");
  Require(CountCodePoints(read->text) <= kLimits.max_characters, "characters within the limit");
}

}  // namespace
}  // namespace bole::documents

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = bole::fuzz::Text(data, size);
  bole::documents::Check(text.starts_with("@@ ") ? bole::documents::Pack(text) : std::string(text));
  return 0;
}
