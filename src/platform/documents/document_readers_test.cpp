#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "platform/documents/archive.hpp"
#include "platform/documents/docx_writer.hpp"
#include "platform/documents/isolated_reader.hpp"
#include "platform/documents/pdf_writer.hpp"
#include "platform/documents/text_encoding.hpp"

namespace bole::documents {
namespace {

constexpr Instant kCreated{};

std::string Docx() {
  DocxWriter writer("简历", "zh-CN", kCreated);
  writer.Title("白小米");
  writer.Runs({{.text = "Java "}, {.text = "& C++", .bold = true}, {.text = "\n第二行"}});
  writer.Table({.head = {"年份", "公司"}, .rows = {{"2020", "某银行"}}, .widths = {1, 1}});
  writer.Watermark("不得外传");
  return writer.Finish().value();
}
std::string Pdf(int pages = 2) {
  PdfWriter writer({.title = "Resume"});
  for (int i = 0; i < pages; ++i) {
    writer.Paragraph("白小米 page " + std::to_string(i + 1));
    if (i + 1 < pages) writer.PageBreak();
  }
  return writer.Finish().value();
}
// RC4 of 40 bits with a password for opening; the encryption dictionary is all a reader needs to ask for it.
std::string EncryptedPdf() {
  std::string const filler(32, '7');
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
         "4 0 obj<</Filter/Standard/V 1/R 2/O(" +
         filler + ")/U(" + filler +
         ")/P -64>>endobj\n"
         "trailer<</Root 1 0 R/Encrypt 4 0 R/ID[(a)(a)]/Size 5>>\n%%EOF\n";
}
std::string Package(std::string const& body, std::vector<ZipPart> more = {}) {
  more.push_back(
      {"_rels/.rels",
       R"(<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>)"});
  more.push_back({"word/document.xml", body});
  return WriteZip(more, kCreated).value();
}
std::string Key(Result<FileText> const& read) { return read ? "read" : read.error().key; }
std::string Key(std::string_view bytes, TextLimits const& limits = {}) { return Key(ReadText(bytes, limits)); }

TEST(KindOf, GoesByContent) {
  EXPECT_EQ(KindOf(Docx()), FileKind::docx);
  EXPECT_EQ(KindOf("%PDF-1.7 …"), FileKind::pdf);
  EXPECT_EQ(KindOf("\x89PNG\r\n\x1a\n…"), FileKind::png);
  EXPECT_EQ(KindOf("\xFF\xD8\xFF\xE0"), FileKind::jpeg);
  EXPECT_EQ(KindOf("<svg onload=alert(1)>"), FileKind::text) << "shown as text, never as a page";
  EXPECT_EQ(KindOf("").error().key, "document.empty");
  EXPECT_EQ(KindOf(" \n ").error().key, "document.empty");
  EXPECT_EQ(KindOf(std::string_view("MZ\x90\0\3\0\0\0", 8)).error().key, "document.unknown_type");
  EXPECT_EQ(KindOf("PK\3\4 rest").error().key, "document.broken");
  EXPECT_EQ(KindOf(*WriteZip({{"xl/workbook.xml", "<w/>"}}, kCreated)).error().key, "document.unknown_type");
  EXPECT_EQ(KindOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Word 97").error().key, "document.old_format");
  static constexpr char kPackage[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  EXPECT_EQ(KindOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(kPackage, sizeof(kPackage))).error().key,
            "document.encrypted");
}

TEST(ReadText, PlainTextInEveryEncoding) {
  EXPECT_EQ(ReadText("\xEF\xBB\xBF白小米\r\nC++")->text, "白小米\nC++");
  EXPECT_EQ(ReadText("\xD0\xD5\xC3\xFB")->text, "姓名");
  EXPECT_EQ(ReadText(std::string_view("\xFF\xFE\x0D\x54\n\0", 6))->text, "名\n");
  EXPECT_EQ(ReadText("a\xE2\x80\xAE"
                     "b")
                ->text,
            "ab")
      << "no turned direction";
  EXPECT_EQ(Key("12345", {.max_characters = 4}), "document.too_long");
  EXPECT_EQ(Key("12345", {.max_file_bytes = 4}), "document.too_large");
}

TEST(ReadDocx, ReadsWhatOurWriterMakes) {
  auto const read = ReadText(Docx());
  ASSERT_TRUE(read) << Key(read);
  EXPECT_TRUE(read->text.starts_with("白小米\nJava & C++\n第二行\n年份\t公司\n2020\t某银行")) << read->text;
  EXPECT_EQ(read->pages, 0);
}

TEST(ReadDocx, HeadersComeFirstAndWhatIsDeletedStaysAway) {
  auto const read = ReadText(Package(
      R"(<w:document xmlns:w="w" xmlns:mc="m"><w:p><w:r><w:t>Body</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>
         <w:r><w:instrText>PAGE</w:instrText></w:r></w:p><mc:AlternateContent><mc:Choice><w:p><w:t>Box</w:t></w:p></mc:Choice>
         <mc:Fallback><w:p><w:t>Box</w:t></w:p></mc:Fallback></mc:AlternateContent></w:document>)",
      {{"word/_rels/document.xml.rels",
        R"(<Relationships><Relationship Type="x/header" Target="header1.xml"/><Relationship Type="x/header" Target="header1.xml"/>
           <Relationship Type="x/header" Target="http://example.org" TargetMode="External"/></Relationships>)"},
       {"word/header1.xml", R"(<w:hdr xmlns:w="w"><w:p><w:t>Phone</w:t></w:p></w:hdr>)"}}));
  ASSERT_TRUE(read) << Key(read);
  EXPECT_EQ(read->text, "Phone\nBody\nBox");
}

TEST(ReadDocx, RefusesBombsNestingAndEntities) {
  EXPECT_EQ(Key(Package("<d>" + std::string(40U << 20U, ' ') + "</d>")), "document.zip_bomb");
  EXPECT_EQ(Key(Package("<d>" + std::string(9U << 20U, ' ') + "</d>"), {.max_part_bytes = 8U << 20U}),
            "document.zip_bomb");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<w>";
  EXPECT_EQ(Key(Package(deep)), "document.broken");
  EXPECT_EQ(Key(Package(R"(<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>)")), "document.broken");
  EXPECT_EQ(Key(Package("<d><t>abc</t></d>"), {.max_characters = 2}), "document.too_long");
  auto const whole = Docx();
  EXPECT_EQ(Key(whole.substr(0, whole.size() / 2)), "document.broken");
}

TEST(ReadPdf, ReadsPagesInOrder) {
  auto const read = ReadText(Pdf());
  ASSERT_TRUE(read) << Key(read);
  EXPECT_EQ(read->pages, 2);
  auto const turn = read->text.find('\f');
  ASSERT_NE(turn, std::string::npos);
  EXPECT_NE(read->text.find("白小米 page 1"), std::string::npos) << read->text;
  EXPECT_GT(read->text.find("page 2"), turn);
}

TEST(ReadPdf, NamesWhatIsWrong) {
  auto const whole = Pdf();
  EXPECT_EQ(Key("%PDF-1.7\nnothing"), "document.broken");
  EXPECT_EQ(Key(EncryptedPdf()), "document.encrypted");
  EXPECT_EQ(Key(whole, {.max_pages = 1}), "document.too_many_pages");
  EXPECT_EQ(Key(whole, {.max_characters = 10}), "document.too_long");
}

class IsolatedReader : public ::testing::Test {
 protected:
  static Result<FileText> Read(std::string const& bytes, TextLimits const& limits = {}) {
    return MakeIsolatedReader({.program = BOLE_DOCUMENT_CHILD, .arguments = {}}, limits)(bytes);
  }
  static Result<FileText> Shell(std::string const& script) {
    return MakeIsolatedReader({.program = "/bin/sh", .arguments = {"-c", script}, .timeout = std::chrono::seconds(1)})(
        "%PDF-1.7");
  }
};

TEST_F(IsolatedReader, AnswersAsTheReaderDoes) {
  auto const pdf = Pdf();
  auto const here = ReadText(pdf), there = Read(pdf);
  ASSERT_TRUE(there) << Key(there);
  EXPECT_EQ(there->text, here->text);
  EXPECT_EQ(there->pages, 2);
  EXPECT_EQ(Key(Read(EncryptedPdf())), "document.encrypted");
  EXPECT_EQ(Key(Read("%PDF-1.7\nnothing")), "document.broken");
  EXPECT_EQ(Read("plain")->text, "plain");
}

TEST_F(IsolatedReader, AChildThatHangsDiesOrLiesIsNamed) {
  EXPECT_EQ(Key(Shell("exec sleep 60")), "document.too_slow");
  EXPECT_EQ(Key(Shell("kill -9 $$")), "document.unreadable");
  EXPECT_EQ(Key(Shell("printf '1\\ntext'; exit 1")), "document.unreadable");
  EXPECT_EQ(Key(Shell("printf '1'")), "document.unreadable");
  EXPECT_EQ(Key(Shell("printf '999999999\\nx'")), "document.unreadable");
  EXPECT_EQ(Key(Shell("printf '!candidate.duplicate\\n'")), "document.unreadable") << "not one of its errors";
  EXPECT_EQ(Shell("printf '1\\na\\001\\377b'")->text,
            "a\xEF\xBF\xBD"
            "b");
  ::setenv("BOLE_CRYPTO_KEYS", "SECRET", 1);
  EXPECT_EQ(Shell("printf '1\\n'; env | grep -c SECRET || true")->text, "0\n");
  EXPECT_EQ(Key(MakeIsolatedReader({.program = "/nowhere"})("%PDF-1.7")), "document.no_reader");
}

TEST(Confinement, LeavesNoFilesNetworkProcessesAndLittleMemory) {
  std::unique_ptr<FILE, int (*)(FILE*)> const probe(::popen(BOLE_DOCUMENT_CHILD " probe", "r"), ::pclose);
  ASSERT_TRUE(probe);
  std::array<char, 200> line{};
  ASSERT_NE(std::fgets(line.data(), line.size(), probe.get()), nullptr);
  EXPECT_STREQ(line.data(), "confined\n");
}

}  // namespace
}  // namespace bole::documents
