#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "platform/db/migrate.hpp"

// For store tests: a fresh database of each kind. SQLite always; PostgreSQL where BOLE_TEST_PG_URL names a server
// (test.sh starts one), otherwise only SQLite runs and the test name shows it.
namespace bole::db::testing {

[[nodiscard]] std::vector<std::string> Backends();  // "sqlite", "postgresql"

class TestDatabase {
 public:
  explicit TestDatabase(std::string const& backend);
  ~TestDatabase();
  TestDatabase(TestDatabase const&) = delete;
  TestDatabase& operator=(TestDatabase const&) = delete;
  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  // Applies src/modules/<module>/migrations/*.sql (or src/platform/<module>/migrations) in order of their names.
  void MigrateModules(std::vector<std::string> const& modules);

 private:
  std::string location_;  // file or schema to remove
  std::string backend_;
  std::unique_ptr<Database> database_;
};

class StoreTest : public ::testing::TestWithParam<std::string> {
 protected:
  TestDatabase db{GetParam()};
};

}  // namespace bole::db::testing

#define BOLE_STORE_SUITE(suite)                                                                   \
  INSTANTIATE_TEST_SUITE_P(Backends, suite, ::testing::ValuesIn(::bole::db::testing::Backends()), \
                           [](auto const& i) { return i.param; })
