#pragma once
#include <map>
#include <string>

#include "modules/imports/target.hpp"

// One cell as a value of its column. Pure.
namespace bole::imports {

struct CellValue {
  std::string text;   // normal form; empty: nothing there
  Problem problem{};  // code empty: none
};
// words: folded words of a choice → value.
[[nodiscard]] CellValue ReadCell(Column const& column, std::map<std::string, std::string> const& words,
                                 documents::Cell const& cell);

// 2026-01-31, 2026/1/31, 2026.1.31, 20260131, 2026年1月31日, each also with a time behind; the days of a spreadsheet
// (5 digits, counted from 1899-12-30).
[[nodiscard]] std::optional<Date> LooseDate(std::string_view text);

}  // namespace bole::imports
