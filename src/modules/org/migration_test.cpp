#include <filesystem>
#include <fstream>
#include <iterator>

#include "modules/org/model.hpp"
#include "modules/org/store.hpp"
#include "platform/db_testing/testing.hpp"

// A database from before the tree had a history.
namespace bole::org {
namespace {

class MigrationTest : public db::testing::StoreTest {};

TEST_P(MigrationTest, ATreeWithoutHistoryIsAsItWasSinceEver) {
  std::ifstream in(std::filesystem::path(BOLE_SHARE_DIR) / "../src/modules/org/migrations/001_org.sql");
  db::Migration const first{"org/001_org", {std::istreambuf_iterator<char>(in), {}}};
  ASSERT_TRUE(db::Migrate(*db, {first}, {}));
  std::string const hq = "01HQ0000000000000000000000", bj = "01BJ0000000000000000000000";
  db->Write([&](db::Tx& tx) {
    for (auto const& [id, parent, path, depth] : {std::tuple{hq, std::optional<std::string>(), "/" + hq + "/", 0},
                                                  std::tuple{bj, std::optional(hq), "/" + hq + "/" + bj + "/", 1}})
      tx.Execute({"test.node",
                  "INSERT INTO org_node (id, parent_id, code, name, name_en, kind, city, zone, locale, path, depth, "
                  "version) VALUES (?, ?, ?, ?, '', 'branch', '', 'Asia/Shanghai', 'zh-CN', ?, ?, 3)"},
                 id, parent, id, id, path, depth);
  });
  db.MigrateModules({"org"});
  db->Read([&](db::Tx& tx) {
    auto const chart = ChartOf(Timeline(store::VersionsOn(tx, *ParseDate("2001-01-01"))), *ParseDate("2001-01-01"));
    ASSERT_EQ(chart.size(), 2U);
    EXPECT_EQ(chart[1].path, "/" + hq + "/" + bj + "/");
    auto const shown = store::Node(tx, Scope::Everything(), bj);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->state, NodeState::open);
    EXPECT_EQ(shown->version, 3);
    EXPECT_FALSE(shown->calendar_id);
  });
}

BOLE_STORE_SUITE(MigrationTest);

}  // namespace
}  // namespace bole::org
