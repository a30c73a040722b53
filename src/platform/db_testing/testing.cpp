#include "platform/db_testing/testing.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/ids.hpp"
#include "base/text.hpp"

namespace bole::db::testing {
namespace fs = std::filesystem;

std::vector<std::string> Backends() {
  std::vector<std::string> out{"sqlite"};
  if (std::getenv("BOLE_TEST_PG_URL") != nullptr) out.emplace_back("postgresql");
  return out;
}

TestDatabase::TestDatabase(std::string const& backend) : backend_(backend) {
  auto const name = "bole_test_" + AsciiLower(NewUlid(SystemClock().Now()));
  if (backend == "sqlite") {
    location_ = (fs::temp_directory_path() / (name + ".db")).string();
    database_ = Database::Open("sqlite:" + location_, 4);
    return;
  }
  std::string const server = std::getenv("BOLE_TEST_PG_URL");
  location_ = name;
  auto const admin = Database::Open(server, 1);
  admin->Write([&](Tx& tx) { tx.Execute({"test.schema", "CREATE SCHEMA " + name}); });
  database_ = Database::Open(
      server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name, 4);
}

TestDatabase::~TestDatabase() {
  if (backend_ == "postgresql")
    database_->Write([&](Tx& tx) { tx.Execute({"test.drop", "DROP SCHEMA " + location_ + " CASCADE"}); });
  database_.reset();
  if (backend_ == "sqlite")
    for (auto const* suffix : {"", "-wal", "-shm"}) fs::remove(location_ + suffix);
}

void TestDatabase::MigrateModules(std::vector<std::string> const& modules) {
  std::vector<Migration> steps;
  for (auto const& module : modules) {
    fs::path folder = fs::path(BOLE_SOURCE_DIR) / "src/modules" / module / "migrations";
    if (!fs::exists(folder)) folder = fs::path(BOLE_SOURCE_DIR) / "src/platform" / module / "migrations";
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (auto const& file : files) {
      std::ifstream in(file);
      steps.push_back({module + "/" + file.stem().string(), {std::istreambuf_iterator<char>(in), {}}});
    }
  }
  auto const applied = Migrate(*database_, steps, SystemClock().Now());
  if (!applied) throw DatabaseError("migration failed: " + applied.error().key);
}

}  // namespace bole::db::testing
