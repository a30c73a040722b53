#pragma once
#include "modules/audit/api.hpp"
#include "modules/imports/api.hpp"
#include "platform/app/context.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/http/routes.hpp"

// What every export of the module has in common: headings as the import reads them, the record, the mark.
namespace bole::org {

template <class T>
std::string Name(T value) {
  return boost::describe::enum_to_string(value, "");
}

[[nodiscard]] documents::XlsxSheet SheetOf(std::vector<imports::Column> const& columns, std::string name, bool chinese);

struct TableFile {
  documents::TableFormat format = documents::TableFormat::xlsx;
  std::string title;
  std::string kind;  // subject of the record
  std::size_t rows = 0;
  std::optional<audit::Purpose> purpose{};  // of files about people
};
[[nodiscard]] Result<http::Response> SendTable(AppContext& context, audit::Api& audit, http::Request const& request,
                                               documents::TableWriter& book, TableFile const& file);

}  // namespace bole::org
