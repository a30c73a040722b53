#pragma once
#include <pango/pangocairo.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/documents/pdf_writer.hpp"

namespace bole::documents {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::shared_ptr<PangoLayout>;
using Draw = std::function<void(cairo_t*)>;

struct TextStyle {
  double size = 9.5;
  bool bold = false, italic = false;
  Colour colour = palette::kInk;
  PangoAlignment align = PANGO_ALIGN_LEFT;
  double line_height = 1.32;
};

struct OutlineEntry {
  int level = 1;
  std::string text;
  int page = 1;
  double y = 0;
};

// A4 pages as lists of drawing steps, so that headers and footers can know the number of pages when they are drawn.
// Coordinates are points from the top left corner of the paper.
class PdfCanvas {
 public:
  static constexpr double kWidth = 595.276, kHeight = 841.89, kMargin = 56, kTop = 70, kBottom = 62;

  explicit PdfCanvas(std::string const& language);

  [[nodiscard]] static constexpr double left() { return kMargin; }
  [[nodiscard]] static constexpr double width() { return kWidth - 2 * kMargin; }
  [[nodiscard]] static constexpr double body_height() { return kHeight - kTop - kBottom; }
  [[nodiscard]] double remaining() const { return kHeight - kBottom - y; }
  [[nodiscard]] int pages() const { return static_cast<int>(pages_.size()); }
  [[nodiscard]] std::vector<std::vector<Draw>> const& steps() const { return pages_; }
  [[nodiscard]] bool at_top() const { return y <= kTop + 0.01; }

  void NewPage();
  // Starts a page unless `height` points are left. A block higher than a page starts on a new one.
  void Need(double height);
  void Add(Draw draw) { pages_.back().push_back(std::move(draw)); }

  [[nodiscard]] Layout MakeLayout(std::string const& text, TextStyle const& style, double width) const;
  [[nodiscard]] static double HeightOf(Layout const& layout);
  [[nodiscard]] static double WidthOf(Layout const& layout);
  void Put(Layout const& layout, Colour colour, double x, double top);
  // Lines from `y` on, over as many pages as they need; never one line alone at the foot of a page. `beside` draws what
  // belongs to each stretch (top, bottom), e.g. the bar of a quotation.
  void Flow(Layout const& layout, Colour colour, double x, std::function<void(double, double)> const& beside = {});
  // Lines `first`… that fit into `height`; returns the next line and the height used.
  std::pair<int, double> PutLines(Layout const& layout, Colour colour, double x, double top, int first, double height);
  void Line(double x1, double y1, double x2, double y2, Colour colour, double line_width = 0.5);
  void Box(double x, double top, double width, double height, Colour colour, double radius = 0);

  double y = kTop;

 private:
  char const* families_;
  double leading_;  // Latin fonts bring more space between lines of their own
  std::unique_ptr<PangoFontMap, Unref> fonts_;
  std::unique_ptr<PangoContext, Unref> context_;
  std::vector<std::vector<Draw>> pages_{1};
};

// For cairo: `to` is a std::string.
cairo_status_t AppendBytes(void* to, unsigned char const* data, unsigned length);
void SetColour(cairo_t* cairo, Colour colour);
[[nodiscard]] Colour Tint(Colour colour, double strength);  // mixed with white
void RoundedPath(cairo_t* cairo, double x, double y, double width, double height, double radius);
// Valid UTF-8 without control characters but newline and tab; both kinds of damage become U+FFFD.
[[nodiscard]] std::string Printable(std::string const& text);

struct PdfWriter::Impl {
  explicit Impl(PdfOptions with) : options(std::move(with)), canvas(options.language) {}

  // Rows of bars inside a box; used full width and beside a radar chart.
  [[nodiscard]] double BarHeight(PdfBar const& bar, double width) const;
  void DrawBar(PdfBar const& bar, double x, double top, double width);
  void DrawRadar(std::vector<PdfAxis> const& axes, double x, double top, double width, double height);

  PdfOptions options;
  PdfCanvas canvas;
  std::vector<OutlineEntry> outline{};
};

}  // namespace bole::documents
