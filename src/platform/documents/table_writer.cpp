#include "platform/documents/table_writer.hpp"

#include <fmt/format.h>

namespace bole::documents {
namespace {

struct AsText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::string const& text) const { return text; }
  std::string operator()(double number) const { return fmt::format("{}", number); }
  std::string operator()(Date const& date) const { return FormatDate(date); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
};

}  // namespace

std::string MediaTypeOf(TableFormat format) {
  return format == TableFormat::csv ? "text/csv; charset=utf-8"
                                    : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

std::string ExtensionOf(TableFormat format) { return format == TableFormat::csv ? ".csv" : ".xlsx"; }

std::vector<std::string> TableMediaTypes() { return {MediaTypeOf(TableFormat::xlsx), "text/csv"}; }

TableWriter::TableWriter(TableFormat format, std::string title, Instant created)
    : format_(format), book_(std::move(title), created) {}

void TableWriter::AddSheet(XlsxSheet const& sheet) {
  ++sheets_;
  if (format_ == TableFormat::xlsx) return book_.AddSheet(sheet);
  if (sheets_ > 1) return;
  std::vector<std::string> titles;
  for (auto const& column : sheet.columns) titles.push_back(column.title);
  text_.AddRow(titles);
}

void TableWriter::AddRow(std::vector<XlsxValue> const& values) {
  if (format_ == TableFormat::xlsx) return book_.AddRow(values);
  if (sheets_ > 1) return;
  std::vector<std::string> fields;
  for (auto const& value : values) fields.push_back(std::visit(AsText{}, value));
  text_.AddRow(fields);
}

Result<std::string> TableWriter::Finish() {
  if (format_ == TableFormat::xlsx) return book_.Finish();
  return text_.text();
}

}  // namespace bole::documents
