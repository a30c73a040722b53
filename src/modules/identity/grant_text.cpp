#include "modules/identity/grant_text.hpp"

#include "base/text.hpp"

namespace bole::identity {
namespace {

constexpr std::string_view kBetweenDays = "..";

// An open side is empty; false for what is no day.
bool ReadDay(std::string_view text, std::optional<Date>& out) {
  auto const day = Trim(text);
  if (day.empty()) return true;
  out = ParseDate(day);
  return out.has_value();
}

}  // namespace

std::string WriteGrantLine(GrantLine const& grant) {
  auto out = grant.role + "@" + grant.unit;
  if (grant.from || grant.until)
    out += "[" + (grant.from ? FormatDate(*grant.from) : "") + std::string(kBetweenDays) +
           (grant.until ? FormatDate(*grant.until) : "") + "]";
  return out;
}

std::optional<GrantLine> ReadGrantLine(std::string_view line) {
  GrantLine out;
  auto rest = Trim(line);
  auto const open = rest.rfind('[');
  if (rest.ends_with(']') && open != std::string_view::npos) {
    auto const days = rest.substr(open + 1, rest.size() - open - 2);
    auto const between = days.find(kBetweenDays);
    if (between == std::string_view::npos) return std::nullopt;
    if (!ReadDay(days.substr(0, between), out.from)) return std::nullopt;
    if (!ReadDay(days.substr(between + kBetweenDays.size()), out.until)) return std::nullopt;
    rest = rest.substr(0, open);
  }
  auto const at = rest.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  out.role = Trim(rest.substr(0, at)), out.unit = Trim(rest.substr(at + 1));
  if (out.role.empty() || out.unit.empty()) return std::nullopt;
  return out;
}

RoleWords::RoleWords(db::Tx& tx) {
  for (auto const& role : ShippedRoles()) choices_.push_back({role.key, {role.name_zh, role.name_en}});
  for (auto const& role : store::OwnRoles(tx)) choices_.push_back({role.role_key, {role.name_zh, role.name_en}});
  meanings_ = imports::Meanings(choices_);
}

std::string RoleWords::WordOf(std::string const& key, bool chinese) const {
  auto const word = imports::WordOf(choices_, key, chinese);
  bool const fits = word.find_first_of("@\r\n") == std::string::npos;
  return fits && KeyOf(word) == key ? word : key;
}

std::optional<std::string> RoleWords::KeyOf(std::string const& word) const {
  auto const known = meanings_.find(imports::Folded(word));
  return known == meanings_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace bole::identity
