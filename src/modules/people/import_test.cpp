#include "base/ids.hpp"
#include "modules/imports/run_import.hpp"
#include "modules/people/file_store.hpp"
#include "modules/people/people_test.hpp"

namespace bole::people {
namespace {

using http::Method;
using imports::testing::ProblemsOf;
using imports::testing::RowsOf;

class ImportTest : public PeopleTest {
 protected:
  using Rows = std::vector<std::vector<std::string>>;
  static std::string Workbook(Rows const& rows,
                              std::vector<std::string> const& headings = {"姓名", "手机号", "邮箱", "身份证号", "性别",
                                                                          "岗位编码", "标签", "出生日期"}) {
    documents::XlsxWriter book("t", FromMillis(0));
    documents::XlsxSheet sheet{.name = "t", .columns = {}};
    for (auto const& heading : headings) sheet.columns.push_back({.title = heading});
    book.AddSheet(sheet);
    for (auto const& row : rows) book.AddRow({row.begin(), row.end()});
    return book.Finish().value();
  }
  json::value Import(std::string const& file, std::string const& duplicates = "skip", std::string const& org_id = "") {
    clock.Advance(std::chrono::seconds(1));
    auto const who = Hr(root.path);
    importer = who;
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, file,
        {.target = "candidates", .org_id = org_id.empty() ? north.id : org_id, .duplicates = duplicates});
  }
  json::value Undo(json::value const& detail) {
    std::string const path = "/imports/" + std::string(detail.at("batch").at("id").as_string());
    EXPECT_TRUE(Call(Hr(root.path), Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(Hr(root.path), Method::kGet, path).value();
  }
  json::array Pool() { return CallJson(Hr(root.path), Method::kGet, "/candidates").value().at("items").as_array(); }
  std::int64_t Persons() {
    return *db->Read([](db::Tx& tx) {
      return tx.Scalar<std::int64_t>({"test.persons", "SELECT COUNT(*) FROM person"});
    });
  }
};

TEST_P(ImportTest, GoodRowsComeInAndBrokenOnesAreNamed) {
  auto const view = Import(Workbook(
      {{"张三", "13812341234", "zhang@example.com", "11010519491231002X", "女", "", "重点，校招", "1949/12/31"},
       {"", "13812341235"},
       {"李四", "123", "li@"},
       {"王五", "13812341236", "", "110105194912310020"},
       {"赵六", "13812341234"},
       {"=1+1", "13812341238", "", "", "男", "NOPE"},
       {"<script>alert(1)</script>", "13812341239", "", "", "外星人"},
       {"孙七", "13812341240", "", "", "男", "", "", "1999-02-30"},
       {"@SUM(A1)", "１３８１２３４１２４１"}}));
  EXPECT_EQ(RowsOf(view, "created"), 2);
  EXPECT_EQ(ProblemsOf(view),
            (std::vector<std::string>{"3A required", "4B bad_phone", "4C bad_email", "5D bad_id_number",
                                      "6B duplicate_in_file", "7F unknown_job", "8E not_allowed", "9H bad_date"}));
  ASSERT_EQ(Pool().size(), 2U);
  EXPECT_EQ(Pool()[0].at("name").as_string(), "@SUM(A1)");
  EXPECT_EQ(Pool()[1].at("tags").as_array().size(), 2U);
}

TEST_P(ImportTest, APersonOfAnotherBranchIsTheSameOneAndUndoTakesBackWhatWasFilledIn) {
  auto const known = Make("张三", south.id, "13812341234");
  auto const view = Import(Workbook({{"张三", "13812341234", "zhang@example.com"}}));
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(Persons(), 1);
  auto const masked = [&] {
    return std::string(
        CallJson(Hr(south.path), Method::kGet, "/candidates/" + known.id)->at("email_masked").as_string());
  };
  EXPECT_NE(masked(), "");
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 1);
  EXPECT_EQ(Pool().size(), 1U);
  EXPECT_EQ(masked(), "");
  EXPECT_EQ(RowsOf(Undo(Import(Workbook({{"李四", "13812341235"}}))), "undone"), 1);
  EXPECT_EQ(Persons(), 1) << "a person nobody else knows goes too";
}

TEST_P(ImportTest, UpdatesChangeWhatTheFileSaysAndUndoRestoresIt) {
  auto const known = Make("张三", north.id, "13812341234", "old@example.com");
  auto const view = Import(Workbook({{"张三", "13812341234", "new@example.com", "", "", "", "重点"}}), "update");
  EXPECT_EQ(RowsOf(view, "updated"), 1);
  auto const now = [&] { return CallJson(Hr(north.path), Method::kGet, "/candidates/" + known.id).value(); };
  EXPECT_EQ(now().at("email_masked").as_string(), "n***@example.com");
  EXPECT_EQ(now().at("tags").at(0).as_string(), "重点");
  auto const acts = [&](std::string const& id) {
    std::string out;
    for (auto const& act : db->Read([&](db::Tx& tx) { return audit::ActsOn(tx, {{"candidate", id}}, 10); }))
      out += act.action + " ";
    return out;
  };
  EXPECT_EQ(acts(known.id), "import.finish candidate.create ");
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 1);
  EXPECT_EQ(acts(known.id), "import.undone import.finish candidate.create ");
  EXPECT_EQ(now().at("email_masked").as_string(), "o***@example.com");
  EXPECT_TRUE(now().at("tags").as_array().empty());
  // Somebody works on it in between.
  auto const again = Import(Workbook({{"张三", "13812341234", "new@example.com"}}), "update");
  ASSERT_TRUE(Call(Hr(north.path), Method::kPatch, "/candidates/" + known.id,
                   json::serialize(json::object{{"version", now().at("version")}, {"note", "called"}})));
  auto const kept_row = Undo(again);
  EXPECT_EQ(RowsOf(kept_row, "kept"), 1);
  EXPECT_EQ(ProblemsOf(kept_row), (std::vector<std::string>{"2 kept_changed"}));
}

TEST_P(ImportTest, WhoWasInvitedOrIsHeldStays) {
  auto const view = Import(Workbook({{"张三", "13812341234"}, {"李四", "13812341235"}}));
  auto const pool = Pool();
  db->Write([&](db::Tx& tx) { store::CountInterview(tx, std::string(pool[0].at("id").as_string())); });
  EXPECT_EQ(RowsOf(Undo(view), "kept"), 1);
  EXPECT_EQ(Pool().size(), 1U);
  auto const held = Import(Workbook({{"王五", "13812341236"}}));
  person_kept = true;
  EXPECT_EQ(RowsOf(Undo(held), "kept"), 1);
}

TEST_P(ImportTest, WhoHasAFileStays) {
  auto const view = Import(Workbook({{"张三", "13812341234"}, {"李四", "13812341235"}}));
  store::FileRow file;
  file.id = NewUlid(clock.Now()), file.candidate_id = std::string(Pool()[0].at("id").as_string());
  db->Write([&](db::Tx& tx) { store::Insert(tx, file); });
  EXPECT_EQ(RowsOf(Undo(view), "kept"), 1);
  EXPECT_EQ(Pool().size(), 1U);
}

TEST_P(ImportTest, HiddenFieldsAreNotOverwritten) {
  Make("张三", north.id, "13812341234", "old@example.com");
  auto who = User({"candidate.import"}, north.path);
  who.fields.clear();
  importer = who;
  auto const checked = [&](std::string const& duplicates) {
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, Workbook({{"张三", "13812341234", "new@example.com"}}),
        {.target = "candidates", .org_id = north.id, .duplicates = duplicates, .start = false});
  };
  auto const update = checked("update");
  EXPECT_EQ(ProblemsOf(update), (std::vector<std::string>{"2B field_hidden", "2C field_hidden"}));
  EXPECT_EQ(RowsOf(update, "failed"), 1) << "the check says it, before anything is written";
  EXPECT_EQ(ProblemsOf(checked("skip")), (std::vector<std::string>{"2B duplicate"})) << "nothing is overwritten";
}

BOLE_STORE_SUITE(ImportTest);

}  // namespace
}  // namespace bole::people
