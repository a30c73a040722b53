#pragma once
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::documents {

struct DocxRun {
  std::string text;  // "\n" becomes a line break
  bool bold = false, italic = false;
  bool muted = false;  // grey, smaller: times, notes
};

struct DocxTable {
  std::vector<std::string> head;  // repeated on each page; may be empty
  std::vector<std::vector<std::string>> rows;
  std::vector<double> widths;  // shares of the page width, one per column
};

// A Word document (OOXML, A4) with real styles, so that the person can restyle it. Text is data: XML-escaped, control
// characters left out. Same input and `created` → same bytes. Not thread-safe.
class DocxWriter {
 public:
  DocxWriter(std::string title, std::string language, Instant created);

  void Title(std::string const& text);
  void Heading(int level, std::string const& text);  // 1–3
  void Paragraph(std::string const& text);
  void Runs(std::vector<DocxRun> const& runs);  // a paragraph of differently styled pieces
  // One turn of a conversation: "[00:12] Name: words".
  void Spoken(std::string const& time, std::string const& speaker, std::string const& text);
  void Quote(std::string const& text, std::string const& source);
  void Table(DocxTable const& table);
  void PageBreak();
  void Watermark(std::string const& text) { watermark_ = text; }  // in the foot of every page
  [[nodiscard]] Result<std::string> Finish();                     // kInternal docx.write_failed

 private:
  std::string title_, language_, body_, watermark_;
  Instant created_;
};

}  // namespace bole::documents
