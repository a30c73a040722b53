#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/fields/model.hpp"
#include "modules/fields/secrets.hpp"
#include "modules/fields/service.hpp"
#include "platform/app/context.hpp"
#include "platform/i18n/messages.hpp"

// Custom fields in lists, exports and imports.
namespace bole::fields {
namespace {

FieldOption const* OptionNamed(CustomFieldView const& field, std::string_view text) {
  auto const wanted = AsciiLower(Trim(text));
  for (auto const& option : field.options)
    if (!option.retired &&
        (option.key == wanted || AsciiLower(option.title_zh) == wanted || AsciiLower(option.title_en) == wanted))
      return &option;
  return nullptr;
}

std::optional<bool> YesNo(std::string_view text) {
  static std::set<std::string> const yes{"yes", "y", "true", "1", "是", "有"}, no{"no", "n", "false", "0", "否", "无"};
  auto const word = AsciiLower(Trim(text));
  if (yes.contains(word)) return true;
  if (no.contains(word)) return false;
  return std::nullopt;
}

}  // namespace

db::Condition ValueCondition(ValueFilter const& filter, std::string const& record_column) {
  if (filter.exact())
    return {" AND EXISTS (SELECT 1 FROM field_value fv WHERE fv.record_id = " + record_column +
                " AND fv.field_id = ? AND fv.filter_key = ?)",
            {filter.field_id, filter.from}};
  return {" AND EXISTS (SELECT 1 FROM field_value fv WHERE fv.record_id = " + record_column +
              " AND fv.field_id = ? AND fv.filter_key >= ? AND fv.filter_key <= ?)",
          {filter.field_id, filter.from, filter.to}};
}

db::Condition KeyCondition(ValueFilter const& filter, std::string const& alias) {
  if (filter.exact()) return {alias + ".field_id = ? AND " + alias + ".filter_key = ?", {filter.field_id, filter.from}};
  return {alias + ".field_id = ? AND " + alias + ".filter_key >= ? AND " + alias + ".filter_key <= ?",
          {filter.field_id, filter.from, filter.to}};
}

Result<std::vector<ValueFilter>> Service::Filters(db::Tx& tx, Scope const& scope, std::string const& entity,
                                                  std::map<std::string, std::string> const& query) {
  std::vector<ValueFilter> out;
  if (query.empty()) return out;
  auto const definitions = store::Definitions(tx, entity);
  FieldErrors errors;
  for (auto const& [key, text] : query) {
    if (Trim(text).empty()) continue;
    auto const at = PointerTo("", "custom." + key);
    auto const found = std::find_if(definitions.begin(), definitions.end(), [&](auto const& d) {
      return d.field.key == key && d.field.state == FieldState::active && Related(scope, d.org_path);
    });
    if (found == definitions.end())
      errors.push_back({at, "unknown"});
    else if (!found->field.filterable)
      errors.push_back({at, "not_filterable"});
    else if (auto const filter = ReadFilter(found->field, text, at, errors))
      out.push_back(*filter);
  }
  if (!errors.empty()) return FailFields(std::move(errors));
  return out;
}

std::vector<Column> Service::Columns(db::Tx& tx, Scope const& scope, std::string const& entity,
                                     std::string const& org_path, i18n::Locale locale) {
  std::vector<Column> out;
  for (auto& found : store::Definitions(tx, entity)) {
    bool const concerned =
        org_path.empty() || org_path.starts_with(found.org_path) || found.org_path.starts_with(org_path);
    if (found.field.state != FieldState::active || !concerned || !Related(scope, found.org_path)) continue;
    auto title = TitleIn(locale, found.field.title_zh, found.field.title_en);
    out.push_back({std::move(found.field), std::move(title)});
  }
  return out;
}

std::map<std::string, std::vector<std::string>> Service::Texts(db::Tx& tx, Scope const& scope,
                                                               std::vector<Column> const& columns,
                                                               std::vector<std::string> const& record_ids,
                                                               i18n::Locale locale) {
  std::map<std::string, std::vector<std::string>> out;
  if (columns.empty()) return out;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < columns.size(); ++i) places[columns[i].field.id] = i;
  for (auto const& row : store::Values(tx, record_ids)) {
    auto const place = places.find(row.field_id);
    if (place == places.end()) continue;
    auto const& field = columns[place->second].field;
    if (!Shown(scope, field, row.org_path)) continue;
    auto& texts = out[row.record_id];
    texts.resize(columns.size());
    std::string text = field.sensitive == Sensitivity::none ? row.value : row.masked;
    if (field.sensitive == Sensitivity::none && field.type == FieldType::yes_no)
      text = context_.messages.Text(locale, text == "true" ? "custom_field.yes" : "custom_field.no");
    for (auto const& option : field.options)
      if (field.sensitive == Sensitivity::none && option.key == row.value)
        text = TitleIn(locale, option.title_zh, option.title_en);
    auto& cell = texts[place->second];
    cell += (cell.empty() || field.sensitive != Sensitivity::none ? "" : ", ");
    if (field.sensitive == Sensitivity::none || cell.empty()) cell += text;
  }
  return out;
}

std::optional<json::value> Service::Parse(Column const& column, std::string const& text, std::string const& pointer,
                                          FieldErrors& errors) {
  auto const& field = column.field;
  std::string const cell(Trim(text));
  json::value value = json::value(cell);
  if (cell.empty()) return json::value();
  switch (field.type) {
    case FieldType::integer:
    case FieldType::decimal: {
      auto const parsed = ParseJson(ReplaceAll(cell, ",", ""));
      if (!parsed || !parsed->is_number()) return errors.push_back({pointer, "bad_number"}), std::nullopt;
      value = *parsed;
      break;
    }
    case FieldType::yes_no: {
      auto const yes = YesNo(cell);
      if (!yes) return errors.push_back({pointer, "not_allowed"}), std::nullopt;
      value = *yes;
      break;
    }
    case FieldType::choice: {
      auto const* option = OptionNamed(field, cell);
      if (option == nullptr) return errors.push_back({pointer, "not_allowed"}), std::nullopt;
      value = json::value(option->key);
      break;
    }
    case FieldType::choices: {
      json::array keys;
      for (auto const& part : Split(ReplaceAll(ReplaceAll(ReplaceAll(cell, "，", ","), "、", ","), ";", ","), ',')) {
        if (Trim(part).empty()) continue;
        auto const* option = OptionNamed(field, part);
        if (option == nullptr) return errors.push_back({pointer, "not_allowed"}), std::nullopt;
        keys.emplace_back(option->key);
      }
      value = std::move(keys);
      break;
    }
    default:
      break;
  }
  if (!ReadValue(field, value, pointer, errors)) return std::nullopt;
  return value;
}

}  // namespace bole::fields
