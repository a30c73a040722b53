#include <algorithm>

#include "modules/imports/service.hpp"
#include "platform/app/export_mark.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/documents/xlsx_writer.hpp"

// What people download: an empty table to fill in, and the rows that have a problem.
namespace bole::imports {
namespace {

constexpr std::int64_t kMaxProblemRows = 400'000;

std::string In(i18n::Locale locale, std::string const& zh, std::string const& en) {
  return locale == i18n::Locale::kZhCn || en.empty() ? zh : en;
}

}  // namespace

Result<std::string> Service::Template(Principal const& who, std::string const& key, i18n::Locale locale) {
  auto* target = shared_.FindTarget(key);
  if (!target) return FailField("/target", "not_allowed");
  if (!who.Can(target->permission()))
    return Fail(ErrorCode::kForbidden, "forbidden", {{"permission", target->permission()}});
  auto const& context = shared_.context;
  auto const text = [&](std::string const& name) { return context.messages.Text(locale, "import." + name); };
  auto const columns = context.database.Read([&](db::Tx& tx) { return target->Columns(tx, ""); });
  documents::XlsxWriter book(text("target." + key), context.clock.Now());
  documents::XlsxSheet sheet{.name = text("target." + key), .columns = {}};
  for (auto const& column : columns) {
    documents::XlsxColumn out{.title = In(locale, column.title_zh, column.title_en),
                              .width = column.max_length > 500 ? 40.0 : 20.0,
                              .note = In(locale, column.help_zh, column.help_en),
                              .required = column.required};
    for (auto const& choice : column.choices)
      if (!choice.words.empty() && !choice.retired)
        out.choices.push_back(In(locale, choice.words[0], choice.words.size() > 1 ? choice.words[1] : ""));
    sheet.columns.push_back(std::move(out));
  }
  book.AddSheet(sheet);
  book.AddSheet({.name = text("guide"),
                 .columns = {{.title = text("guide_column"), .width = 24},
                             {.title = text("guide_text"), .width = 90, .wrap = true},
                             {.title = text("guide_example"), .width = 30}},
                 .filter = false});
  book.AddRow({text("guide"), text("guide_intro")});
  for (auto const& column : columns)
    book.AddRow(
        {In(locale, column.title_zh, column.title_en), In(locale, column.help_zh, column.help_en), column.example});
  return book.Finish();
}

Result<std::string> Service::ProblemsWorkbook(Principal const& who, std::string const& id, i18n::Locale locale) {
  auto const& context = shared_.context;
  struct Said {
    std::string words;
    bool blocking = false;
  };
  std::map<std::int64_t, Said> said;
  store::Batch batch;
  Head head;
  auto const read = context.database.Read([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(batch, FindOwn(tx, who, id));
    BOLE_ASSIGN(head, shared_.OpenHead(batch));
    for (auto const& row : store::Problems(tx, id, kMaxProblemRows)) {
      BOLE_ASSIGN(auto const params, shared_.OpenParams(row.params));
      auto& line = said[row.line];
      line.words += (line.words.empty() ? "" : "; ") + (row.col.empty() ? "" : row.col + ": ") +
                    context.messages.Text(locale, "field." + row.code, params);
      line.blocking |= row.blocking;
    }
    return {};
  });
  if (!read) return tl::unexpected<Error>(read.error());
  auto const text = [&](char const* key) { return context.messages.Text(locale, key); };
  documents::XlsxWriter book(text("import.problems"), context.clock.Now());
  documents::XlsxSheet sheet{.name = text("import.problems"),
                             .columns = {{.title = text("import.problem_row"), .width = 8},
                                         {.title = text("import.problem_text"), .width = 60, .wrap = true}}};
  for (auto const& title : head.titles) sheet.columns.push_back({.title = title, .width = 18});
  book.AddSheet(sheet);
  BOLE_ASSIGN(auto const bytes, blob::ReadAll(context.blobs, id, kMaxFileBytes));
  BOLE_TRY(ReadTable(*shared_.FindTarget(batch.target), bytes,
                     [&](std::size_t number, std::vector<documents::Cell>& cells) -> Result<> {
                       auto const found = said.find(static_cast<std::int64_t>(number));
                       if (found == said.end()) return {};
                       std::vector<documents::XlsxValue> row{static_cast<double>(number), found->second.words};
                       for (std::size_t i = 0; i < std::min(cells.size(), head.titles.size()); ++i)
                         row.emplace_back(std::move(cells[i].text));
                       book.AddRow(row,
                                   found->second.blocking ? documents::XlsxTone::kBad : documents::XlsxTone::kPlain);
                       return {};
                     }));
  auto const record = context.database.Write([&](db::Tx& tx) { return Record(tx, who, "import.problems", batch); });
  book.Watermark(ExportMark(context.messages, locale, who, context.clock.Now(), record));
  return book.Finish();
}

}  // namespace bole::imports
