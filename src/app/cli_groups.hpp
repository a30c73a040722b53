#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace bole::app {

// bole transcribe | analyse | models: the engines from the terminal. They need no database.
void AddMediaCommands(CLI::App& app, std::string const& config_file, int& status);
// bole evaluate FILE.jsonl
void AddEvaluateCommand(CLI::App& app, std::string const& config_file, int& status);
// bole keys rotate | continue | list | retire
void AddKeysCommands(CLI::App& app, std::string const& config_file, int& status);
// bole audit export | verify | keys | rotate-key
void AddAuditCommands(CLI::App& app, std::string const& config_file, int& status);
// bole bench NAME: prints one JSON object {"bench", "figures", "machine"}.
void AddBenchCommands(CLI::App& app, std::string const& config_file, int& status);
// bole read-document: the confined child that reads a PDF for the server. Hidden.
void AddReadDocumentCommand(CLI::App& app, int& status);
// bole dev recording | compare: for the kill test. Hidden.
void AddDevCommands(CLI::App& app, std::string const& config_file, int& status);

}  // namespace bole::app
