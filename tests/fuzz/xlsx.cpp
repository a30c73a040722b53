// The workbook reader. Input that begins with "PK" is a file; anything else is the text of its parts, one after the
// other behind lines "@@ name", which are packed first: a fuzzer cannot repair the checksums of a zip.
#include "platform/documents/xlsx_reader.hpp"

#include "base/text.hpp"
#include "platform/documents/archive.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::documents {
namespace {

using fuzz::Require;

constexpr XlsxLimits kLimits{.max_file_bytes = 1U << 20,
                             .max_part_bytes = 4U << 20,
                             .max_shared_string_bytes = 1U << 20,
                             .max_rows = 40,
                             .max_columns = 30,
                             .max_cell_bytes = 500,
                             .max_xml_depth = 16};
constexpr std::string_view kNames[] = {"_rels/.rels",          "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                       "xl/sharedStrings.xml", "xl/styles.xml",   "xl/worksheets/sheet1.xml"};

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

void CheckCell(Cell const& cell) {
  Require((cell.kind == CellKind::kEmpty) == cell.text.empty(), "an empty cell has no text, any other has");
  Require(IsValidUtf8(cell.text), "cells are UTF-8");
  // A cell may refer to a longer shared string; those are bounded together.
  if (cell.kind == CellKind::kNumber)
    Require(cell.text.find_first_of("eE") == std::string::npos, "numbers carry no exponent");
}

void Check(std::string_view bytes) {
  std::size_t rows = 0;
  auto const summary = ReadXlsx(bytes, kLimits, [&](std::size_t row_number, std::vector<Cell>& cells) -> Result<void> {
    Require(++rows <= kLimits.max_rows, "rows within the limit");
    Require(row_number >= 1 && row_number <= 1'048'576, "a row that Excel knows");
    Require(!cells.empty() && cells.size() <= kLimits.max_columns, "columns within the limit");
    Require(!cells.back().empty(), "no empty tail");
    for (auto const& cell : cells) CheckCell(cell);
    return {};
  });
  if (!summary) return Require(summary.error().key.starts_with("xlsx."), "errors are named");
  Require(summary->rows == rows, "every row is counted");
}

}  // namespace
}  // namespace bole::documents

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = bole::fuzz::Text(data, size);
  bole::documents::Check(text.starts_with("PK") ? std::string(text) : bole::documents::Pack(text));
  return 0;
}
