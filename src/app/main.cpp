#include <CLI/CLI.hpp>

#include "app/cli_groups.hpp"
#include "app/commands.hpp"
#include "app/settings.hpp"

namespace {

using bole::app::Platform;

std::unique_ptr<Platform> OpenPlatform(std::string const& config_file) {
  auto config = bole::app::LoadSettings(config_file);
  if (!config) return nullptr;
  auto platform = Platform::Open(*std::move(config));
  if (!platform) {
    bole::app::Complain("cannot start", platform.error());
    return nullptr;
  }
  return *std::move(platform);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Bole — hiring, interviews and people of a group of branches", "bole"};
  app.set_version_flag("--version", BOLE_VERSION);
  app.require_subcommand(1);
  std::string config_file;
  app.add_option("--config", config_file, "settings (default: BOLE_CONFIG, else bole.toml)");
  int status = 0;
  // A command that needs database and keys.
  auto const with_platform = [&](CLI::App* command, auto run) {
    command->callback([&, run] {
      auto platform = OpenPlatform(config_file);
      status = platform ? run(std::move(platform)) : 2;
    });
  };

  with_platform(app.add_subcommand("serve", "Run the server and its workers"),
                [](auto platform) { return bole::app::Serve(std::move(platform)); });
  with_platform(app.add_subcommand("migrate", "Bring the database to this version"),
                [](auto platform) { return bole::app::MigrateCommand(*platform); });
  with_platform(app.add_subcommand("openapi", "Print the OpenAPI 3.1 document"),
                [](auto platform) { return bole::app::OpenApiCommand(*platform); });

  auto* demo = app.add_subcommand("demo", "The demonstration group");
  demo->require_subcommand(1);
  auto* load = demo->add_subcommand("load", "Load it, once; the interviews run through the real pipeline");
  bool without_interviews = false;
  load->add_flag("--without-interviews", without_interviews, "only master data and candidates");
  with_platform(load, [&](auto platform) { return bole::app::LoadDemo(*platform, !without_interviews); });
  with_platform(demo->add_subcommand("info", "Address, sign-ins and a candidate link"),
                [](auto platform) { return bole::app::DemoInfo(*platform); });

  auto* user = app.add_subcommand("user", "Accounts");
  user->require_subcommand(1);
  auto* create = user->add_subcommand("create-administrator", "Make the first account; its password is printed once");
  std::string user_name, name = "Administrator";
  create->add_option("user_name", user_name)->required();
  create->add_option("--name", name);
  with_platform(create, [&](auto platform) { return bole::app::CreateAdministrator(*platform, user_name, name); });

  bole::app::AddKeysCommands(app, config_file, status);
  bole::app::AddAuditCommands(app, config_file, status);
  bole::app::AddMediaCommands(app, config_file, status);
  bole::app::AddEvaluateCommand(app, config_file, status);
  bole::app::AddBenchCommands(app, config_file, status);
  bole::app::AddReadDocumentCommand(app, status);
  bole::app::AddDevCommands(app, config_file, status);

  CLI11_PARSE(app, argc, argv);
  return status;
}
