#include "modules/assessment/texts.hpp"

#include <cstdint>
#include <cstdio>

namespace bole::assessment {
namespace {

std::uint32_t Fnv1a(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (unsigned char c : text) hash = (hash ^ c) * 16777619U;
  return hash;
}

}  // namespace

Both& Both::operator+=(Both const& more) {
  zh += more.zh;
  if (!en.empty() && !more.en.empty() && en.back() != ' ') en += ' ';
  en += more.en;
  return *this;
}

Both Texts::SayAll(std::string_view key, std::vector<Fill> const& fills) const {
  i18n::Params zh, en;
  for (auto const& fill : fills) zh[std::string(fill.name)] = fill.value.zh, en[std::string(fill.name)] = fill.value.en;
  return {messages_.Text(i18n::Locale::kZhCn, key, zh), messages_.Text(i18n::Locale::kEnUs, key, en)};
}

Both Texts::Say(std::string_view key, std::initializer_list<Fill> fills) const { return SayAll(key, fills); }

Both Texts::Vary(std::initializer_list<std::string_view> keys, std::string_view seed,
                 std::initializer_list<Fill> fills) const {
  return SayAll(keys.begin()[Fnv1a(seed) % keys.size()], fills);
}

Both Join(std::vector<Both> const& items) {
  Both out;
  for (auto const& item : items) {
    out.zh += (out.zh.empty() ? "" : "、") + item.zh;
    out.en += (out.en.empty() ? "" : ", ") + item.en;
  }
  return out;
}

Both Same(std::string_view text) { return {std::string(text), std::string(text)}; }

Both NameOf(std::string_view zh, std::string_view en) {
  return {std::string(zh.empty() ? en : zh), std::string(en.empty() ? zh : en)};
}

std::string OneDecimal(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  return buffer;
}

}  // namespace bole::assessment
