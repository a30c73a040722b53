#include "modules/imports/run_import.hpp"
#include "modules/plans/plans_test.hpp"
#include "modules/plans/question_workbook.hpp"

namespace bole::plans {
namespace {

using imports::testing::ProblemsOf;
using imports::testing::RowsOf;

class QuestionImportTest : public PlansTest {
 protected:
  json::value Import(std::string const& file, std::string const& org_id, std::string const& duplicates = "update") {
    clock.Advance(std::chrono::seconds(1));
    return imports::testing::RunImport(
        [&](Method method, std::string const& path, std::string const& body, http::Pairs const& query) {
          return CallJson(Hr(root.path), method, path, body, query);
        },
        [&] { runner.RunDue(); }, file, {.target = "questions", .org_id = org_id, .duplicates = duplicates});
  }
  json::value Undo(json::value const& detail) {
    std::string const path = "/imports/" + std::string(detail.at("batch").at("id").as_string());
    EXPECT_TRUE(Call(Hr(root.path), Method::kPost, path + "/undo"));
    runner.RunDue();
    return CallJson(Hr(root.path), Method::kGet, path).value();
  }
  json::value Find(std::string const& org_path, std::string const& code) {
    return CallJson(Hr(org_path), Method::kGet, "/questions", "", {{"q", code}})->at("items").at(0);
  }
};

TEST_P(QuestionImportTest, TheBankTravelsInEveryFormatAndLanguage) {
  Ask(root.id, "Q1");
  Ask(root.id, "=2+3");
  int serial = 0;
  for (auto const locale : {i18n::Locale::kZhCn, i18n::Locale::kEnUs})
    for (auto const* format : {"xlsx", "csv"}) {
      auto const file = Call(Hr(root.path), Method::kGet, "/questions/export", "", {{"format", format}}, locale);
      ASSERT_TRUE(file);
      auto const& bytes = std::get<std::string>(file->body);
      auto const same = Import(bytes, root.id);
      EXPECT_EQ(RowsOf(same, "updated"), 2) << json::serialize(same);
      EXPECT_EQ(Find(root.path, "Q1").at("revision").as_int64(), 1) << "nothing differs: no new revision";
      auto const branch = Node(root.id, "B" + std::to_string(++serial));
      auto const moved = Import(bytes, branch.id);
      EXPECT_EQ(RowsOf(moved, "created"), 2) << json::serialize(moved);
      auto const own = Find(branch.path, "Q1");
      EXPECT_EQ(own.at("rubric").at("points").at(0).at("synonyms").at(0).as_string(), "since");
      EXPECT_EQ(own.at("rubric").at("anchors").at(0).at("score").to_number<double>(), 9);
      EXPECT_EQ(RowsOf(Undo(moved), "undone"), 2);
    }
}

TEST_P(QuestionImportTest, BrokenRowsAreNamed) {
  auto const view = Import(
      "编码,能力,题目,难度,得分要点,评分标准\nA,logic,为什么？,9,,\nB,logic,,3,,\nC,logic,好的,3,,\n"
      "D,logic,好的,3,\"a | 甲\nnonsense\",\nE,logic,好的,3,,11 | 好\n",
      root.id);
  EXPECT_EQ(ProblemsOf(view),
            (std::vector<std::string>{"2D out_of_range", "3C text_missing", "5E bad_point", "6F bad_anchor"}));
  EXPECT_EQ(RowsOf(view, "created"), 1);
}

TEST_P(QuestionImportTest, JobFamiliesStandInTablesAsPeopleSayThem) {
  auto const view = Import(
      "编码,能力,题目,岗位族\nA,logic,为什么？,柜员\nB,logic,为什么？,Teller\n"
      "C,logic,为什么？,teller\nD,logic,为什么？,飞行员\n",
      root.id);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"5D not_allowed"}));
  for (auto const* code : {"A", "B", "C"}) EXPECT_EQ(Find(root.path, code).at("family").as_string(), "teller") << code;
  auto const written = [&](i18n::Locale locale) {
    auto const file = Call(Hr(root.path), Method::kGet, "/questions/export", "", {{"format", "csv"}}, locale);
    return std::get<std::string>(file->body);
  };
  EXPECT_NE(written(i18n::Locale::kZhCn).find("柜员"), std::string::npos);
  EXPECT_NE(written(i18n::Locale::kEnUs).find("Teller"), std::string::npos);
}

TEST_P(QuestionImportTest, KeyPointsWithoutQuestionAreNamed) {
  documents::XlsxWriter book("t", FromMillis(0));
  book.AddSheet({.name = "a", .columns = {{.title = "题目编码"}, {.title = "能力"}, {.title = "题目（中文）"}}});
  book.AddRow({std::string("A"), std::string("logic"), std::string("为什么？")});
  book.AddSheet({.name = "b", .columns = {{.title = "题目编码"}, {.title = "要点编码"}, {.title = "要点（中文）"}}});
  book.AddRow({std::string("A"), std::string("k|1"), std::string("因为\n所以")});
  book.AddRow({std::string("Z"), std::string("k"), std::string("因为")});
  auto const view = Import(book.Finish().value(), root.id);
  EXPECT_EQ(RowsOf(view, "created"), 1);
  EXPECT_EQ(ProblemsOf(view), (std::vector<std::string>{"3B required", "3A no_question_row", "3C text_missing"}));
  EXPECT_EQ(Find(root.path, "A").at("rubric").at("points").at(0).at("key").as_string(), "k｜1");
}

TEST_P(QuestionImportTest, UndoMakesTheFormerContentTheNewestAndKeepsWhatPlansAsk) {
  Ask(root.id, "Q1");
  auto const changed = Import("编码,能力,题目\nQ1,logic,新的题目\n", root.id);
  EXPECT_EQ(Find(root.path, "Q1").at("text_zh").as_string(), "新的题目");
  EXPECT_EQ(RowsOf(Undo(changed), "undone"), 1);
  EXPECT_EQ(Find(root.path, "Q1").at("text_zh").as_string(), "为什么？");
  EXPECT_EQ(Find(root.path, "Q1").at("revision").as_int64(), 3);
  auto const made = Import("编码,能力,题目\nN1,logic,一\nN2,logic,二\n", root.id);
  NewPlan(root.id, Id(Find(root.path, "N1")));
  auto const undone = Undo(made);
  EXPECT_EQ(RowsOf(undone, "undone"), 1);
  EXPECT_EQ(ProblemsOf(undone), (std::vector<std::string>{"2 kept_in_use"}));
}

BOLE_STORE_SUITE(QuestionImportTest);

}  // namespace
}  // namespace bole::plans
