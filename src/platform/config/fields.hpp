#pragma once
#include <string_view>
#include <variant>
#include <vector>

#include "platform/config/config.hpp"

// The list of settings: name, member and rule in one place. Used by Load only.
namespace bole::config {

struct Range {
  long long min = 0, max = 0;
};
using OneOf = std::vector<std::string_view>;
struct Setting {
  using Target = std::variant<std::string*, std::filesystem::path*, bool*, int*, std::uint16_t*,
                              std::vector<std::string>*, Expression*>;
  std::string_view section;  // "" at the top level
  std::string_view key;
  Target target;
  Range range{};
  OneOf one_of{};
  bool secret = false;        // the value is never shown; also <key>_env, the name of a variable that holds it
  bool may_be_empty = false;  // of a path; texts always may
};

[[nodiscard]] std::vector<Setting> SettingsOf(Config& config);

// Rules over several settings, and forms of text.
struct Problem {
  std::string section, key, code, reason;
};
[[nodiscard]] std::vector<Problem> CheckTogether(Config const& config);

}  // namespace bole::config
