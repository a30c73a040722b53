#include "modules/imports/target.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/imports/table_file.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::imports {

void AddTexts(std::vector<Column>& columns, i18n::Messages const& messages, std::string const& titles,
              std::string const& helps) {
  for (auto& column : columns) {
    column.title_zh = messages.Text(i18n::Locale::kZhCn, titles + column.key);
    column.title_en = messages.Text(i18n::Locale::kEnUs, titles + column.key);
    if (!messages.Has(i18n::Locale::kZhCn, helps + column.key)) continue;
    column.help_zh = messages.Text(i18n::Locale::kZhCn, helps + column.key);
    column.help_en = messages.Text(i18n::Locale::kEnUs, helps + column.key);
  }
}

std::string Folded(std::string_view text) {
  auto out = AsciiLower(Narrow(text));
  std::erase_if(out, [](char c) { return c == ' ' || c == '*' || c == '\n' || c == '\r' || c == '\t'; });
  return out;
}

std::map<std::string, std::string> Meanings(std::vector<Choice> const& choices) {
  constexpr std::size_t kNames = 2;
  std::map<std::string, std::string> out;
  auto const add = [&](Choice const& choice, std::size_t from, std::size_t to) {
    for (auto i = from; i < std::min(to, choice.words.size()); ++i) out.emplace(Folded(choice.words[i]), choice.value);
  };
  for (bool const retired : {false, true}) {
    for (auto const& choice : choices)
      if (choice.retired == retired) out.emplace(Folded(choice.value), choice.value);
    for (auto const& choice : choices)
      if (choice.retired == retired) add(choice, 0, kNames);
  }
  for (auto const& choice : choices) add(choice, kNames, choice.words.size());
  return out;
}

std::string WordOf(std::vector<Choice> const& choices, std::string const& value, bool chinese) {
  for (auto const& choice : choices)
    if (choice.value == value && choice.words.size() > 1) return choice.words[chinese ? 0 : 1];
  return value;
}

std::string Row::Text(std::string_view key) const {
  auto const at = values.find(key);
  return at == values.end() ? "" : at->second;
}

std::optional<std::string> Row::Given(std::string_view key) const {
  auto const at = values.find(key);
  return at == values.end() ? std::nullopt : std::optional(at->second);
}

std::vector<std::string> Row::List(std::string_view key) const {
  auto const text = Text(key);
  return text.empty() ? std::vector<std::string>{} : Split(text, '\n');
}

std::vector<Problem> ProblemsOf(FieldErrors const& errors) {
  std::vector<Problem> out;
  for (auto const& error : errors) {
    auto const parts = Split(error.pointer, '/');
    out.push_back({parts.size() > 1 ? parts[1] : "", error.code, error.params});
  }
  return out;
}

}  // namespace bole::imports
