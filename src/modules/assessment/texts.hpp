#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "platform/i18n/messages.hpp"

namespace bole::assessment {

// One text in both languages.
struct Both {
  std::string zh, en;
  Both& operator+=(Both const& more);
};

// Writes texts from the message files; {names} are filled per language.
class Texts {
 public:
  struct Fill {
    std::string_view name;
    Both value;
  };
  explicit Texts(i18n::Messages const& messages) : messages_(messages) {}
  [[nodiscard]] Both Say(std::string_view key, std::initializer_list<Fill> fills = {}) const;
  // One of several wordings, always the same for the same seed.
  [[nodiscard]] Both Vary(std::initializer_list<std::string_view> keys, std::string_view seed,
                          std::initializer_list<Fill> fills = {}) const;
  [[nodiscard]] bool Has(std::string_view key) const { return messages_.Has(i18n::Locale::kZhCn, key); }

 private:
  [[nodiscard]] Both SayAll(std::string_view key, std::vector<Fill> const& fills) const;
  i18n::Messages const& messages_;
};

[[nodiscard]] Both Join(std::vector<Both> const& items);              // 、 and ", "
[[nodiscard]] Both Same(std::string_view text);                       // the same in both languages
[[nodiscard]] Both NameOf(std::string_view zh, std::string_view en);  // an empty one borrows the other
[[nodiscard]] std::string OneDecimal(double value);

}  // namespace bole::assessment
