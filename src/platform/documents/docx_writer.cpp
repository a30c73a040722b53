#include "platform/documents/docx_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "platform/documents/archive.hpp"
#include "platform/documents/docx_parts.hpp"

namespace bole::documents {
namespace {

constexpr int kTextWidth = 9638;  // twentieths of a point: A4 without margins of 2 cm

std::string Escape(std::string_view text) {
  auto const clean = IsValidUtf8(text) ? std::string(text) : EncodeUtf8(DecodeUtf8(text));
  std::string out;
  for (char const c : clean) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::string RunXml(DocxRun const& run) {
  std::string out = "<w:r><w:rPr>";
  if (run.muted) out += "<w:rStyle w:val=\"Muted\"/>";
  if (run.bold) out += "<w:b/>";
  if (run.italic) out += "<w:i/>";
  out += "</w:rPr>";
  bool first = true;
  for (auto const& line : Split(Escape(run.text), '\n')) {
    if (!first) out += "<w:br/>";
    first = false;
    out += "<w:t xml:space=\"preserve\">" + line + "</w:t>";
  }
  return out + "</w:r>";
}
std::string ParagraphXml(std::string_view style, std::vector<DocxRun> const& runs) {
  std::string out = fmt::format("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>", style);
  for (auto const& run : runs) out += RunXml(run);
  return out + "</w:p>";
}
std::string RowXml(std::vector<std::string> const& cells, std::vector<int> const& widths, bool head) {
  std::string out = "<w:tr><w:trPr><w:cantSplit/>";
  if (head) out += "<w:tblHeader/>";
  out += "</w:trPr>";
  for (std::size_t i = 0; i < widths.size(); ++i) {
    out += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", widths[i]);
    if (head) out += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EDF2\"/>";
    out += "</w:tcPr>" + ParagraphXml("Cell", {DocxRun{i < cells.size() ? cells[i] : std::string(), head}}) + "</w:tc>";
  }
  return out + "</w:tr>";
}

}  // namespace

DocxWriter::DocxWriter(std::string title, std::string language, Instant created)
    : title_(std::move(title)), language_(std::move(language)), created_(created) {}

void DocxWriter::Title(std::string const& text) { body_ += ParagraphXml("Title", {{text}}); }
void DocxWriter::Heading(int level, std::string const& text) {
  body_ += ParagraphXml("Heading" + std::to_string(std::clamp(level, 1, 3)), {{text}});
}
void DocxWriter::Runs(std::vector<DocxRun> const& runs) { body_ += ParagraphXml("Normal", runs); }
void DocxWriter::Paragraph(std::string const& text) { body_ += ParagraphXml("Normal", {{text}}); }
void DocxWriter::Spoken(std::string const& time, std::string const& speaker, std::string const& text) {
  std::vector<DocxRun> runs;
  if (!time.empty()) runs.push_back({"[" + time + "] ", false, false, true});
  if (!speaker.empty()) runs.push_back({speaker + (language_.starts_with("zh") ? "：" : ": "), true});
  runs.push_back({text});
  body_ += ParagraphXml("Spoken", runs);
}
void DocxWriter::Quote(std::string const& text, std::string const& source) {
  std::vector<DocxRun> runs{{text, false, true}};
  if (!source.empty()) runs.push_back({"  " + source, false, false, true});
  body_ += ParagraphXml("Quote", runs);
}
void DocxWriter::Table(DocxTable const& table) {
  auto const total = std::accumulate(table.widths.begin(), table.widths.end(), 0.0);
  if (total <= 0) return;
  std::vector<int> widths;
  for (auto const share : table.widths) widths.push_back(static_cast<int>(kTextWidth * share / total));
  body_ += "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>";
  for (auto const width : widths) body_ += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  body_ += "</w:tblGrid>";
  if (!table.head.empty()) body_ += RowXml(table.head, widths, true);
  for (auto const& row : table.rows) body_ += RowXml(row, widths, false);
  // Word needs a row in every table and a paragraph between tables.
  if (table.head.empty() && table.rows.empty()) body_ += RowXml({}, widths, false);
  body_ += "</w:tbl>" + ParagraphXml("Cell", {});
}
void DocxWriter::PageBreak() { body_ += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"; }

Result<std::string> DocxWriter::Finish() {
  auto const language = Escape(language_);
  auto const document = std::string(docx::kDocumentHead) + body_ + std::string(docx::kDocumentTail);
  auto core = ReplaceAll(std::string(docx::kCore), "{language}", language);
  core = ReplaceAll(std::move(core), "{created}",
                    FormatInstant(std::chrono::floor<std::chrono::seconds>(created_)).substr(0, 19) + "Z");
  core = ReplaceAll(std::move(core), "{title}", Escape(title_));
  auto const zip =
      WriteZip({{"[Content_Types].xml", std::string(docx::kContentTypes)},
                {"_rels/.rels", std::string(docx::kRootRelations)},
                {"docProps/core.xml", core},
                {"word/document.xml", document},
                {"word/styles.xml", ReplaceAll(std::string(docx::kStyles), "{language}", language)},
                {"word/footer1.xml", ReplaceAll(std::string(docx::kFooter), "{watermark}",
                                                watermark_.empty() ? "" : ParagraphXml("Footer", {{watermark_}}))},
                {"word/_rels/document.xml.rels", std::string(docx::kDocumentRelations)}},
               created_);
  if (!zip) return Fail(ErrorCode::kInternal, "docx.write_failed");
  return *zip;
}

}  // namespace bole::documents
