#include "platform/db/database.hpp"

#include <cstdlib>
#include <thread>

#include "platform/db/scope_filter.hpp"
#include "platform/db_testing/testing.hpp"

namespace bole::db {

enum class Level { low, high };
BOOST_DESCRIBE_ENUM(Level, low, high)

struct SampleRow {
  std::string id;
  std::int64_t amount = 0;
  double ratio = 0;
  bool open = false;
  Level level = Level::low;
  std::optional<Instant> at;
  std::optional<std::string> note;
  Json<std::vector<std::string>> tags;
};
BOOST_DESCRIBE_STRUCT(SampleRow, (), (id, amount, ratio, open, level, at, note, tags))

namespace {

Query const kAll{"sample.all", "SELECT " + Columns<SampleRow>() + " FROM sample ORDER BY id"};

class DatabaseTest : public testing::StoreTest {
 protected:
  void SetUp() override {
    auto const done = Migrate(*db,
                              {{"sample/001",
                                "CREATE TABLE sample (id TEXT PRIMARY KEY, amount BIGINT NOT NULL, "
                                "ratio DOUBLE PRECISION NOT NULL, open BIGINT NOT NULL, level TEXT NOT "
                                "NULL, at BIGINT, note TEXT, tags TEXT NOT NULL); -- comment\n"}},
                              Instant{});
    ASSERT_TRUE(done);
    ASSERT_EQ(done->size(), 1U);
  }
};

TEST_P(DatabaseTest, RowsRoundTripIncludingNullsQuotesAndLargeNumbers) {
  SampleRow const row{"a",
                      9'007'199'254'740'993,
                      0.1,
                      true,
                      Level::high,
                      FromMillis(1'700'000'000'123),
                      "it's ?:x \"quoted\" 伯乐",
                      {{"x", "y'"}}};
  db->Write([&](Tx& tx) {
    tx.Insert("sample", row);
    tx.Insert("sample", SampleRow{.id = "b", .at = {}, .note = {}, .tags = {}});
  });
  auto const rows = db->Read([](Tx& tx) { return tx.Select<SampleRow>(kAll); });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].amount, row.amount);
  EXPECT_EQ(rows[0].ratio, row.ratio);
  EXPECT_TRUE(rows[0].open);
  EXPECT_EQ(rows[0].level, Level::high);
  EXPECT_EQ(rows[0].at, row.at);
  EXPECT_EQ(rows[0].note, row.note);
  EXPECT_EQ(rows[0].tags.value, row.tags.value);
  EXPECT_FALSE(rows[1].at || rows[1].note);
  auto const found = db->Read([](Tx& tx) {
    return tx.Scalar<std::int64_t>({"sample.find", "SELECT amount FROM sample WHERE note LIKE ? ESCAPE '\\'"},
                                   Contains("?:x"));
  });
  EXPECT_EQ(found, row.amount);
}

TEST_P(DatabaseTest, AFailedResultRollsBackAndSkipsCommitActions) {
  bool told = false;
  auto const result = db->Write([&](Tx& tx) -> Result<> {
    tx.Insert("sample", SampleRow{.id = "a", .at = {}, .note = {}, .tags = {}});
    tx.OnCommit([&] { told = true; });
    return Fail(ErrorCode::kInvalid, "no");
  });
  EXPECT_FALSE(result);
  EXPECT_FALSE(told);
  EXPECT_TRUE(db->Read([](Tx& tx) { return tx.Select<SampleRow>(kAll); }).empty());
}

TEST_P(DatabaseTest, ASecondRowWithTheSameKeyIsAConflict) {
  auto const insert = [&] {
    return db->Write([](Tx& tx) -> Result<> {
      tx.Insert("sample", SampleRow{.id = "a", .at = {}, .note = {}, .tags = {}});
      return {};
    });
  };
  EXPECT_TRUE(insert());
  auto const again = insert();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
}

TEST_P(DatabaseTest, WritersFromManyThreadsAllArrive) {
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 20; ++i)
          db->Write([&](Tx& tx) {
            tx.Insert("sample", SampleRow{.id = std::to_string(t * 100 + i), .at = {}, .note = {}, .tags = {}});
          });
      });
  }
  EXPECT_EQ(db->Read([](Tx& tx) { return tx.Scalar<std::int64_t>({"n", "SELECT COUNT(*) FROM sample"}); }), 80);
}

TEST_P(DatabaseTest, AnEditedMigrationIsRefused) {
  auto const again = Migrate(*db, {{"sample/001", "CREATE TABLE other (id TEXT)"}}, Instant{});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "migration.edited");
}

TEST_P(DatabaseTest, ScopeWithoutBranchSeesNothing) {
  Principal const nobody;
  EXPECT_EQ(ScopeCondition(Scope(nobody, "candidate.read"), "org_id").sql, " AND 1 = 0");
  EXPECT_EQ(ScopeCondition(Scope::Everything(), "org_id").sql, "");
}

TEST_P(DatabaseTest, RepeatedStatementsKeepTheirValuesApart) {
  Query const insert{"t",
                     "INSERT INTO sample (id, amount, ratio, open, level, note, tags) VALUES (?, ?, 1, 0, ?, ?, '[]')"};
  Query const note{"t", "SELECT note FROM sample WHERE id = ?"};
  db->Write([&](Tx& tx) {
    for (auto const& [id, text] :
         {std::pair{"a", std::optional<std::string>("first")}, std::pair{"b", std::optional<std::string>()},
          std::pair{"c", std::optional<std::string>("third")}}) {
      EXPECT_EQ(tx.Execute(insert, id, 7, Level::low, text), 1);
      EXPECT_EQ(tx.Scalar<std::optional<std::string>>(note, id), text) << "of the row just written";
    }
    EXPECT_EQ(tx.Execute({"t", "UPDATE sample SET amount = ? WHERE amount = ?"}, 8, 7), 3);
    EXPECT_EQ(tx.Execute({"t", "UPDATE sample SET amount = ? WHERE amount = ?"}, 8, 7), 0);
  });
}

TEST_P(DatabaseTest, ABrokenTransactionLeavesNoStatementsBehind) {
  if (GetParam() != "postgresql") GTEST_SKIP() << "PostgreSQL keeps prepared statements with the connection";
  auto const one = Database::Open(std::getenv("BOLE_TEST_PG_URL"), 1);
  for (int i = 0; i < 3; ++i)
    EXPECT_THROW(one->Write([](Tx& tx) {
      EXPECT_EQ(tx.Scalar<std::int64_t>({"t", "SELECT 1"}), 1);
      tx.Execute({"t", "SELECT 1 / 0"});
    }),
                 DatabaseError);
  one->Write([](Tx& tx) -> Result<> {  // the same when the use case has caught it and refuses
    EXPECT_EQ(tx.Scalar<std::int64_t>({"t", "SELECT 1"}), 1);
    EXPECT_THROW(tx.Execute({"t", "SELECT 1 / 0"}), DatabaseError);
    return Fail(ErrorCode::kConflict, "refused");
  });
  auto const left = one->Read([](Tx& tx) {
    return tx.Scalar<std::int64_t>({"t", "SELECT COUNT(*) FROM pg_prepared_statements"});
  });
  EXPECT_EQ(left, 1) << "the one that counts";
}

BOLE_STORE_SUITE(DatabaseTest);

}  // namespace
}  // namespace bole::db
