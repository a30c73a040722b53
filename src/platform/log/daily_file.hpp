#pragma once
#include <filesystem>

namespace bole::log {

// From now on lines go to a file a day as well: "logs/bole.log" is written as logs/bole_2026-11-28.log. Files older
// than `keep_days` are removed, now and when a day begins. Once, before other threads write. False: the folder cannot
// be written.
bool AddDailyFile(std::filesystem::path const& path, int keep_days);

}  // namespace bole::log
