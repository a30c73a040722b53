#pragma once
#include "modules/fields/api.hpp"

// Pure rules of custom fields: definitions, values, masks, keys. No I/O.
namespace bole::fields {

using Texts = std::vector<std::string>;  // the canonical form of a value; several for FieldType::choices

[[nodiscard]] bool IsFieldKey(std::string_view key);  // [a-z][a-z0-9_]*, at most 40
// From a title: "Driving licence" → "driving_licence"; "field" when nothing of it can be used.
[[nodiscard]] std::string KeyFrom(std::string_view title);
// Checks everything of a definition that needs no database; gives options keys. `before`: the definition so far.
void CheckDefinition(CustomFieldView& field, CustomFieldView const* before, FieldErrors& errors);

// A value of JSON as texts; empty for null, "" and []. nullopt with an error at `at`. `stored` may hold options that
// were retired since.
[[nodiscard]] std::optional<Texts> ReadValue(CustomFieldView const& field, json::value const& in, std::string const& at,
                                             FieldErrors& errors, Texts const& stored = {});
[[nodiscard]] json::value ToJson(CustomFieldView const& field, Texts const& texts);
[[nodiscard]] std::string Mask(CustomFieldView const& field, std::string const& text);
// Sorts as values of the type do; nullopt for sensitive and long texts.
[[nodiscard]] std::optional<std::string> FilterKey(CustomFieldView const& field, std::string const& text);
// "3", "3..5", "..5", "2026-01-01..": ranges for numbers and dates only.
[[nodiscard]] std::optional<ValueFilter> ReadFilter(CustomFieldView const& field, std::string const& text,
                                                    std::string const& at, FieldErrors& errors);
[[nodiscard]] std::string const& TitleIn(i18n::Locale locale, std::string const& zh, std::string const& en);

// Where fields stand at a unit. `fields`: active ones that hold there, those of units above first; `layouts` by unit.
[[nodiscard]] std::vector<FormSection> Arrange(std::vector<CustomFieldView> const& fields,
                                               std::map<std::string, std::vector<FormSection>> const& layouts);
[[nodiscard]] bool StandsOn(std::vector<FormSection> const& sections, std::string const& field_id, FormKind form);

}  // namespace bole::fields
