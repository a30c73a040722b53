#include "platform/db/migrate.hpp"

#include <fmt/format.h>
#include <cstdint>

#include "base/text.hpp"

namespace bole::db {
namespace {

// FNV-1a, 64 bit: notices an edited file; it guards against mistakes, not against attackers.
std::string Checksum(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("{:016x}", hash);
}

void EnsureTable(Database& database) {
  database.Write([](Tx& tx) {
    tx.Execute({"migrate.table",
                "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, "
                "applied_at BIGINT NOT NULL)"});
  });
}

std::optional<std::string> Applied(Tx& tx, std::string const& name) {
  return tx.Scalar<std::string>({"migrate.applied", "SELECT checksum FROM schema_migration WHERE name = ?"}, name);
}

// Statements are separated by ';' at the end of a line; "--" comments are dropped.
std::vector<std::string> Statements(std::string const& sql) {
  std::vector<std::string> out;
  std::string current;
  for (auto const& line : Split(sql, '\n')) {
    auto const code = Trim(std::string_view(line).substr(0, line.find("--")));
    if (code.empty()) continue;
    current.append(code) += '\n';
    if (!code.ends_with(';')) continue;
    out.push_back(current.substr(0, current.rfind(';')));
    current.clear();
  }
  if (!Trim(current).empty()) out.push_back(current);
  return out;
}

}  // namespace

Result<std::vector<std::string>> Migrate(Database& database, std::vector<Migration> const& steps, Instant now) {
  EnsureTable(database);
  std::vector<std::string> out;
  for (auto const& step : steps) {
    auto const checksum = Checksum(step.sql);
    auto const result = database.Write([&](Tx& tx) -> Result<> {
      if (auto const before = Applied(tx, step.name)) {
        if (*before == checksum) return {};
        return Fail(ErrorCode::kConflict, "migration.edited", {{"name", step.name}});
      }
      for (auto const& statement : Statements(step.sql)) tx.Execute({step.name, statement});
      tx.Execute({"migrate.record", "INSERT INTO schema_migration (name, checksum, applied_at) VALUES (?, ?, ?)"},
                 step.name, checksum, now);
      tx.OnCommit([&] { out.push_back(step.name); });
      return {};
    });
    BOLE_TRY(result);
  }
  return out;
}

std::vector<std::string> Pending(Database& database, std::vector<Migration> const& steps) {
  EnsureTable(database);
  return database.Read([&](Tx& tx) {
    std::vector<std::string> out;
    for (auto const& step : steps)
      if (!Applied(tx, step.name)) out.push_back(step.name);
    return out;
  });
}

}  // namespace bole::db
