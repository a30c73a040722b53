#include "modules/people/people_test.hpp"

namespace bole::people {
namespace {

using http::Method;

class ImportTest : public PeopleTest {
 protected:
  static std::string Workbook(std::vector<std::vector<std::string>> const& rows,
                              std::vector<std::string> const& headings = {"姓名", "手机号", "邮箱", "身份证号", "性别",
                                                                          "岗位编码", "标签", "出生日期"}) {
    documents::XlsxWriter book("t", FromMillis(0));
    documents::XlsxSheet sheet{.name = "t", .columns = {}};
    for (auto const& heading : headings) sheet.columns.push_back({.title = heading});
    book.AddSheet(sheet);
    for (auto const& row : rows) book.AddRow({row.begin(), row.end()});
    return book.Finish().value();
  }
  json::value Import(std::string const& workbook, http::Pairs more = {}) {
    http::Pairs query{{"org_id", north.id}};
    query.insert(query.end(), more.begin(), more.end());
    auto const started = CallJson(Hr(north.path), Method::kPost, "/candidates/import", workbook, query).value();
    EXPECT_EQ(started.at("state").as_string(), "running");
    id = started.at("id").as_string();
    runner.RunDue();
    return CallJson(Hr(north.path), Method::kGet, "/candidates/imports/" + id).value();
  }
  std::size_t Pool() {
    return CallJson(Hr(root.path), Method::kGet, "/candidates").value().at("items").as_array().size();
  }
  std::string id;
};

std::vector<std::vector<std::string>> const kMixed{
    {"张三", "13812341234", "zhang@example.com", "11010519491231002X", "女", "", "重点，校招", "1949/12/31"},
    {"", "13812341235"},
    {"李四", "123", "li@"},
    {"王五", "13812341236", "", "110105194912310020"},
    {"赵六", "13812341234"},
    {"=1+1", "13812341238", "", "", "男", "NOPE"},
    {"<script>alert(1)</script>", "13812341239", "", "", "外星人"},
    {"孙七", "13812341240", "", "", "男", "", "", "1999-02-30"},
    {"@SUM(A1)", "13812341241"}};

TEST_P(ImportTest, GoodRowsComeInAndBrokenOnesAreNamed) {
  auto const view = Import(Workbook(kMixed));
  EXPECT_EQ(view.at("state").as_string(), "done");
  EXPECT_EQ(view.at("rows_total").as_int64(), 9);
  EXPECT_EQ(view.at("rows_ok").as_int64(), 2);
  EXPECT_EQ(view.at("rows_failed").as_int64(), 6);
  EXPECT_EQ(view.at("rows_duplicate").as_int64(), 1);
  EXPECT_EQ(Pool(), 2U);
  std::vector<std::string> errors;
  for (auto const& e : view.at("errors").as_array())
    errors.push_back(std::to_string(e.at("row").as_int64()) + std::string(e.at("column").as_string()) + " " +
                     std::string(e.at("code").as_string()));
  EXPECT_EQ(errors,
            (std::vector<std::string>{"3A required", "4B bad_phone", "4C bad_email", "5D bad_id_number",
                                      "6B duplicate_in_file", "7F unknown_job", "8E not_allowed", "9H bad_date"}));
  EXPECT_EQ(view.at("errors").as_array()[0].at("message").as_string(), "Required");
  auto const book =
      Call(Hr(north.path), Method::kGet, "/candidates/imports/" + id + "/errors.xlsx", "", {}, i18n::Locale::kZhCn);
  ASSERT_TRUE(book);
  bool found = false;
  ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
    for (auto const& cell : cells) found |= cell.text == "外星人";
    return {};
  }));
  EXPECT_TRUE(found);
  EXPECT_FALSE(blobs->Stat(id)) << "the upload is gone when the work is done";
}

TEST_P(ImportTest, ATrialWritesNothing) {
  auto const view = Import(Workbook(kMixed), {{"dry_run", "true"}});
  EXPECT_EQ(view.at("rows_ok").as_int64(), 2);
  EXPECT_EQ(view.at("state").as_string(), "done");
  EXPECT_EQ(Pool(), 0U);
}

TEST_P(ImportTest, AllOrNothing) {
  EXPECT_EQ(Import(Workbook(kMixed), {{"mode", "all"}}).at("state").as_string(), "failed");
  EXPECT_EQ(Pool(), 0U);
  auto const good = Import(Workbook({{"张三", "13812341234"}, {"李四", "13812341235"}}), {{"mode", "all"}});
  EXPECT_EQ(good.at("state").as_string(), "done");
  EXPECT_EQ(good.at("rows_ok").as_int64(), 2);
  EXPECT_EQ(Pool(), 2U);
  EXPECT_EQ(Import(Workbook({{"张三", "13812341234"}})).at("rows_duplicate").as_int64(), 1);
  EXPECT_EQ(Pool(), 2U);
}

TEST_P(ImportTest, ManyRowsGoInBatchesWithProgress) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 450; ++i) rows.push_back({"人" + std::to_string(i), std::to_string(13'900'000'000 + i)});
  auto const view = Import(Workbook(rows));
  EXPECT_EQ(view.at("rows_done").as_int64(), 450);
  EXPECT_EQ(view.at("rows_ok").as_int64(), 450);
}

TEST_P(ImportTest, WhatIsNoWorkbookIsRefused) {
  auto const junk = Call(Hr(north.path), Method::kPost, "/candidates/import", "name,phone\n", {{"org_id", north.id}});
  EXPECT_EQ(junk.error().key, "xlsx.not_a_zip");
  auto const broken = Import("PK\x03\x04 broken");
  EXPECT_EQ(broken.at("state").as_string(), "failed");
  EXPECT_EQ(broken.at("errors").as_array().at(0).at("row").as_int64(), 0);
  auto const headings = Import(Workbook({{"x"}}, {"Telefon"}));
  EXPECT_EQ(headings.at("errors").as_array().at(0).at("code").as_string(), "import.no_name_column");
  auto const foreign =
      Call(Hr(south.path), Method::kPost, "/candidates/import", Workbook(kMixed), {{"org_id", north.id}});
  EXPECT_EQ(foreign.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Call(Hr(south.path), Method::kGet, "/candidates/imports/" + id).error().code, ErrorCode::kNotFound);
}

TEST_P(ImportTest, TheTemplateCanBeFilledInAndReadInBothLanguages) {
  for (auto const locale : {"zh-CN", "en-US"}) {
    auto const book = Call(Hr(root.path), Method::kGet, "/candidates/import-template.xlsx", "", {{"locale", locale}});
    ASSERT_TRUE(book);
    std::vector<std::string> headings;
    ASSERT_TRUE(documents::ReadXlsx(std::get<std::string>(book->body), {}, [&](std::size_t, auto& cells) -> Result<> {
      for (auto const& cell : cells) headings.push_back(cell.text);
      return {};
    }));
    ASSERT_EQ(headings.size(), 11U);
    std::vector<std::string> row(11);
    row[0] = std::string("甲") + locale;
    auto const view = Import(Workbook({row}, headings));
    EXPECT_EQ(view.at("rows_ok").as_int64(), 1) << json::serialize(view);
    EXPECT_TRUE(view.at("errors").as_array().empty()) << json::serialize(view);
  }
}

BOLE_STORE_SUITE(ImportTest);

}  // namespace
}  // namespace bole::people
