#include "platform/documents/watermark.hpp"

#include <numbers>

#include "platform/documents/pdf_canvas.hpp"

namespace bole::documents {
namespace {

constexpr double kAngle = -std::numbers::pi / 9;
constexpr double kGrey = 0.86;
constexpr double kSize = 11;        // points
constexpr double kBetween = 190;    // rows
constexpr double kLineWidth = 460;  // longer texts break
constexpr int kTileWidth = 560, kTileHeight = 260;

Layout LineOf(std::string const& text) { return PdfCanvas("zh-CN").MakeLayout(text, {.size = kSize}, kLineWidth); }

void Put(cairo_t* cairo, Layout const& layout, double x, double y) {
  cairo_save(cairo);
  cairo_translate(cairo, x, y);
  cairo_rotate(cairo, kAngle);
  cairo_set_source_rgb(cairo, kGrey, kGrey, kGrey);
  cairo_move_to(cairo, 0, 0);
  pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
}

}  // namespace

void DrawWatermark(cairo_t* cairo, std::string const& text, double width, double height) {
  if (text.empty()) return;
  auto const layout = LineOf(text);
  for (double y = kBetween; y < height + kBetween; y += kBetween) Put(cairo, layout, width * 0.14, y);
}

Result<std::string> WatermarkTile(std::string const& text) {
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> const surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kTileWidth, kTileHeight), cairo_surface_destroy);
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> const cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  Put(cairo.get(), LineOf(text), 40, kTileHeight - 50);
  std::string out;
  if (cairo_surface_write_to_png_stream(surface.get(), &AppendBytes, &out) != CAIRO_STATUS_SUCCESS)
    return Fail(ErrorCode::kInternal, "watermark.write_failed");
  return out;
}

}  // namespace bole::documents
