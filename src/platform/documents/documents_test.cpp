#include <cairo.h>
#include <gtest/gtest.h>

#include <cstring>

#include "platform/documents/archive.hpp"
#include "platform/documents/csv.hpp"
#include "platform/documents/docx_writer.hpp"
#include "platform/documents/qr.hpp"
#include "platform/documents/xml_events.hpp"

namespace bole::documents {
namespace {

using Table = std::vector<std::vector<std::string>>;

Table ReadAll(std::string_view bytes, std::string* error = nullptr, CsvLimits const& limits = {}) {
  Table rows;
  auto const result = ReadCsv(bytes, limits, [&](std::size_t, std::vector<std::string>& fields) -> Result<void> {
    rows.push_back(std::move(fields));
    return {};
  });
  if (error != nullptr) *error = result ? "" : result.error().key;
  return rows;
}

TEST(Csv, RoundTrip) {
  Table const rows{{"姓名", "备注"}, {"a,b", "say \"hi\"\nthere"}, {"-3.5", "+8"}, {"", "x"}, {"'quoted'", " "}};
  CsvWriter writer;
  for (auto const& row : rows) writer.AddRow(row);
  EXPECT_TRUE(writer.text().starts_with("\xEF\xBB\xBF"));
  EXPECT_EQ(ReadAll(writer.text()), rows);
}

TEST(Csv, FormulasAreDisarmedAndReadBack) {
  Table const rows{{"=1+1", "@x", "+cmd|' /C calc'!A0", "\t=1", "  =2", "-2+3", "＝1"}};
  CsvWriter writer(false);
  writer.AddRow(rows[0]);
  EXPECT_EQ(writer.text(), "\"'=1+1\",\"'@x\",\"'+cmd|' /C calc'!A0\",\"'\t=1\",\"'  =2\",\"'-2+3\",\"'＝1\"\r\n");
  EXPECT_EQ(ReadAll(writer.text()), rows);
}

TEST(Csv, EncodingsAndSeparators) {
  EXPECT_EQ(ReadAll("\xD0\xD5\xC3\xFB,b\r\n"), (Table{{"姓名", "b"}}));  // GBK
  EXPECT_EQ(ReadAll(std::string_view("\xFF\xFE\x0D\x54\t\0b\0\n\0", 10)), (Table{{"名", "b"}}));
  EXPECT_EQ(ReadAll("a;b\n1;2"), (Table{{"a", "b"}, {"1", "2"}}));
  // Found by fuzzing: separators inside quotes do not count.
  EXPECT_EQ(ReadAll("\"a;b;c\",\"d\ne;;\"\n1,2"), (Table{{"a;b;c", "d\ne;;"}, {"1", "2"}}));
  EXPECT_EQ(ReadAll("5\" pipe;6\" pipe\n1;2"), (Table{{"5\" pipe", "6\" pipe"}, {"1", "2"}}));
  EXPECT_EQ(ReadAll("\"a\"\",,\";d\n1;2"), (Table{{"a\",,", "d"}, {"1", "2"}}));
  EXPECT_EQ(ReadAll("\"a,b,c\";d\n1;2"), (Table{{"a,b,c", "d"}, {"1", "2"}}));
  EXPECT_EQ(ReadAll("a,b\n\n , \n1,2\n"), (Table{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(ReadAll(""), Table{});
}

TEST(Csv, Errors) {
  std::string error;
  ReadAll("a,\"open\n", &error);
  EXPECT_EQ(error, "csv.open_quote");
  ReadAll("\xFF\xFF\xFF\xFF", &error);
  EXPECT_EQ(error, "csv.encoding");
  ReadAll("a\nb\n", &error, {100, 1, 10});
  EXPECT_EQ(error, "csv.too_many_rows");
  ReadAll("a,b\n", &error, {100, 1, 1});
  EXPECT_EQ(error, "csv.too_many_columns");
  ReadAll("a,b\n", &error, {3, 1, 1});
  EXPECT_EQ(error, "csv.too_large");
}

// Collects what a reader of the document would see.
class TextHandler final : public XmlHandler {
 public:
  Result<void> Start(std::string_view name, XmlAttributes const&) override {
    ++elements[std::string(name)];
    if (name == "br") text += '\n';
    return {};
  }
  Result<void> End(std::string_view name) override {
    if (name == "p") text += '\n';
    return {};
  }
  Result<void> Text(std::string_view part) override {
    text += part;
    return {};
  }
  std::string text;
  std::map<std::string, int> elements;
};
TextHandler Parse(ZipReader const& zip, std::string const& part) {
  TextHandler handler;
  XmlParser parser(handler, 64);
  EXPECT_TRUE(zip.Stream(part, {1U << 20, 1000}, [&](std::string_view piece) { return parser.Feed(piece); })) << part;
  EXPECT_TRUE(parser.Finish()) << part;
  return handler;
}

TEST(Docx, EveryPartIsWellFormedAndTextIsKept) {
  DocxWriter writer("标题 <&> {language}", "zh-CN", *ParseInstant("2026-11-22T08:00:00Z"));
  writer.Title("面试记录");
  writer.Heading(1, "回答 1");
  writer.Spoken("00:12", "候选人", "<b>你好</b> & \"x\"\nline 2 \x01\xFF");
  writer.Runs({{"bold", true}, {" plain"}});
  writer.Quote("引用", "00:41");
  writer.Table({{"a", "b"}, {{"1", "2"}, {"3"}}, {1, 3}});
  writer.Table({{}, {}, {1}});
  writer.PageBreak();
  writer.Watermark("王敏 <导出>");
  auto const bytes = writer.Finish();
  ASSERT_TRUE(bytes);
  auto const zip = *ZipReader::Open(*bytes);
  for (auto const* part :
       {"[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/footer1.xml", "word/_rels/document.xml.rels"})
    Parse(zip, part);
  EXPECT_NE(Parse(zip, "word/footer1.xml").text.find("王敏 <导出>"), std::string::npos);
  EXPECT_NE(Parse(zip, "docProps/core.xml").text.find("标题 <&> {language}"), std::string::npos);
  auto const document = Parse(zip, "word/document.xml");
  EXPECT_NE(document.text.find("[00:12] 候选人：<b>你好</b> & \"x\"\nline 2 \uFFFD\n"), std::string::npos)
      << document.text;
  EXPECT_EQ(document.elements.at("tbl"), 2);
  EXPECT_EQ(document.elements.at("tr"), 4);
  EXPECT_EQ(document.elements.at("tc"), 7);
  EXPECT_EQ(*writer.Finish(), *bytes);
}

TEST(Qr, SvgAndPng) {
  auto const svg = QrSvg("https://bole.example/i/ABCDEFGH");
  ASSERT_TRUE(svg);
  EXPECT_NE(svg->find("viewBox=\"0 0 37 37\""), std::string::npos);  // version 3: 29 modules and 2 × 4 quiet
  auto const png = QrPng("https://bole.example/i/ABCDEFGH", 2);
  ASSERT_TRUE(png);
  ASSERT_GT(png->size(), 24U);
  EXPECT_EQ(png->substr(0, 8), "\x89PNG\r\n\x1A\n");
  EXPECT_EQ(static_cast<unsigned char>((*png)[19]), 74);  // width of the header chunk
  EXPECT_EQ(QrSvg("").error().key, "qr.empty");
  EXPECT_EQ(QrSvg(std::string(5000, 'x')).error().key, "qr.too_long");
}

}  // namespace
}  // namespace bole::documents
