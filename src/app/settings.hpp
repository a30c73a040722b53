#pragma once
#include <optional>
#include <string>

#include "platform/config/config.hpp"

namespace bole::app {

// The settings of this process: the named file, else BOLE_CONFIG, else ./bole.toml when it exists; then the
// environment. Prints what is wrong and returns nothing; sets up the log.
[[nodiscard]] std::optional<config::Config> LoadSettings(std::string const& named_file);

}  // namespace bole::app
