#include <fmt/format.h>

#include <iostream>

#include "app/commands.hpp"
#include "app/wiring.hpp"
#include "modules/identity/api.hpp"
#include "modules/org/api.hpp"
#include "platform/crypto/random.hpp"
#include "platform/http/openapi.hpp"

namespace bole::app {

int MigrateCommand(Platform& platform) {
  if (!MigrateDatabase(platform)) return 2;
  std::cout << "The database is at this version.\n";
  return 0;
}

int OpenApiCommand(Platform& platform) {
  Modules const modules(platform);  // registers the routes
  std::cout << http::OpenApiText(platform.routes) << "\n";
  return 0;
}

int CreateAdministrator(Platform& platform, std::string const& user_name, std::string const& name) {
  if (!MigrateDatabase(platform)) return 2;
  Modules modules(platform);
  auto const system = Principal::System("bole user create-administrator");
  auto root = platform.database->Read([&](db::Tx& tx) { return modules.org->Root(tx); });
  if (!root) {
    auto const made = modules.org->CreateNode(
        system, {std::nullopt, "HQ", "集团总部", "Headquarters", org::OrgKind::group, "", "Asia/Shanghai", "zh-CN"});
    if (!made) return Complain("cannot create the group", made.error());
    root = *made;
  }
  if (!LoadContent(platform, modules)) return 2;
  auto const password = crypto::RandomToken(12);
  auto const user = modules.identity->CreateUser(
      system, {user_name, name, "", root->id, root->locale, password, {{"administrator", root->id, std::nullopt}}});
  if (!user) return Complain("cannot create the account", user.error());
  std::cout << fmt::format(
      "Account {} was created. Its password is shown this once: {}\n"
      "It manages accounts and reads no candidate: sign in and add accounts for HR and for the security officer.\n",
      user->user_name, password);
  return 0;
}

}  // namespace bole::app
