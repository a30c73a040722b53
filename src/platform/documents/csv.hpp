#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace bole::documents {

// RFC 4180 with CRLF and, when `bom`, the UTF-8 mark that makes Excel read Chinese. A field that a spreadsheet would
// take for a formula (starts with = + - @ tab CR, also behind spaces) gets a leading apostrophe; plain numbers such as
// "-3.5" stay.
class CsvWriter {
 public:
  explicit CsvWriter(bool bom = true);
  void AddRow(std::vector<std::string> const& fields);
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
};

struct CsvLimits {
  std::size_t max_file_bytes = 20U << 20;
  std::size_t max_rows = 1'048'576;
  std::size_t max_columns = 512;
};

// Reads UTF-8 (with or without mark), UTF-16 with mark, else GB18030; separator ',' ';' or tab found in the first line.
// Rows without any text are skipped; `row_number` counts all rows from 1. The guard apostrophe of CsvWriter is taken
// off. Errors: csv.too_large, csv.encoding, csv.open_quote{row}, csv.too_many_rows{limit},
// csv.too_many_columns{row,limit}. Returns the number of rows delivered.
[[nodiscard]] Result<std::size_t> ReadCsv(
    std::string_view bytes, CsvLimits const& limits,
    std::function<Result<void>(std::size_t row_number, std::vector<std::string>& fields)> const& on_row);

}  // namespace bole::documents
