#pragma once
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "platform/db/database.hpp"

namespace bole::db {

// One step of a module's schema, e.g. {"people/001_candidates", "CREATE TABLE …; CREATE INDEX …;"}.
struct Migration {
  std::string name;
  std::string sql;
};

// Applies what is not yet applied, in the given order, each in its own transaction; returns the names applied.
// Refuses to run when an applied step was edited since (its checksum differs).
Result<std::vector<std::string>> Migrate(Database& database, std::vector<Migration> const& steps, Instant now);
// Names not yet applied.
[[nodiscard]] std::vector<std::string> Pending(Database& database, std::vector<Migration> const& steps);

}  // namespace bole::db
