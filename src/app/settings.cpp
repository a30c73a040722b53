#include "app/settings.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "platform/log/log.hpp"

namespace bole::app {
namespace {

std::string ConfigFile(std::string const& named) {
  if (!named.empty()) return named;
  if (auto const* from_environment = std::getenv("BOLE_CONFIG")) return from_environment;
  return std::filesystem::exists("bole.toml") ? "bole.toml" : "";
}

}  // namespace

std::optional<config::Config> LoadSettings(std::string const& named_file) {
  auto config = config::Load(ConfigFile(named_file), config::ProcessEnvironment());
  if (!config) {
    std::cerr << config::DescribeProblems(config.error());
    return std::nullopt;
  }
  log::Configure({config->log.level, config->log.format});
  return *std::move(config);
}

}  // namespace bole::app
