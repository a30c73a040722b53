#pragma once
#include <string>
#include <vector>

#include "app/platform.hpp"

// One function per command of the program; each returns the exit status.
namespace bole::app {

int Serve(std::unique_ptr<Platform> platform);
int MigrateCommand(Platform& platform);
int OpenApiCommand(Platform& platform);
int LoadDemo(Platform& platform, bool interviews);
int DemoInfo(Platform& platform);
int CreateAdministrator(Platform& platform, std::string const& user_name, std::string const& name);

// Prints an error for the terminal, in English: key and parameters.
int Complain(std::string const& what, Error const& error);

}  // namespace bole::app
