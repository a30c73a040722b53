#include "modules/imports/cells.hpp"

#include <gtest/gtest.h>

#include "modules/imports/table_file.hpp"

namespace bole::imports {
namespace {

using documents::Cell;
using documents::CellKind;

CellValue Read(ColumnType type, std::string text, CellKind kind = CellKind::kText, bool lost = false) {
  Column column{.key = "k", .type = type, .max_length = 30};
  return ReadCell(column, {{"女", "female"}, {"female", "female"}}, Cell{kind, std::move(text), lost});
}

TEST(Cells, DatesInEveryWayPeopleWriteThem) {
  for (auto const* text : {"2026-01-31", "2026/1/31", "2026.1.31", "20260131", "2026年1月31日", "２０２６－０１－３１",
                           "2026-01-31T08:00:00", "2026-01-31 08:00", "46053"})
    EXPECT_EQ(Read(ColumnType::date, text).text, "2026-01-31") << text;
  EXPECT_EQ(Read(ColumnType::date, "46053", CellKind::kNumber).text, "2026-01-31");
  for (auto const* text : {"2026-02-30", "31.01.2026", "tomorrow", "2026", "12345678901"})
    EXPECT_EQ(Read(ColumnType::date, text).problem.code, "bad_date") << text;
}

TEST(Cells, IdentifiersNeverBecomeNumbers) {
  EXPECT_EQ(Read(ColumnType::identifier, "００１２３　").text, "00123");
  EXPECT_EQ(Read(ColumnType::identifier, "'6222021234567890123").text, "6222021234567890123");
  EXPECT_EQ(Read(ColumnType::identifier, "=\"0086\"").text, "0086");
  EXPECT_EQ(Read(ColumnType::identifier, "13812345678", CellKind::kNumber).text, "13812345678");
  EXPECT_EQ(Read(ColumnType::identifier, "110105194912310000", CellKind::kNumber, true).problem.code, "digits_lost");
  for (auto const* text : {"1.10105E+17", "1.1e17", "6E18"})
    EXPECT_EQ(Read(ColumnType::identifier, text).problem.code, "scientific") << text;
  EXPECT_EQ(Read(ColumnType::identifier, "E17").text, "E17");
  EXPECT_EQ(Read(ColumnType::identifier, std::string(31, '1')).problem.code, "too_long");
}

TEST(Cells, NumbersChoicesAndLists) {
  EXPECT_EQ(Read(ColumnType::integer, "１,２００").text, "1200");
  EXPECT_EQ(Read(ColumnType::integer, "1.5").problem.code, "not_whole");
  EXPECT_EQ(Read(ColumnType::number, "-1.5").text, "-1.5");
  EXPECT_EQ(Read(ColumnType::number, "abc").problem.code, "not_a_number");
  EXPECT_EQ(Read(ColumnType::number, "nan").problem.code, "out_of_range");
  EXPECT_EQ(Read(ColumnType::choice, " Female ").text, "female");
  EXPECT_EQ(Read(ColumnType::choice, "外星人").problem.code, "not_allowed");
  EXPECT_EQ(Read(ColumnType::list, "a，b、 c ;a\nd").text, "a\nb\nc\na\nd");
  EXPECT_EQ(Read(ColumnType::text, "#REF!", CellKind::kError).problem.code, "cell_error");
  EXPECT_EQ(Read(ColumnType::text, "=1+1").text, "=1+1") << "text is data";
  EXPECT_EQ(Read(ColumnType::text, std::string("a\x01")).problem.code, "bad_characters");
}

TEST(Cells, HeadingsAreFoldedAndGuessedOnce) {
  std::vector<Column> const columns{{.key = "name", .title_zh = "姓名", .title_en = "Full name"},
                                    {.key = "phone", .title_zh = "手机号", .aliases = {"mobile"}}};
  EXPECT_EQ(Folded("＊ Full\nName*"), "fullname");
  EXPECT_EQ(GuessMapping(columns, {"FULL NAME *", "Mobile", "姓名", ""}),
            (std::vector<std::string>{"name", "phone", "", ""}));
  EXPECT_EQ(Signature({1, {"姓名", " Mobile"}, {}}), Signature({3, {"姓名 *", "mobile"}, {{"x"}}}));
  EXPECT_NE(Signature({1, {"a", "b"}, {}}), Signature({1, {"ab", ""}, {}}));
}

TEST(MeaningsTest, AWordOfAChoiceInUseIsNotShadowed) {
  auto const meanings = Meanings({{"old", {"柜员", "Teller"}, true},
                                  {"risk", {"风险", "Risk", "风控"}},
                                  {"control", {"风控", "Control"}},
                                  {"teller", {"柜员", "Bank teller"}},
                                  {"gone", {"离岗", "Gone"}, true}});
  EXPECT_EQ(meanings.at("风控"), "control") << "its name, not a further word of another";
  EXPECT_EQ(meanings.at("柜员"), "teller") << "not the retired one";
  EXPECT_EQ(meanings.at("teller"), "teller");
  EXPECT_EQ(meanings.at("bankteller"), "teller");
  EXPECT_EQ(meanings.at("离岗"), "gone") << "former tables still say it";
}

}  // namespace
}  // namespace bole::imports
