#pragma once
#include <boost/describe.hpp>

#include "platform/documents/csv.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::documents {

enum class TableFormat { xlsx, csv };
BOOST_DESCRIBE_ENUM(TableFormat, xlsx, csv)

[[nodiscard]] std::string MediaTypeOf(TableFormat format);
[[nodiscard]] std::string ExtensionOf(TableFormat format);  // with the point
[[nodiscard]] std::vector<std::string> TableMediaTypes();   // of all formats

// One table as a file of either format. A CSV file has one table only: what comes behind the first sheet is left out.
// Not thread-safe.
class TableWriter {
 public:
  TableWriter(TableFormat format, std::string title, Instant created);
  void AddSheet(XlsxSheet const& sheet);
  void AddRow(std::vector<XlsxValue> const& values);
  void Watermark(std::string const& text) { book_.Watermark(text); }  // a CSV file has no place for one
  [[nodiscard]] Result<std::string> Finish();                         // call once; errors of XlsxWriter

 private:
  TableFormat format_;
  XlsxWriter book_;
  CsvWriter text_;
  int sheets_ = 0;
};

}  // namespace bole::documents
