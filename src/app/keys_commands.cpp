#include <fmt/format.h>

#include <iostream>
#include <thread>

#include "app/cli_groups.hpp"
#include "app/commands.hpp"
#include "app/settings.hpp"
#include "app/wiring.hpp"
#include "modules/keys/api.hpp"
#include "platform/crypto/key_ring.hpp"

namespace bole::app {
namespace {

// A running server looks at the key file once a second: after this it writes under the new key.
constexpr auto kUntilOthersSee = std::chrono::milliseconds(1500);

std::unique_ptr<Platform> OpenMigrated(std::string const& config_file) {
  auto config = LoadSettings(config_file);
  if (!config) return nullptr;
  auto platform = Platform::Open(*std::move(config));
  if (!platform) return Complain("cannot start", platform.error()), nullptr;
  if (!MigrateDatabase(**platform)) return nullptr;
  return *std::move(platform);
}

int Continue(keys::Api& api, char const* command) {
  std::int64_t shown = 0;
  auto const done = api.Continue(Principal::System(command), {}, [&](keys::Progress const& progress) {
    auto const now = progress.sealed_values + progress.recordings;
    if (now - shown < 3000) return;
    shown = now;
    std::cout << fmt::format("  {} of about {}\n", now, progress.total) << std::flush;
  });
  if (!done) return Complain("nothing is lost; go on with `bole keys continue`", done.error());
  std::cout << fmt::format("{} values and {} recordings are under the active key now.\n", done->sealed_values,
                           done->recordings);
  if (done->unreadable == 0) return 0;
  std::cout << fmt::format("{} could not be opened and stay as they are; the log names them.\n", done->unreadable);
  return 1;
}

int Rotate(Modules& modules) {
  auto const id = modules.keys->Begin(Principal::System("bole keys rotate"));
  if (!id) return Complain("cannot rotate", id.error());
  std::cout << fmt::format("New master key {}. Back up keys.toml now.\n", *id) << std::flush;
  std::this_thread::sleep_for(kUntilOthersSee);
  return Continue(*modules.keys, "bole keys rotate");
}

int List(Modules& modules) {
  auto const status = modules.keys->Status();
  if (!status) return Complain("cannot count", status.error());
  std::cout << fmt::format("New data is encrypted with {}.\n{:<12} {:<26} {:<8} {:>10} {:>12}\n", status->algorithm,
                           "key", "created", "", "values", "recordings");
  for (auto const& key : status->keys)
    std::cout << fmt::format("{:<12} {:<26} {:<8} {:>10} {:>12}\n", key.id,
                             key.created_at ? FormatInstant(*key.created_at) : "-", key.active ? "active" : "",
                             key.values_to_rotate, key.recordings_to_rotate);
  std::cout << "The figures say what `bole keys rotate` or `bole keys continue` still has to move away from each.\n";
  for (auto const& column : status->unregistered)
    std::cout << fmt::format("Not known to the rotation: {} (name it in sealed.cpp of its module)\n", column);
  return status->unregistered.empty() ? 0 : 1;
}

int Retire(Modules& modules, std::string const& id) {
  if (auto const done = modules.keys->Retire(Principal::System("bole keys retire"), id); !done)
    return Complain("the key stays", done.error());
  std::cout << fmt::format("Key {} is forgotten. Backups made before the rotation need it: keep its copy with them.\n",
                           id);
  return 0;
}

}  // namespace

void AddKeysCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto* group = app.add_subcommand("keys", "Master keys");
  group->require_subcommand(1);
  auto const add = [&](char const* name, char const* help, std::function<int(Modules&)> run) {
    auto* command = group->add_subcommand(name, help);
    command->callback([&status, &config_file, run = std::move(run)] {
      auto platform = OpenMigrated(config_file);
      if (!platform) {
        status = 2;
        return;
      }
      Modules modules(*platform);
      status = run(modules);
    });
    return command;
  };
  add("rotate", "Make a new master key and bring every value and recording under it", Rotate);
  add("continue", "Go on with a rotation that was interrupted, or follow a changed [crypto] algorithm",
      [](Modules& modules) { return Continue(*modules.keys, "bole keys continue"); });
  add("list", "Show the master keys and how much still needs each", List);
  auto id = std::make_shared<std::string>();
  add("retire", "Forget a key that nothing needs any more", [id](Modules& modules) { return Retire(modules, *id); })
      ->add_option("ID", *id)
      ->required();
}

}  // namespace bole::app
