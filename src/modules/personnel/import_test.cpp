#include "modules/imports/run_import.hpp"
#include "modules/personnel/personnel_test.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::personnel {
namespace {

using http::Method;
using imports::testing::ProblemsOf;
using imports::testing::RowsOf;

class EmployeeImportTest : public PersonnelTest {
 protected:
  using Line = std::vector<std::string>;
  json::value Import(std::vector<Line> const& rows, std::string const& duplicates = "skip",
                     Line const& headings = {"工号", "姓名", "入职日期", "手机号", "身份证号", "机构编码",
                                             "直接上级工号", "用工形式"}) {
    documents::XlsxWriter book("t", FromMillis(0));
    documents::XlsxSheet sheet{.name = "t", .columns = {}};
    for (auto const& heading : headings) sheet.columns.push_back({.title = heading});
    book.AddSheet(sheet);
    for (auto const& row : rows) book.AddRow({row.begin(), row.end()});
    clock.Advance(std::chrono::seconds(1));
    auto const who = Hr(root.path);
    importer = who;
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(who, method, path, body, query);
        },
        [&] { runner.RunDue(); }, book.Finish().value(),
        {.target = "employees", .org_id = north.id, .duplicates = duplicates});
  }
  json::value Undo(json::value const& detail) {
    auto const path = "/imports/" + Text(detail.at("batch"), "id");
    EXPECT_TRUE(Call(Hr(root.path), Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(Hr(root.path), Method::kGet, path).value();
  }
};

TEST_P(EmployeeImportTest, GoodRowsComeInAndBrokenOnesAreNamed) {
  Hire("900", "孙七", south.id, {{"phone", "13812340900"}});
  auto const view = Import({{"0001", "张三", "2025-01-06", "13812341234", "11010519491231002X", "", "", "全职"},
                            {"0002", "李四", "2025-01-06", "", "", "BJ-1", "0001", "实习"},
                            {"0003", "王五", "2025-13-06", "123", "", "SZ", "", ""},
                            {"0001", "赵六", "2025-01-06"},
                            {"", "钱八", "2025-01-06"},
                            {"0006", "孙七", "2025-01-06", "13812340900"},
                            {"0007", "周九", "2025-01-06", "", "", "", "0999"}});
  EXPECT_EQ(RowsOf(view, "created"), 2);
  EXPECT_EQ(ProblemsOf(view),
            (std::vector<std::string>{"4C bad_date", "4F unknown_unit", "4D bad_phone", "5A duplicate_in_file",
                                      "6A required", "7B employed_already", "8G unknown_manager"}));
  EXPECT_EQ(Numbers(Hr(north.path)), "0002 0001 ");
  auto const clerk = CallJson(Hr(north.path), Method::kGet, "/employees", "", {{"q", "0002"}})->at("items").at(0);
  EXPECT_EQ(Text(clerk, "manager_name"), "张三") << "who stands above in the file";
  EXPECT_EQ(Text(clerk, "org_name"), "BJ-1");
  EXPECT_EQ(Text(clerk, "employment"), "intern");
  auto const undone = Undo(view);
  EXPECT_EQ(RowsOf(undone, "undone"), 2) << ToText(json::value_from(ProblemsOf(undone)));
  EXPECT_EQ(Numbers(Hr(root.path)), "900 ");
  EXPECT_EQ(Rows("person"), 1) << "persons nobody else knows go too";
}

TEST_P(EmployeeImportTest, UpdatesChangeWhatTheFileSaysAndUndoRestoresIt) {
  ASSERT_TRUE(Post(Hr(root.path), "/fields",
                   {{"entity", "employee"},
                    {"org_id", root.id},
                    {"key", "shirt"},
                    {"type", "text"},
                    {"title_zh", "工装"},
                    {"title_en", "Shirt"}}));
  auto const made = Hire("1", "张三", north.id, {{"phone", "13812341234"}, {"custom", {{"shirt", "S"}}}});
  auto const now = [&] { return CallJson(Hr(north.path), Method::kGet, PathOf(made)).value(); };
  Line const headings{"工号", "姓名", "入职日期", "手机号", "工装"};
  auto const view = Import({{"1", "张三", "2025-02-01", "13900001111", "XL"}}, "update", headings);
  EXPECT_EQ(RowsOf(view, "updated"), 1) << ToText(json::value_from(ProblemsOf(view)));
  EXPECT_EQ(Text(now(), "hired_on"), "2025-02-01");
  EXPECT_EQ(Text(now(), "phone_masked"), "139****1111");
  EXPECT_EQ(Text(now().at("custom"), "shirt"), "XL");
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 1);
  EXPECT_EQ(Text(now(), "hired_on"), "2025-01-06");
  EXPECT_EQ(Text(now(), "phone_masked"), "138****1234");
  EXPECT_EQ(Text(now().at("custom"), "shirt"), "S");
  auto const again = Import({{"1", "张三", "2025-03-01", "", ""}}, "update", headings);
  ASSERT_TRUE(Patch(Hr(north.path), now(), {{"employment", "part_time"}}));
  EXPECT_EQ(ProblemsOf(Undo(again)), (std::vector<std::string>{"2 kept_changed"}));
}

TEST_P(EmployeeImportTest, ACandidateIsRecognisedAndStaysAfterUndo) {
  ASSERT_TRUE(Post(Hr(root.path), "/candidates", {{"org_id", south.id}, {"name", "张三"}, {"phone", "13812341234"}}));
  auto const view = Import({{"1", "张三", "2025-01-06", "13812341234", "11010519491231002X"}});
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(Rows("person"), 1);
  auto const masked = [&] {
    return Text(CallJson(Hr(south.path), Method::kGet, "/candidates")->at("items").at(0), "id_number_masked");
  };
  EXPECT_NE(masked(), "");
  EXPECT_EQ(RowsOf(Undo(view), "undone"), 1);
  EXPECT_EQ(masked(), "") << "what was filled in is taken back";
}

BOLE_STORE_SUITE(EmployeeImportTest);

}  // namespace
}  // namespace bole::personnel
