#include "modules/org/export_table.hpp"

#include "platform/app/export_mark.hpp"

namespace bole::org {

documents::XlsxSheet SheetOf(std::vector<imports::Column> const& columns, std::string name, bool chinese) {
  documents::XlsxSheet out{.name = std::move(name), .columns = {}};
  for (auto const& column : columns)
    out.columns.push_back({.title = chinese ? column.title_zh : column.title_en,
                           .width = column.max_length > 500 ? 40.0 : 20.0,
                           .required = column.required});
  return out;
}

Result<http::Response> SendTable(AppContext& context, audit::Api& audit, http::Request const& request,
                                 documents::TableWriter& book, TableFile const& file) {
  auto const record = context.database.Write([&](db::Tx& tx) {
    auto const action = file.kind == "org_node" ? "org.export" : file.kind + ".export";
    json::object details{{"rows", file.rows}};
    if (file.purpose) details = audit::WithPurpose(*file.purpose, std::move(details));
    auto id = audit.Begin(tx, request.who(), {action, file.kind, "", "", std::move(details)});
    audit.Succeeded(tx, id);
    return id;
  });
  book.Watermark(ExportMark(context.messages, request.locale, request.who(), context.clock.Now(), record));
  BOLE_ASSIGN(auto bytes, book.Finish());
  return http::Response::Download(std::move(bytes), documents::MediaTypeOf(file.format),
                                  file.title + documents::ExtensionOf(file.format));
}

}  // namespace bole::org
