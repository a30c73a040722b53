#include <algorithm>
#include <cmath>
#include <numbers>

#include "platform/documents/pdf_canvas.hpp"

namespace bole::documents {
namespace {

constexpr double kLabelShare = 0.42, kValueWidth = 46, kTrack = 7, kRings = 5;

double Clamp(double share) { return std::clamp(share, 0.0, 1.0); }

// Diagonal strokes: "not measured" must not look like zero, on paper or on a grey printer.
void DrawHatch(cairo_t* cairo, double x, double y, double width, double height) {
  cairo_save(cairo);
  RoundedPath(cairo, x, y, width, height, height / 2);
  cairo_clip(cairo);
  SetColour(cairo, {0.70, 0.74, 0.79});
  cairo_set_line_width(cairo, 0.6);
  for (double at = x - height; at < x + width; at += 4) {
    cairo_move_to(cairo, at, y + height);
    cairo_line_to(cairo, at + height, y);
  }
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

struct Point {
  double x = 0, y = 0;
};

}  // namespace

double PdfWriter::Impl::BarHeight(PdfBar const& bar, double width) const {
  auto const label_width = width * kLabelShare - 8;
  auto height = PdfCanvas::HeightOf(canvas.MakeLayout(bar.label, {9.2}, label_width));
  if (!bar.note.empty()) height += PdfCanvas::HeightOf(canvas.MakeLayout(bar.note, {7.6}, label_width));
  return std::max(height, 14.0) + 7;
}

void PdfWriter::Impl::DrawBar(PdfBar const& bar, double x, double top, double width) {
  auto const label_width = width * kLabelShare - 8;
  auto const label = canvas.MakeLayout(bar.label, {9.2}, label_width);
  canvas.Put(label, palette::kInk, x, top);
  if (!bar.note.empty())
    canvas.Put(canvas.MakeLayout(bar.note, {7.6}, label_width), palette::kMuted, x, top + PdfCanvas::HeightOf(label));
  auto const track_x = x + width * kLabelShare;
  auto const track_width = width * (1 - kLabelShare) - kValueWidth;
  auto const track_top = top + 3.2;
  canvas.Box(track_x, track_top, track_width, kTrack, {0.91, 0.93, 0.95}, kTrack / 2);
  if (bar.share) {
    auto const length = std::max(Clamp(*bar.share) * track_width, *bar.share > 0 ? kTrack : 0.0);
    if (length > 0) canvas.Box(track_x, track_top, length, kTrack, bar.colour, kTrack / 2);
  } else {
    canvas.Add([=](cairo_t* cairo) { DrawHatch(cairo, track_x, track_top, track_width, kTrack); });
  }
  auto const value = canvas.MakeLayout(bar.value, {9.6, true, false, {}, PANGO_ALIGN_RIGHT}, kValueWidth - 6);
  canvas.Put(value, bar.share ? palette::kInk : palette::kMuted, track_x + track_width + 6, top - 0.4);
}

void PdfWriter::Impl::DrawRadar(std::vector<PdfAxis> const& axes, double x, double top, double width, double height) {
  auto const count = axes.size();
  constexpr double kLabelSize = 8;
  auto const label_width = std::min(84.0, width / 3);
  auto const radius = std::max(20.0, std::min(width / 2 - label_width * 0.66, height / 2 - 24));
  Point const centre{x + width / 2, top + height / 2};
  auto const at = [=](std::size_t axis, double share) {
    auto const angle =
        2 * std::numbers::pi * static_cast<double>(axis) / static_cast<double>(count) - std::numbers::pi / 2;
    return Point{centre.x + std::cos(angle) * radius * share, centre.y + std::sin(angle) * radius * share};
  };
  canvas.Add([=](cairo_t* cairo) {
    cairo_set_line_width(cairo, 0.5);
    for (int ring = static_cast<int>(kRings); ring >= 1; --ring) {
      for (std::size_t i = 0; i < count; ++i) {
        auto const p = at(i, ring / kRings);
        cairo_line_to(cairo, p.x, p.y);
      }
      cairo_close_path(cairo);
      SetColour(cairo, ring % 2 == 1 ? palette::kPaper : Colour{1, 1, 1});
      cairo_fill_preserve(cairo);
      SetColour(cairo, palette::kRule);
      cairo_stroke(cairo);
    }
    for (std::size_t i = 0; i < count; ++i) {
      auto const p = at(i, 1);
      double const dash[] = {2, 2};
      cairo_set_dash(cairo, dash, axes[i].share ? 0 : 2, 0);
      cairo_move_to(cairo, centre.x, centre.y);
      cairo_line_to(cairo, p.x, p.y);
      cairo_stroke(cairo);
    }
    cairo_set_dash(cairo, nullptr, 0, 0);
    // Axes without a value are left out of the outline instead of pulling it to the centre.
    for (std::size_t i = 0; i < count; ++i)
      if (axes[i].share) {
        auto const p = at(i, Clamp(*axes[i].share));
        cairo_line_to(cairo, p.x, p.y);
      }
    if (cairo_has_current_point(cairo) != 0) cairo_close_path(cairo);
    auto const accent = palette::kAccent;
    cairo_set_source_rgba(cairo, accent.red, accent.green, accent.blue, 0.16);
    cairo_fill_preserve(cairo);
    SetColour(cairo, accent);
    cairo_set_line_width(cairo, 1.4);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
    for (std::size_t i = 0; i < count; ++i)
      if (axes[i].share) {
        auto const p = at(i, Clamp(*axes[i].share));
        cairo_arc(cairo, p.x, p.y, 2, 0, 2 * std::numbers::pi);
        cairo_fill(cairo);
      }
  });
  for (std::size_t i = 0; i < count; ++i) {
    auto const p = at(i, 1 + 9 / radius);
    auto const side = (p.x - centre.x) / radius;
    auto const align = side > 0.2 ? PANGO_ALIGN_LEFT : side < -0.2 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER;
    auto const room = align == PANGO_ALIGN_LEFT ? x + width - p.x : align == PANGO_ALIGN_RIGHT ? p.x - x : label_width;
    auto const wrap_at = std::min(label_width, room);
    auto const layout = canvas.MakeLayout(axes[i].label, {kLabelSize, false, false, {}, align, 1.1}, wrap_at);
    auto const label_height = PdfCanvas::HeightOf(layout);
    auto const label_x = align == PANGO_ALIGN_LEFT    ? p.x
                         : align == PANGO_ALIGN_RIGHT ? p.x - wrap_at
                                                      : p.x - wrap_at / 2;
    auto const label_y =
        align == PANGO_ALIGN_CENTER ? (p.y < centre.y ? p.y - label_height + 3 : p.y - 3) : p.y - label_height / 2;
    canvas.Put(layout, axes[i].share ? palette::kInk : palette::kMuted, label_x, label_y);
  }
}

void PdfWriter::Bars(std::vector<PdfBar> const& bars) {
  auto& canvas = impl_->canvas;
  for (auto const& bar : bars) {
    auto const height = impl_->BarHeight(bar, PdfCanvas::width());
    canvas.Need(height);
    impl_->DrawBar(bar, PdfCanvas::left(), canvas.y, PdfCanvas::width());
    canvas.y += height;
  }
  canvas.y += 4;
}

void PdfWriter::Radar(std::vector<PdfAxis> const& axes) {
  if (axes.size() < 3) return;
  auto& canvas = impl_->canvas;
  constexpr double kHeight = 230;
  canvas.Need(kHeight);
  impl_->DrawRadar(axes, PdfCanvas::left(), canvas.y, PdfCanvas::width(), kHeight);
  canvas.y += kHeight + 6;
}

void PdfWriter::RadarWithBars(std::vector<PdfAxis> const& axes, std::vector<PdfBar> const& bars) {
  auto& canvas = impl_->canvas;
  constexpr double kGap = 14, kRadarShare = 0.45;
  auto const radar_width = PdfCanvas::width() * kRadarShare;
  auto const bars_width = PdfCanvas::width() - radar_width - kGap;
  double bars_height = 0;
  for (auto const& bar : bars) bars_height += impl_->BarHeight(bar, bars_width);
  auto const height = std::max(bars_height, 200.0);
  if (axes.size() < 3 || height > PdfCanvas::body_height() / 2) {
    Radar(axes);
    return Bars(bars);
  }
  canvas.Need(height);
  impl_->DrawRadar(axes, PdfCanvas::left(), canvas.y, radar_width, height);
  auto top = canvas.y + (height - bars_height) / 2;
  for (auto const& bar : bars) {
    impl_->DrawBar(bar, PdfCanvas::left() + radar_width + kGap, top, bars_width);
    top += impl_->BarHeight(bar, bars_width);
  }
  canvas.y += height + 8;
}

void PdfWriter::Verdict(PdfVerdict const& verdict) {
  auto& canvas = impl_->canvas;
  constexpr double kPad = 14, kNumberWidth = 104;
  auto const text_width = PdfCanvas::width() - kNumberWidth - 3 * kPad;
  auto const number = canvas.MakeLayout(verdict.number, {33, true, false, {}, PANGO_ALIGN_CENTER, 1.0}, kNumberWidth);
  auto const note = canvas.MakeLayout(verdict.number_note, {8, false, false, {}, PANGO_ALIGN_CENTER}, kNumberWidth);
  auto const band = canvas.MakeLayout(verdict.band, {10.5, true, false, {}, PANGO_ALIGN_LEFT, 1.0}, text_width - 24);
  auto const text = canvas.MakeLayout(verdict.text, {10, false, false, {}, PANGO_ALIGN_LEFT, 1.38}, text_width);
  auto const band_height = PdfCanvas::HeightOf(band) + 9;
  auto const left_height = PdfCanvas::HeightOf(number) + PdfCanvas::HeightOf(note);
  auto const right_height = band_height + (verdict.text.empty() ? 0 : 8 + PdfCanvas::HeightOf(text));
  auto const height = std::max(left_height, right_height) + 2 * kPad;
  canvas.Need(height);
  auto const x = PdfCanvas::left();
  auto const top = canvas.y;
  canvas.Box(x, top, PdfCanvas::width(), height, palette::kPaper, 5);
  canvas.Box(x, top, 4, height, verdict.colour, 0);
  auto const number_top = top + (height - left_height) / 2;
  canvas.Put(number, verdict.colour, x + kPad, number_top);
  canvas.Put(note, palette::kMuted, x + kPad, number_top + PdfCanvas::HeightOf(number));
  auto const text_x = x + kNumberWidth + 2 * kPad;
  auto const text_top = top + (height - right_height) / 2;
  canvas.Line(text_x - kPad / 2, top + kPad, text_x - kPad / 2, top + height - kPad, palette::kRule, 0.7);
  if (!verdict.band.empty()) {
    canvas.Box(text_x + 4, text_top, PdfCanvas::WidthOf(band) + 22, band_height, verdict.colour, 4);
    canvas.Put(band, {1, 1, 1}, text_x + 15, text_top + 4.5);
  }
  canvas.Put(text, palette::kInk, text_x + 4, text_top + band_height + 8);
  canvas.y += height + 12;
}

}  // namespace bole::documents
