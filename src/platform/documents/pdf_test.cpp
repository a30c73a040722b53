#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include "base/text.hpp"
#include "platform/documents/pdf_writer.hpp"

namespace bole::documents {
namespace {

PdfOptions Options(std::string const& language = "zh-CN") {
  PdfOptions options;
  options.title = "面试报告 <1>";
  options.language = language;
  options.created = *ParseInstant("2026-11-22T08:00:00Z");
  options.header_left = "华信银行";
  options.footer_left = "Confidential";
  return options;
}

std::unique_ptr<poppler::document> Open(std::string const& pdf) {
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
}
std::string TextOf(poppler::document& document, int page) {
  std::unique_ptr<poppler::page> const held(document.create_page(page));
  auto const bytes = held->text().to_utf8();
  return {bytes.begin(), bytes.end()};
}
std::string AllText(std::string const& pdf) {
  auto const document = Open(pdf);
  std::string text;
  for (int page = 0; page < document->pages(); ++page) text += TextOf(*document, page);
  return text;
}
bool Contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }
int Count(std::string const& text, std::string const& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

TEST(PdfWriter, TextCanBeSearchedInBothLanguages) {
  PdfWriter writer(Options());
  writer.Title("王小明 面试报告", "客户经理");
  writer.Heading(1, "Dimension scores 维度得分");
  writer.Verdict({"7.8", "满分 10 分", "优先录用", palette::kGood, "数据具体，逻辑清楚。"});
  writer.Paragraph("Plain & <markup> stays text, “quoted”.", {10, true});
  writer.Bullets({"第一点", "second point"});
  writer.Quote("客户最在意的是回复时间", "00:41");
  writer.Notice("录音信噪比偏低", palette::kWarning);
  writer.KeyValues({{"岗位", "客户经理"}, {"Certainty", "high"}, {"odd", "pair"}});
  writer.RadarWithBars({{"沟通", 0.8}, {"逻辑", 0.6}, {"数字", std::nullopt}},
                       {{"沟通表达", 0.8, "8.0", "权重 20 %"}, {"数字敏感度", std::nullopt, "证据不足"}});
  EXPECT_EQ(writer.pages(), 1);
  auto const pdf = writer.Finish();
  ASSERT_TRUE(pdf);
  auto const document = Open(*pdf);
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->pages(), 1);
  auto const text = TextOf(*document, 0);
  for (auto const* part : {"王小明 面试报告",
                           "客户经理",
                           "Dimension scores 维度得分",
                           "7.8",
                           "优先录用",
                           "数据具体，逻辑清楚。",
                           "Plain & <markup> stays text",
                           "第一点",
                           "second point",
                           "客户最在意的是回复时间",
                           "00:41",
                           "录音信噪比偏低",
                           "high",
                           "pair",
                           "沟通表达",
                           "8.0",
                           "权重 20 %",
                           "证据不足",
                           "华信银行",
                           "Confidential"})
    EXPECT_TRUE(Contains(text, part)) << part << "\n" << text;
}

TEST(PdfWriter, MetadataLanguageAndOutline) {
  PdfWriter writer(Options("en-US"));
  writer.Heading(1, "First");
  writer.Heading(2, "Below");
  auto const pdf = *writer.Finish();
  auto const document = Open(pdf);
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->info_key("Title").to_utf8(),
            poppler::byte_array(std::begin("面试报告 <1>"), std::end("面试报告 <1>") - 1));
  EXPECT_EQ(document->info_date_t("CreationDate"), 1795334400);
  EXPECT_TRUE(Contains(pdf, "/Lang (en-US)"));
  EXPECT_TRUE(Contains(pdf, "/Outlines"));
}

TEST(PdfWriter, LanguageCannotCarryPdfSyntax) {
  PdfWriter writer(Options("en) /OpenAction << >> ("));
  auto const pdf = *writer.Finish();
  EXPECT_FALSE(Contains(pdf, "/OpenAction"));
  EXPECT_NE(Open(pdf), nullptr);
}

TEST(PdfWriter, TableHeadRepeatsOnEachPage) {
  PdfWriter writer(Options());
  PdfTable table{{{"要点标题", 2}, {"Score", 1, PdfColumn::Align::kRight}}, {}, true};
  for (int i = 0; i < 120; ++i)
    table.rows.push_back({{"第" + std::to_string(i) + "行"}, {std::to_string(i), true, palette::kInk, 0.5}});
  writer.Table(table);
  auto const pages = writer.pages();
  EXPECT_GE(pages, 3);
  auto const pdf = *writer.Finish();
  auto const document = Open(pdf);
  EXPECT_EQ(document->pages(), pages);
  std::string all;
  for (int page = 0; page < pages; ++page) {
    auto const text = TextOf(*document, page);
    EXPECT_EQ(Count(text, "要点标题"), 1) << page;
    EXPECT_TRUE(Contains(ReplaceAll(text, " ", ""), std::to_string(page + 1) + "/" + std::to_string(pages)));
    all += text;
  }
  for (int i = 0; i < 120; ++i) EXPECT_EQ(Count(all, "第" + std::to_string(i) + "行"), 1) << i;
}

TEST(PdfWriter, LongTextLosesNothing) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "word" + std::to_string(i) + " ";
  PdfWriter writer(Options("en-US"));
  writer.Paragraph(text);
  writer.Quote(text, "source");
  PdfTable table{{{"a", 1}, {"b", 3}}, {{{"short"}, {text}}}};
  writer.Table(table);  // one row higher than a page
  writer.Notice(text, palette::kBad);
  auto const all = AllText(*writer.Finish());
  for (int i = 0; i < 3000; i += 7)
    EXPECT_EQ(Count(all, "word" + std::to_string(i) + " ") + Count(all, "word" + std::to_string(i) + "\n"), 4) << i;
}

TEST(PdfWriter, HeadingStaysWithWhatFollows) {
  PdfWriter writer(Options());
  while (true) {
    auto const before = writer.pages();
    writer.Heading(2, "标题");
    writer.Paragraph("正文第一段");
    if (before >= 3) break;
  }
  auto const pdf = *writer.Finish();
  auto const document = Open(pdf);
  for (int page = 0; page < document->pages(); ++page) {
    auto const text = TextOf(*document, page);
    EXPECT_EQ(Count(text, "标题"), Count(text, "正文第一段")) << page;
  }
}

TEST(PdfWriter, DamagedAndHostileText) {
  PdfWriter writer(Options());
  writer.Paragraph(std::string("bad \xFF bytes \x01 and\0 nul", 22));
  writer.Paragraph("");
  writer.Paragraph(std::string(5000, 'x'));  // one unbreakable word
  writer.Radar({{"a", 0.5}, {"b", 0.5}});    // too few axes: nothing
  writer.Bars({{"over", 7.0, "70"}, {"under", -1.0, "-1"}});
  writer.Table({});
  writer.Table({{{"only head"}}, {}});
  writer.PageBreak();
  writer.PageBreak();
  auto const pdf = writer.Finish();
  ASSERT_TRUE(pdf);
  auto const text = AllText(*pdf);
  EXPECT_TRUE(Contains(text, "only head"));
  EXPECT_GE(Count(text, "x"), 5000);
}

TEST(PdfWriter, TheWatermarkIsOnEveryPageBehindTheContent) {
  auto options = Options();
  options.watermark = "王敏 导出 · 存证 01ARZ3NDEKTSV4RRFFQ69G5FAV";
  PdfWriter writer(options);
  for (int page = 0; page < 3; ++page) {
    writer.Paragraph("Page text");
    if (page < 2) writer.PageBreak();
  }
  auto const pdf = writer.Finish();
  ASSERT_TRUE(pdf);
  auto const document = Open(*pdf);
  ASSERT_EQ(document->pages(), 3);
  for (int page = 0; page < 3; ++page) {
    std::unique_ptr<poppler::page> const held(document->create_page(page));
    auto const bytes = held->text({}, poppler::page::raw_order_layout).to_utf8();
    std::string text{bytes.begin(), bytes.end()};
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    EXPECT_TRUE(Contains(text, "01ARZ3NDEKTSV4RRFFQ69G5FAV")) << page << text;
    EXPECT_TRUE(Contains(text, "Pagetext")) << page;
  }
}

TEST(PdfWriter, SameInputSameBytes) {
  auto const make = [] {
    PdfWriter writer(Options());
    writer.Title("标题", "sub");
    writer.Radar({{"a", 0.5}, {"b", 0.7}, {"c", 0.2}});
    return *writer.Finish();
  };
  EXPECT_EQ(make(), make());
}

}  // namespace
}  // namespace bole::documents
