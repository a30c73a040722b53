#include "platform/documents/pdf_canvas.hpp"

#include <algorithm>
#include <numbers>

#include "base/text.hpp"

namespace bole::documents {
namespace {

// The first family that is installed draws; the later ones fill missing characters. Latin text first asks a Latin
// family, because quotation marks of Chinese fonts are as wide as a Han character.
constexpr char kHanFirst[] = "Noto Sans CJK SC, WenQuanYi Micro Hei, Open Sans, DejaVu Sans";
constexpr char kLatinFirst[] = "Open Sans, Noto Sans, Noto Sans CJK SC, WenQuanYi Micro Hei, DejaVu Sans";

double ToPoints(int pango_units) { return pango_units / static_cast<double>(PANGO_SCALE); }

struct LineBox {
  double top = 0, baseline = 0, height = 0, x = 0;
};
LineBox BoxOf(PangoLayoutIter* iter) {
  PangoRectangle logical;
  pango_layout_iter_get_line_extents(iter, nullptr, &logical);
  int top = 0;
  int bottom = 0;
  pango_layout_iter_get_line_yrange(iter, &top, &bottom);
  return {ToPoints(top), ToPoints(pango_layout_iter_get_baseline(iter)), ToPoints(bottom - top), ToPoints(logical.x)};
}
std::vector<LineBox> BoxesOf(Layout const& layout) {
  std::vector<LineBox> boxes;
  std::unique_ptr<PangoLayoutIter, void (*)(PangoLayoutIter*)> iter(pango_layout_get_iter(layout.get()),
                                                                    pango_layout_iter_free);
  do boxes.push_back(BoxOf(iter.get()));
  while (pango_layout_iter_next_line(iter.get()));
  return boxes;
}

}  // namespace

PdfCanvas::PdfCanvas(std::string const& language)
    : families_(language.starts_with("zh") ? kHanFirst : kLatinFirst),
      leading_(language.starts_with("zh") ? 1.0 : 0.88),
      fonts_(pango_cairo_font_map_new()),
      context_(pango_font_map_create_context(fonts_.get())) {
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts_.get()), 72);
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
}

void PdfCanvas::NewPage() {
  pages_.emplace_back();
  y = kTop;
}
void PdfCanvas::Need(double height) {
  if (height > remaining() && !at_top()) NewPage();
}

Layout PdfCanvas::MakeLayout(std::string const& text, TextStyle const& style, double width) const {
  Layout layout(pango_layout_new(context_.get()), Unref());
  std::unique_ptr<PangoFontDescription, void (*)(PangoFontDescription*)> font(pango_font_description_new(),
                                                                              pango_font_description_free);
  pango_font_description_set_family_static(font.get(), families_);
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style(font.get(), style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), style.align);
  pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.line_height * leading_));
  auto const clean = Printable(text);
  pango_layout_set_text(layout.get(), clean.data(), static_cast<int>(clean.size()));
  return layout;
}

double PdfCanvas::HeightOf(Layout const& layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return ToPoints(logical.height);
}
double PdfCanvas::WidthOf(Layout const& layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return ToPoints(logical.width);
}

void PdfCanvas::Put(Layout const& layout, Colour colour, double x, double top) {
  Add([=](cairo_t* cairo) {
    SetColour(cairo, colour);
    cairo_move_to(cairo, x, top);
    pango_cairo_show_layout(cairo, layout.get());
  });
}

std::pair<int, double> PdfCanvas::PutLines(Layout const& layout, Colour colour, double x, double top, int first,
                                           double height) {
  auto const boxes = BoxesOf(layout);
  auto const begin = static_cast<std::size_t>(first);
  auto next = begin;
  double used = 0;
  for (; next < boxes.size(); ++next) {
    auto const bottom = boxes[next].top + boxes[next].height - boxes[begin].top;
    if (bottom > height + 0.01) break;
    used = bottom;
    Add([=, box = boxes[next], offset = boxes[begin].top, index = static_cast<int>(next)](cairo_t* cairo) {
      SetColour(cairo, colour);
      cairo_move_to(cairo, x + box.x, top + box.baseline - offset);
      pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout.get(), index));
    });
  }
  return {static_cast<int>(next), used};
}

void PdfCanvas::Flow(Layout const& layout, Colour colour, double x, std::function<void(double, double)> const& beside) {
  auto const boxes = BoxesOf(layout);
  auto const count = static_cast<int>(boxes.size());
  auto const pair_height = boxes[0].height * std::min(count, 2);
  for (int line = 0; line < count;) {
    Need(count - line == 1 ? boxes[static_cast<std::size_t>(line)].height : pair_height);
    auto const [next, used] = PutLines(layout, colour, x, y, line, remaining());
    if (next == line) return;  // a line higher than a page cannot be shown
    if (beside) beside(y, y + used);
    y += used;
    line = next;
  }
}

void PdfCanvas::Line(double x1, double y1, double x2, double y2, Colour colour, double line_width) {
  Add([=](cairo_t* cairo) {
    SetColour(cairo, colour);
    cairo_set_line_width(cairo, line_width);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
  });
}
void PdfCanvas::Box(double x, double top, double width, double height, Colour colour, double radius) {
  Add([=](cairo_t* cairo) {
    SetColour(cairo, colour);
    RoundedPath(cairo, x, top, width, height, radius);
    cairo_fill(cairo);
  });
}

cairo_status_t AppendBytes(void* to, unsigned char const* data, unsigned length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void SetColour(cairo_t* cairo, Colour colour) { cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue); }
Colour Tint(Colour colour, double strength) {
  auto const mix = [&](double part) { return 1 - (1 - part) * strength; };
  return {mix(colour.red), mix(colour.green), mix(colour.blue)};
}
void RoundedPath(cairo_t* cairo, double x, double y, double width, double height, double radius) {
  auto const r = std::min({radius, width / 2, height / 2});
  if (r <= 0) return cairo_rectangle(cairo, x, y, width, height);
  constexpr double kQuarter = std::numbers::pi / 2;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, x + width - r, y + r, r, -kQuarter, 0);
  cairo_arc(cairo, x + width - r, y + height - r, r, 0, kQuarter);
  cairo_arc(cairo, x + r, y + height - r, r, kQuarter, 2 * kQuarter);
  cairo_arc(cairo, x + r, y + r, r, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(cairo);
}

std::string Printable(std::string const& text) {
  if (IsValidUtf8(text) && !HasControlCharacters(text)) return text;
  auto points = DecodeUtf8(ReplaceAll(text, "\r\n", "\n"));
  for (auto& point : points)
    if ((point < 0x20 && point != U'\n' && point != U'\t') || point == 0x7F) point = 0xFFFD;
  return EncodeUtf8(points);
}

}  // namespace bole::documents
