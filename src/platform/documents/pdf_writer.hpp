#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::documents {

struct Colour {
  double red = 0, green = 0, blue = 0;  // 0–1
};
namespace palette {  // restrained, readable in grey print, safe for colour-blind people
inline constexpr Colour kInk{0.09, 0.13, 0.20}, kMuted{0.40, 0.45, 0.52}, kRule{0.84, 0.87, 0.90},
    kPaper{0.962, 0.970, 0.978}, kAccent{0.07, 0.33, 0.55}, kGood{0.05, 0.45, 0.36}, kWarning{0.72, 0.45, 0.02},
    kBad{0.70, 0.19, 0.15};
}  // namespace palette

struct PdfOptions {
  std::string title;
  std::string language = "zh-CN";  // document language; also chooses the shapes of Han characters
  std::string author{}, subject{};
  Instant created{};  // the only time in the file: same input → same bytes with the same fonts and libraries
  std::string header_left{}, header_right{};
  std::string footer_left{};  // e.g. confidentiality; the right side shows `page_format`
  std::string page_format = "{page} / {pages}";
  std::string watermark{};  // behind the content of each page
};

struct PdfText {
  double size = 9.5;  // points
  bool bold = false, italic = false;
  Colour colour = palette::kInk;
  double indent = 0, space_after = 6;  // points
};

struct PdfColumn {
  std::string title;
  double width = 1;  // share of the page width
  enum class Align { kLeft, kCentre, kRight } align = Align::kLeft;
};
struct PdfCell {
  std::string text;
  bool bold = false;
  Colour colour = palette::kInk;
  std::optional<double> bar{};  // 0–1: a bar drawn before the text
};
struct PdfTable {
  std::vector<PdfColumn> columns;
  std::vector<std::vector<PdfCell>> rows;
  bool zebra = false;
};
struct PdfPair {
  std::string label, value;
};
struct PdfBar {
  std::string label;
  std::optional<double> share;  // 0–1; none: hatched, "not enough evidence"
  std::string value;            // shown at the end: "7.8"
  std::string note{};           // small, under the label: "weight 20 %"
  Colour colour = palette::kAccent;
};
struct PdfAxis {
  std::string label;
  std::optional<double> share;  // 0–1
};
// The head of a report: a large number, a coloured band beside it, and what it means.
struct PdfVerdict {
  std::string number, number_note;  // "7.8", "of 10"
  std::string band;
  Colour colour = palette::kAccent;
  std::string text;
};

// A flowing A4 document: blocks go below each other, break over pages, headings stay with what follows, table heads
// repeat. Text is UTF-8 and never markup; broken bytes and control characters are shown as U+FFFD. Fonts are embedded,
// text can be searched and copied; headings become the outline. Not thread-safe; separate writers may run in parallel.
class PdfWriter {
 public:
  explicit PdfWriter(PdfOptions options);
  ~PdfWriter();
  PdfWriter(PdfWriter const&) = delete;
  PdfWriter& operator=(PdfWriter const&) = delete;

  void Title(std::string const& text, std::string const& subtitle = {});
  void Heading(int level, std::string const& text);  // 1–3
  void Paragraph(std::string const& text, PdfText const& style = {});
  void Bullets(std::vector<std::string> const& items, Colour mark = palette::kAccent, PdfText const& style = {});
  void Quote(std::string const& text, std::string const& source,
             Colour bar = palette::kAccent);            // words with where they were said
  void Notice(std::string const& text, Colour colour);  // a tinted box
  void KeyValues(std::vector<PdfPair> const& pairs, int columns = 2);
  void Table(PdfTable const& table);
  void Bars(std::vector<PdfBar> const& bars);
  void Radar(std::vector<PdfAxis> const& axes);  // three axes or more, else nothing
  void RadarWithBars(std::vector<PdfAxis> const& axes, std::vector<PdfBar> const& bars);  // side by side
  void Verdict(PdfVerdict const& verdict);
  void Space(double points);
  void Rule();
  void PageBreak();
  [[nodiscard]] int pages() const;
  [[nodiscard]] Result<std::string> Finish();  // once; kInternal pdf.write_failed

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::documents
