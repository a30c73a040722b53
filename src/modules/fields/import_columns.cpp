#include "modules/fields/import_columns.hpp"

namespace bole::fields {
namespace {

constexpr std::string_view kPrefix = "custom.";
constexpr std::size_t kLongest = 4000;

std::string KeyOf(Column const& column) { return std::string(kPrefix) + column.field.key; }

}  // namespace

ImportColumns::ImportColumns(Api& api, db::Tx& tx, std::string const& entity, std::string const& org_path) : api_(api) {
  for (auto& column : api.Columns(tx, Scope::Everything(), entity, org_path, i18n::kDefaultLocale))
    columns_.push_back(std::move(column));
}

// Cells are read by Parse, which knows the options and limits of a field.
void ImportColumns::AppendTo(std::vector<imports::Column>& columns) const {
  for (auto const& column : columns_) {
    auto const& field = column.field;
    auto const type = field.type == FieldType::date    ? imports::ColumnType::date
                      : field.type == FieldType::phone ? imports::ColumnType::identifier
                                                       : imports::ColumnType::text;
    columns.push_back({.key = KeyOf(column),
                       .title_zh = field.title_zh,
                       .title_en = field.title_en,
                       .help_zh = field.hint_zh,
                       .help_en = field.hint_en,
                       .type = type,
                       .max_length = kLongest,
                       .aliases = {field.key}});
  }
}

std::optional<json::object> ImportColumns::ValuesOf(imports::Row const& row,
                                                    std::vector<imports::Problem>& problems) const {
  json::object out;
  FieldErrors errors;
  for (auto const& column : columns_) {
    auto const cell = row.Given(KeyOf(column));
    if (!cell) continue;
    if (auto value = api_.Parse(column, *cell, PointerTo("/custom", column.field.key), errors))
      out[column.field.key] = *std::move(value);
  }
  for (auto& problem : ImportProblems(std::move(errors))) problems.push_back(std::move(problem));
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

std::vector<imports::Problem> ImportProblems(FieldErrors errors) {
  for (auto& error : errors)
    if (error.pointer.starts_with("/custom/")) error.pointer[7] = '.';
  return imports::ProblemsOf(errors);
}

}  // namespace bole::fields
