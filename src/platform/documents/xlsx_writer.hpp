#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::documents {

// Text stays text whatever it looks like ("=1+1", "110101199003071234"): never a formula, never a number.
using XlsxValue = std::variant<std::monostate, std::string, double, Date, bool>;

struct XlsxColumn {
  std::string title;
  double width = 16;                   // in characters
  std::vector<std::string> choices{};  // a drop-down list for the rows below the header
  std::string note{};                  // comment of the header cell, also shown when a cell of the column is chosen
  bool required = false;               // header marked by colour and "*"
  bool wrap = false;
};

struct XlsxSheet {
  std::string name;  // made unique and legal: no []:*?/\ and at most 31 characters
  std::vector<XlsxColumn> columns;
  bool freeze_header = true;
  bool filter = true;
};

enum class XlsxTone { kPlain, kGood, kWarning, kBad };  // background of a row

// A workbook in memory. One sheet after the other, rows from top to bottom; the header row is written by AddSheet.
// Not thread-safe. Same input and `created` → same bytes.
class XlsxWriter {
 public:
  XlsxWriter(std::string title, Instant created);
  ~XlsxWriter();
  XlsxWriter(XlsxWriter const&) = delete;
  XlsxWriter& operator=(XlsxWriter const&) = delete;

  void AddSheet(XlsxSheet const& sheet);
  void AddRow(std::vector<XlsxValue> const& values, XlsxTone tone = XlsxTone::kPlain);
  // Who took the file out: behind the cells of every sheet and in the foot of every printed page.
  void Watermark(std::string const& text);
  // The file; call once. Errors: kInternal xlsx.write_failed, kInvalid xlsx.no_sheet.
  [[nodiscard]] Result<std::string> Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::documents
