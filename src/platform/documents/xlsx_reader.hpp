#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace bole::documents {

enum class CellKind { kEmpty, kText, kNumber, kBoolean, kDate, kError };

// One cell as text: what a person means, not how Excel stores it. Numbers carry no exponent and no grouping
// ("1200.5"); dates are ISO ("2026-11-22", "2026-11-22T08:30:00", "08:30:00"); booleans are "true" and "false";
// a formula shows the value Excel last computed.
struct Cell {
  CellKind kind = CellKind::kEmpty;
  std::string text;
  // Stored as a number with more than 15 digits: Excel rounds those. ID and bank account numbers must be refused
  // with a hint to format the column as text.
  bool number_precision_lost = false;
  [[nodiscard]] bool empty() const { return text.empty(); }
};

struct XlsxLimits {
  std::size_t max_file_bytes = 20U << 20;
  std::uint64_t max_part_bytes = 1U << 30;             // one unpacked part: the sheet is streamed, never held
  std::uint64_t max_shared_string_bytes = 256U << 20;  // held in memory
  std::uint64_t max_ratio = 300;                       // unpacked : packed of a part above 16 MiB
  std::size_t max_rows = 1'048'576;
  std::size_t max_columns = 512;
  std::size_t max_cell_bytes = 128U << 10;
  std::size_t max_xml_depth = 64;
};

struct XlsxSummary {
  std::string sheet_name;
  std::vector<std::string> sheet_names;
  std::size_t rows = 0;  // rows handed to the callback
};

// Called for each row that has a non-empty cell, in file order. `row_number` is what Excel shows (from 1). `cells`
// starts at column A, has no empty tail, and may be moved from. An error stops the reading and is returned as it is.
using RowFunction = std::function<Result<void>(std::size_t row_number, std::vector<Cell>& cells)>;

// Reads the first visible sheet, or the one named `sheet`. Memory: shared strings plus one row.
// Errors (kInvalid unless said): xlsx.not_a_zip, xlsx.old_format (xls 97), xlsx.encrypted, xlsx.not_a_workbook,
// xlsx.no_sheet{sheet}, xlsx.broken{part,row}, xlsx.too_large (kTooLarge), xlsx.zip_bomb, xlsx.too_many_rows{limit},
// xlsx.too_many_columns{row,limit}, xlsx.cell_too_long{row,column,limit}.
// Rows before a broken place have been delivered already. Thread-safe: no shared state.
[[nodiscard]] Result<XlsxSummary> ReadXlsx(std::string_view bytes, XlsxLimits const& limits, RowFunction const& on_row,
                                           std::string_view sheet = {});

// 1 → "A", 28 → "AB": how Excel names a column, for messages to people.
[[nodiscard]] std::string ColumnName(std::size_t column_from_one);

}  // namespace bole::documents
