#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "platform/documents/archive.hpp"
#include "platform/documents/xlsx_format.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::documents {
namespace {

Instant const kCreated = *ParseInstant("2026-11-22T08:00:00Z");

using Rows = std::vector<std::pair<std::size_t, std::vector<Cell>>>;

// Reads everything; the error key when it fails.
struct Reading {
  Rows rows;
  std::string error;
  std::map<std::string, std::string> params;
  XlsxSummary summary;
};
Reading Read(std::string_view bytes, XlsxLimits const& limits = {}, std::string_view sheet = {}) {
  Reading reading;
  auto result = ReadXlsx(
      bytes, limits,
      [&](std::size_t row, std::vector<Cell>& cells) -> Result<void> {
        reading.rows.emplace_back(row, std::move(cells));
        return {};
      },
      sheet);
  if (result) {
    reading.summary = *result;
  } else {
    reading.error = result.error().key;
    reading.params = result.error().params;
  }
  return reading;
}

// A workbook written by hand: one sheet with `data` inside <sheetData>.
struct Book {
  std::string data;
  std::string shared = "<si><t>伯乐</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>skip</t></rPh></si>";
  std::string workbook = R"(<workbookPr/><sheets><sheet name="S1" sheetId="1" r:id="rId1"/></sheets>)";
};
std::string Build(Book const& book) {
  std::string const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return *WriteZip(
      {{"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"" + relation +
                           "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
       {"xl/workbook.xml", "<workbook xmlns:r=\"r\">" + book.workbook + "</workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation +
            "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + relation +
            "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" + relation +
            "styles\" Target=\"styles.xml\"/></Relationships>"},
       {"xl/sharedStrings.xml", "<sst>" + book.shared + "</sst>"},
       {"xl/styles.xml",
        R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>)"
        R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
        R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="46"/></cellXfs></styleSheet>)"},
       {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + book.data + "</sheetData></worksheet>"}},
      kCreated);
}
Cell OneCell(std::string const& xml) {
  auto const reading = Read(Build({"<row r=\"1\">" + xml + "</row>"}));
  EXPECT_EQ(reading.error, "");
  return reading.rows.empty() ? Cell{} : reading.rows.at(0).second.at(0);
}

TEST(XlsxReader, CellsOfEveryKind) {
  auto const reading = Read(Build(
      {R"(<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c>)"
       R"(<c r="D2" t="inlineStr"><is><t>a_x000D_&#10;b &lt;c&gt;</t></is></c><c r="E2" t="b"><v>1</v></c>)"
       R"(<c r="F2" t="str"><f>A1&amp;"x"</f><v>cached</v></c><c r="G2" t="e"><v>#N/A</v></c>)"
       R"(<c r="H2"><f>1+1</f><v>2</v></c><c r="I2" s="1"/></row><row r="9"><c><v>5</v></c></row><row r="10"/>)"}));
  ASSERT_EQ(reading.error, "");
  ASSERT_EQ(reading.rows.size(), 2U);
  auto const& [number, cells] = reading.rows[0];
  EXPECT_EQ(number, 2U);
  ASSERT_EQ(cells.size(), 8U);  // no empty tail
  EXPECT_EQ(cells[0].text, "伯乐");
  EXPECT_EQ(cells[1].kind, CellKind::kEmpty);
  EXPECT_EQ(cells[2].text, "rich text");
  EXPECT_EQ(cells[3].text, "a\nb <c>");
  EXPECT_EQ(cells[4].text, "true");
  EXPECT_EQ(cells[4].kind, CellKind::kBoolean);
  EXPECT_EQ(cells[5].text, "cached");
  EXPECT_EQ(cells[6].kind, CellKind::kError);
  EXPECT_EQ(cells[7].text, "2");
  EXPECT_EQ(reading.rows[1].first, 9U);
  EXPECT_EQ(reading.rows[1].second.at(0).text, "5");  // no reference: the next column
  EXPECT_EQ(reading.summary.sheet_name, "S1");
  EXPECT_EQ(reading.summary.rows, 2U);
}

TEST(XlsxReader, NumbersWithoutExponentOrNoise) {
  EXPECT_EQ(OneCell("<c><v>0.30000000000000004</v></c>").text, "0.3");
  EXPECT_EQ(OneCell("<c><v>1.2E-7</v></c>").text, "0.00000012");
  EXPECT_EQ(OneCell("<c><v>1.3800138000E10</v></c>").text, "13800138000");
  EXPECT_EQ(OneCell("<c><v>-0</v></c>").text, "0");
  EXPECT_EQ(OneCell("<c><v>-1200.50</v></c>").text, "-1200.5");
  EXPECT_EQ(OneCell("<c><v>1e300</v></c>").text, "1" + std::string(300, '0'));
  EXPECT_EQ(OneCell("<c><v>9999.5</v></c>").text, "9999.5");
  EXPECT_FALSE(OneCell("<c><v>999999999999999</v></c>").number_precision_lost);
}

TEST(XlsxReader, IdentityNumberStoredAsNumberIsFlagged) {
  auto const rounded = OneCell("<c><v>1.10101199003071E+17</v></c>");
  EXPECT_TRUE(rounded.number_precision_lost);
  EXPECT_EQ(rounded.text, "110101199003071000");
  auto const exact = OneCell("<c><v>110101199003071234</v></c>");
  EXPECT_TRUE(exact.number_precision_lost);
  EXPECT_EQ(exact.text, "110101199003071234");
  auto const text = OneCell("<c t=\"inlineStr\"><is><t>11010119900307123X</t></is></c>");
  EXPECT_FALSE(text.number_precision_lost);
  EXPECT_EQ(text.text, "11010119900307123X");
}

TEST(XlsxReader, DatesByStyle) {
  EXPECT_EQ(OneCell("<c s=\"1\"><v>46348</v></c>").text, "2026-11-22");
  EXPECT_EQ(OneCell("<c s=\"1\"><v>46348</v></c>").kind, CellKind::kDate);
  EXPECT_EQ(OneCell("<c s=\"2\"><v>46348.3541666667</v></c>").text, "2026-11-22T08:30:00");
  EXPECT_EQ(OneCell("<c s=\"3\"><v>1</v></c>").text, "1900-01-01");
  EXPECT_EQ(OneCell("<c s=\"1\"><v>61</v></c>").text, "1900-03-01");
  EXPECT_EQ(OneCell("<c s=\"1\"><v>60</v></c>").kind, CellKind::kNumber);  // 29 February 1900 never was
  EXPECT_EQ(OneCell("<c s=\"4\"><v>0.5</v></c>").text, "12:00:00");
  EXPECT_EQ(OneCell("<c s=\"5\"><v>1.0625</v></c>").text, "25:30:00");
  EXPECT_EQ(OneCell("<c s=\"1\"><v>-5</v></c>").kind, CellKind::kNumber);
  EXPECT_EQ(OneCell("<c t=\"d\"><v>2026-11-22T00:00:00</v></c>").text, "2026-11-22");
  Book book{R"(<row r="1"><c s="1"><v>44886</v></c></row>)"};
  book.workbook = R"(<workbookPr date1904="1"/><sheets><sheet name="S1" sheetId="1" r:id="rId1"/></sheets>)";
  EXPECT_EQ(Read(Build(book)).rows.at(0).second.at(0).text, "2026-11-22");
}

TEST(XlsxReader, NumberFormats) {
  EXPECT_EQ(StyleOfFormatCode("General"), NumberStyle::kNumber);
  EXPECT_EQ(StyleOfFormatCode("0.00E+00"), NumberStyle::kNumber);
  EXPECT_EQ(StyleOfFormatCode("\"day\" 0;[Red]-0"), NumberStyle::kNumber);
  EXPECT_EQ(StyleOfFormatCode("#,##0.00_);[Red](#,##0.00)"), NumberStyle::kNumber);
  EXPECT_EQ(StyleOfFormatCode("yyyy\\-mm\\-dd;@"), NumberStyle::kDate);
  EXPECT_EQ(StyleOfFormatCode("[$-804]mmm"), NumberStyle::kDate);
  EXPECT_EQ(StyleOfFormatCode("h:mm AM/PM"), NumberStyle::kTime);
  EXPECT_EQ(StyleOfFormatCode("yyyy/m/d h:mm"), NumberStyle::kDateTime);
  EXPECT_EQ(StyleOfFormatCode("[h]:mm:ss"), NumberStyle::kElapsed);
  EXPECT_EQ(StyleOfBuiltIn(31), NumberStyle::kDate);
  EXPECT_EQ(StyleOfBuiltIn(49), NumberStyle::kNumber);
}

TEST(XlsxReader, BrokenCellsAreCellsNotBrokenFiles) {
  auto const reading =
      Read(Build({R"(<row r="1"><c t="s"><v>99</v></c><c><v>abc</v></c><c s="77"><v>3</v></c></row>)"}));
  ASSERT_EQ(reading.error, "");
  EXPECT_EQ(reading.rows[0].second[0].kind, CellKind::kError);
  EXPECT_EQ(reading.rows[0].second[1].kind, CellKind::kError);
  EXPECT_EQ(reading.rows[0].second[1].text, "abc");
  EXPECT_EQ(reading.rows[0].second[2].text, "3");
}

TEST(XlsxReader, BrokenFilesSayWhat) {
  EXPECT_EQ(Read("name,phone\r\n").error, "xlsx.not_a_zip");
  EXPECT_EQ(Read("").error, "xlsx.not_a_zip");
  auto const good = Build({R"(<row r="1"><c><v>1</v></c></row>)"});
  EXPECT_EQ(Read(std::string_view(good).substr(0, good.size() / 2)).error, "xlsx.broken");
  EXPECT_EQ(Read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest").error, "xlsx.old_format");
  std::string const package("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  EXPECT_EQ(Read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest" + package).error, "xlsx.encrypted");
  EXPECT_EQ(Read(*WriteZip({{"word/document.xml", "<d/>"}}, kCreated)).error, "xlsx.not_a_workbook");
  EXPECT_EQ(Read(good, {}, "Other").error, "xlsx.no_sheet");
  Book hidden{""};
  hidden.workbook = R"(<sheets><sheet name="S1" sheetId="1" state="hidden" r:id="rId1"/></sheets>)";
  EXPECT_EQ(Read(Build(hidden)).error, "xlsx.no_sheet");
  auto const cut = Read(Build({R"(<row r="1"><c><v>1</v></c></row><row r="2"><c><v>1)"}));
  EXPECT_EQ(cut.error, "xlsx.broken");
  EXPECT_EQ(cut.rows.size(), 1U);
  EXPECT_EQ(cut.params.at("row"), "2");
  EXPECT_EQ(Read(Build({R"(<row r="99999999999999999999"/>)"})).error, "");  // out of range: the next row
  EXPECT_EQ(Read(Build({R"(<row r="4294967295"/>)"})).error, "xlsx.broken");
  EXPECT_EQ(Read(Build({R"(<row r="1"><c r="!1"><v>1</v></c></row>)"})).error, "xlsx.broken");
}

TEST(XlsxReader, EntityBombIsRefused) {
  Book book{R"(<row r="1"><c><v>1</v></c></row>)"};
  book.workbook = R"(<sheets/>)";
  auto const bytes = *WriteZip(
      {{"xl/workbook.xml", R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>)"}},
      kCreated);
  EXPECT_EQ(Read(bytes).error, "xlsx.broken");
}

TEST(XlsxReader, ZipBombIsRefused) { EXPECT_EQ(Read(Build({std::string(40U << 20, ' ')})).error, "xlsx.zip_bomb"); }

TEST(XlsxReader, DeepXmlIsRefused) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<x>";
  EXPECT_EQ(Read(Build({deep})).error, "xlsx.broken");
}

TEST(XlsxReader, SizesClaimedInTheDirectoryAreNotBelieved) {
  auto bytes = Build({R"(<row r="1"><c><v>1</v></c></row>)"});
  // Every central directory record claims 4 GB unpacked.
  for (auto at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 4))
    bytes.replace(at + 24, 4, "\xFE\xFF\xFF\xFF");
  auto const reading = Read(bytes);
  EXPECT_EQ(reading.error, "");
  ASSERT_EQ(reading.rows.size(), 1U);
  EXPECT_EQ(reading.rows[0].second.at(0).text, "1");
}

TEST(XlsxReader, Limits) {
  XlsxLimits limits;
  limits.max_rows = 1;
  auto const two = Build({R"(<row r="1"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>)"});
  EXPECT_EQ(Read(two, limits).error, "xlsx.too_many_rows");
  limits = {};
  limits.max_columns = 2;
  EXPECT_EQ(Read(Build({R"(<row r="1"><c r="XFD1" s="1"/></row>)"}), limits).error,
            "");  // empty styled cells do not count
  EXPECT_EQ(Read(Build({R"(<row r="3"><c r="C3"><v>1</v></c></row>)"}), limits).params.at("row"), "3");
  EXPECT_EQ(Read(Build({R"(<row r="3"><c r="C3"><v>1</v></c></row>)"}), limits).error, "xlsx.too_many_columns");
  limits = {};
  limits.max_cell_bytes = 5;
  EXPECT_EQ(Read(Build({R"(<row r="3"><c r="B3" t="str"><v>123456</v></c></row>)"}), limits).error,
            "xlsx.cell_too_long");
  limits = {};
  limits.max_file_bytes = 10;
  EXPECT_EQ(Read(two, limits).error, "xlsx.too_large");
  limits = {};
  limits.max_shared_string_bytes = 10;
  EXPECT_EQ(Read(two, limits).error, "xlsx.too_large");
}

TEST(XlsxReader, CallbackErrorStops) {
  auto const bytes = Build({R"(<row r="1"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>)"});
  int rows = 0;
  auto const result = ReadXlsx(bytes, {}, [&](std::size_t, std::vector<Cell>&) -> Result<void> {
    ++rows;
    return Fail(ErrorCode::kConflict, "stop");
  });
  EXPECT_EQ(result.error().key, "stop");
  EXPECT_EQ(rows, 1);
}

TEST(XlsxReader, TwoHundredThousandRows) {
  std::string data;
  std::string shared;
  for (int row = 1; row <= 200'000; ++row) {
    fmt::format_to(
        std::back_inserter(data),
        R"(<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}" t="inlineStr"><is><t>139{0:08}</t></is></c><c r="C{0}" s="1"><v>{2}</v></c></row>)",
        row, row - 1, 30'000 + row % 9000);
    fmt::format_to(std::back_inserter(shared), "<si><t>候选人 {}</t></si>", row);
  }
  auto const bytes = Build({data, shared});
  std::size_t rows = 0;
  std::string last;
  auto const result = ReadXlsx(bytes, {}, [&](std::size_t, std::vector<Cell>& cells) -> Result<void> {
    ++rows;
    last = cells.at(0).text + cells.at(1).text;
    return {};
  });
  ASSERT_TRUE(result) << result.error().key;
  EXPECT_EQ(rows, 200'000U);
  EXPECT_EQ(last, "候选人 20000013900200000");
}

TEST(XlsxWriter, RoundTripKeepsTextAsText) {
  XlsxWriter writer("Candidates", kCreated);
  writer.AddSheet({"Branch [1]:*?/\\", {{"Name", 20, {}, "Full name", true}, {"ID"}, {"Born"}, {"Score"}, {"Yes"}}});
  std::vector<std::string> const texts{"=1+1", "+86 1",  "-2",   "@SUM(A1)",        "110101199003071234",
                                       "007",  "<b>&\"", "a\nb", "http://x.example"};
  for (auto const& text : texts)
    writer.AddRow({text, std::monostate(), *ParseDate("1990-03-07"), 7.25, true}, XlsxTone::kWarning);
  auto const bytes = writer.Finish();
  ASSERT_TRUE(bytes);
  auto const reading = Read(*bytes);
  ASSERT_EQ(reading.error, "");
  EXPECT_EQ(reading.summary.sheet_name, "Branch 1");
  ASSERT_EQ(reading.rows.size(), texts.size() + 1);
  EXPECT_EQ(reading.rows[0].second[0].text, "Name *");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto const& cells = reading.rows[i + 1].second;
    EXPECT_EQ(cells[0].text, texts[i]);
    EXPECT_EQ(cells[0].kind, CellKind::kText);
    EXPECT_EQ(cells[2].text, "1990-03-07");
    EXPECT_EQ(cells[3].text, "7.25");
    EXPECT_EQ(cells[4].text, "true");
  }
}

TEST(XlsxWriter, NoFormulaInAnyCell) {
  XlsxWriter writer("t", kCreated);
  writer.AddSheet({"S", {{"=cmd|' /C calc'!A0"}}});
  writer.AddRow({std::string("=HYPERLINK(\"http://x\")")});
  auto const bytes = *writer.Finish();
  auto const zip = *ZipReader::Open(bytes);
  std::string sheet;
  ASSERT_TRUE(zip.Stream("xl/worksheets/sheet1.xml", {1U << 20, 1000}, [&](std::string_view piece) -> Result<void> {
    sheet += piece;
    return {};
  }));
  EXPECT_NE(sheet.find("<sheetData>"), std::string::npos);
  EXPECT_EQ(sheet.find("<f>"), std::string::npos);
}

TEST(XlsxWriter, ChoicesNamesAndDamagedText) {
  XlsxWriter writer("t", kCreated);
  std::vector<std::string> many(60, "营业部一二三四五六七八九十");
  writer.AddSheet({"同名", {{"性别", 8, {"男", "女"}}, {"机构", 8, many}}});
  writer.AddSheet({"同名", {{"a"}}});
  writer.AddRow({std::string("bad \xFF byte \x01")});
  writer.AddRow({std::string(40'000, 'x')});
  auto const bytes = writer.Finish();
  ASSERT_TRUE(bytes);
  auto const reading = Read(*bytes, {}, "同名 (2)");
  ASSERT_EQ(reading.error, "");
  EXPECT_EQ(reading.rows.at(1).second.at(0).text, "bad \uFFFD byte ");
  EXPECT_EQ(reading.rows.at(2).second.at(0).text.size(), 32'767U);
}

std::string PartOf(std::string const& bytes, char const* name) {
  auto const zip = *ZipReader::Open(bytes);
  std::string out;
  EXPECT_TRUE(zip.Stream(name, {1U << 20, 1000}, [&](std::string_view piece) -> Result<void> {
    out += piece;
    return {};
  })) << name;
  return out;
}

TEST(XlsxWriter, TheWatermarkIsBehindEverySheetAndInNoCell) {
  XlsxWriter writer("t", kCreated);
  for (auto const* name : {"A", "B"}) {
    writer.AddSheet({name, {{"a"}}});
    writer.AddRow({std::string("x")});
  }
  writer.Watermark("王敏 & Co 导出");
  auto const bytes = writer.Finish();
  ASSERT_TRUE(bytes);
  for (auto const* part : {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}) {
    auto const sheet = PartOf(*bytes, part);
    EXPECT_NE(sheet.find("<picture "), std::string::npos);
    EXPECT_NE(sheet.find("王敏 &amp;&amp; Co 导出</oddFooter>"), std::string::npos) << sheet;
  }
  EXPECT_EQ(PartOf(*bytes, "xl/media/image1.png").substr(1, 3), "PNG");
  EXPECT_EQ(Read(*bytes).rows.size(), 2U) << "header and one row: it can be imported as it is";
}

TEST(XlsxWriter, ThePrintedFootKeepsItsRecordAndItsFormat) {
  std::string const record = "存证 01ARZ3NDEKTSV4RRFFQ69G5FAV";
  auto const foot = [&](std::string const& name) {
    XlsxWriter writer("t", kCreated);
    writer.AddSheet({"A", {{"a"}}});
    writer.AddRow({std::string("x")});
    writer.Watermark(name + " " + record);
    auto const bytes = writer.Finish();
    if (!bytes) return bytes.error().key;
    auto const sheet = PartOf(*bytes, "xl/worksheets/sheet1.xml");
    auto const from = sheet.find("<oddFooter>") + 11;
    return ReplaceAll(sheet.substr(from, sheet.find("</oddFooter>") - from), "&amp;", "&");
  };
  EXPECT_EQ(foot("007"), "&L&8 007 " + record) << "007 is no size";
  for (auto const& name :
       {std::string(300, 'n'), std::string(300, '&'), std::string(121, '&') + std::string(90, 'n')}) {
    auto const printed = foot(name);
    EXPECT_TRUE(printed.ends_with(record)) << printed;
    EXPECT_LE(CountCodePoints(printed), 255U);
    EXPECT_EQ(std::count(printed.begin(), printed.end(), '&') % 2, 0) << printed;
  }
}

TEST(XlsxWriter, SameInputSameBytes) {
  auto const make = [] {
    XlsxWriter writer("t", kCreated);
    writer.AddSheet({"S", {{"a"}}});
    writer.AddRow({std::string("x")});
    writer.Watermark("w");
    return *writer.Finish();
  };
  EXPECT_EQ(make(), make());
  XlsxWriter empty("t", kCreated);
  EXPECT_EQ(empty.Finish().error().key, "xlsx.no_sheet");
}

TEST(Xlsx, ColumnNames) {
  EXPECT_EQ(ColumnName(1), "A");
  EXPECT_EQ(ColumnName(26), "Z");
  EXPECT_EQ(ColumnName(27), "AA");
  EXPECT_EQ(ColumnName(16384), "XFD");
}

}  // namespace
}  // namespace bole::documents
