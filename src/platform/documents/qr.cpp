#include "platform/documents/qr.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <qrencode.h>

#include <cerrno>
#include <memory>

namespace bole::documents {
namespace {

constexpr int kQuiet = 4;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, FreeCode>;

Result<Code> Encode(std::string_view text) {
  if (text.empty()) return Fail(ErrorCode::kInvalid, "qr.empty");
  auto const size = static_cast<int>(std::min<std::size_t>(text.size(), 4096));
  Code code(QRcode_encodeData(size, reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return Fail(ErrorCode::kInvalid, "qr.too_long");
  return code;
}
bool Dark(QRcode const& code, int x, int y) { return (code.data[y * code.width + x] & 1U) != 0; }

// Calls draw(x, y, length) for each run of dark modules in a row.
template <class Draw>
void EachRun(QRcode const& code, Draw draw) {
  for (int y = 0; y < code.width; ++y)
    for (int x = 0; x < code.width; ++x) {
      auto const start = x;
      while (x < code.width && Dark(code, x, y)) ++x;
      if (x > start) draw(start + kQuiet, y + kQuiet, x - start);
    }
}

}  // namespace

Result<std::string> QrSvg(std::string_view text) {
  BOLE_ASSIGN(auto const code, Encode(text));
  auto const size = code->width + 2 * kQuiet;
  std::string path;
  EachRun(*code, [&](int x, int y, int length) { path += fmt::format("M{} {}h{}v1h-{}z", x, y, length, length); });
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\" role=\"img\">"
      "<path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path fill=\"#000\" d=\"{1}\"/></svg>",
      size, path);
}

Result<std::string> QrPng(std::string_view text, int pixels) {
  BOLE_ASSIGN(auto const code, Encode(text));
  auto const size = (code->width + 2 * kQuiet) * pixels;
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size), cairo_surface_destroy);
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(surface.get()), cairo_destroy);
  cairo_set_antialias(cairo.get(), CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_set_source_rgb(cairo.get(), 0, 0, 0);
  EachRun(*code, [&](int x, int y, int length) {
    cairo_rectangle(cairo.get(), x * pixels, y * pixels, length * pixels, pixels);
  });
  cairo_fill(cairo.get());
  cairo_surface_flush(surface.get());
  std::string png;
  auto const append = [](void* to, unsigned char const* data, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<char const*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  };
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS)
    return Fail(ErrorCode::kInternal, "qr.write_failed");
  return png;
}

}  // namespace bole::documents
