#include "platform/documents/pdf_writer.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "platform/documents/pdf_canvas.hpp"
#include "platform/documents/watermark.hpp"

namespace bole::documents {
namespace {

std::size_t NumberAfter(std::string_view text, std::string_view key) {
  auto const at = text.rfind(key);
  std::size_t value = 0;
  if (at == std::string_view::npos) return 0;
  auto const* const begin = text.data() + at + key.size();
  std::from_chars(begin, text.data() + text.size(), value);
  return value;
}

// Cairo 1.16 cannot name the document's language, which screen readers need. An incremental update (ISO 32000-1, 7.5.6)
// replaces the catalogue; a file that looks different from what is expected stays as it is.
std::string AddLanguage(std::string pdf, std::string language) {
  std::erase_if(language, [](char c) {
    return !(c == '-' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
  });
  auto const trailer_at = pdf.rfind("trailer");
  if (trailer_at == std::string::npos || language.empty()) return pdf;
  auto const trailer = std::string_view(pdf).substr(trailer_at);
  auto const root = NumberAfter(trailer, "/Root ");
  auto const info = NumberAfter(trailer, "/Info ");
  auto const size = NumberAfter(trailer, "/Size ");
  auto const previous = NumberAfter(trailer, "startxref\n");
  auto const object_at = pdf.find(fmt::format("\n{} 0 obj\n<<", root));
  auto const object_end = object_at == std::string::npos ? object_at : pdf.find("endobj", object_at);
  if (root == 0 || info == 0 || size == 0 || previous == 0 || object_end == std::string::npos) return pdf;
  auto const open = pdf.find("<<", object_at) + 2;
  auto const offset = pdf.size();
  auto const rest = pdf.substr(open, object_end - open);
  pdf += fmt::format("{} 0 obj\n<< /Lang ({}) /ViewerPreferences << /DisplayDocTitle true >>{}endobj\n", root, language,
                     rest);
  auto const table = pdf.size();
  pdf += fmt::format(
      "xref\n{} 1\n{:010} 00000 n \ntrailer\n<< /Size {} /Root {} 0 R /Info {} 0 R /Prev {} >>\nstartxref\n{}\n%%EOF\n",
      root, offset, size, root, info, previous, table);
  return pdf;
}

void AddOutline(cairo_surface_t* surface, std::vector<OutlineEntry> const& outline) {
  std::array<int, 4> parents{CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT,
                             CAIRO_PDF_OUTLINE_ROOT};
  for (auto const& entry : outline) {
    auto const level = static_cast<std::size_t>(entry.level);
    auto const target = fmt::format("page={} pos=[{:.0f} {:.0f}]", entry.page, PdfCanvas::left(), entry.y);
    auto const id = cairo_pdf_surface_add_outline(surface, parents[level - 1], entry.text.c_str(), target.c_str(),
                                                  CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (auto deeper = level; deeper < parents.size(); ++deeper) parents[deeper] = id;
  }
}

// Header and footer of one page, drawn last because only now the number of pages is known.
void DrawFrame(PdfOptions const& options, PdfCanvas const& canvas, cairo_t* cairo, int page) {
  auto const left = PdfCanvas::left();
  auto const half = PdfCanvas::width() * 0.62;
  auto const other = PdfCanvas::width() - half;
  auto const put = [&](std::string const& text, PangoAlignment align, double x, double y, double width) {
    if (text.empty()) return;
    auto const layout = canvas.MakeLayout(text, {7.8, false, false, {}, align, 1.0}, width);
    pango_layout_set_height(layout.get(), -1);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    SetColour(cairo, palette::kMuted);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout.get());
  };
  auto const rule = [&](double y) {
    SetColour(cairo, palette::kRule);
    cairo_set_line_width(cairo, 0.5);
    cairo_move_to(cairo, left, y);
    cairo_line_to(cairo, left + PdfCanvas::width(), y);
    cairo_stroke(cairo);
  };
  if (!options.header_left.empty() || !options.header_right.empty()) {
    put(options.header_left, PANGO_ALIGN_LEFT, left, 34, half);
    put(options.header_right, PANGO_ALIGN_RIGHT, left + half, 34, other);
    rule(49);
  }
  auto number = ReplaceAll(options.page_format, "{page}", std::to_string(page));
  number = ReplaceAll(std::move(number), "{pages}", std::to_string(canvas.pages()));
  rule(PdfCanvas::kHeight - 46);
  put(options.footer_left, PANGO_ALIGN_LEFT, left, PdfCanvas::kHeight - 40, half);
  put(number, PANGO_ALIGN_RIGHT, left + half, PdfCanvas::kHeight - 40, other);
}

}  // namespace

PdfWriter::PdfWriter(PdfOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
PdfWriter::~PdfWriter() = default;

int PdfWriter::pages() const { return impl_->canvas.pages(); }

Result<std::string> PdfWriter::Finish() {
  auto const& options = impl_->options;
  auto const& canvas = impl_->canvas;
  std::string out;
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_pdf_surface_create_for_stream(&AppendBytes, &out, PdfCanvas::kWidth, PdfCanvas::kHeight),
      cairo_surface_destroy);
  auto const describe = [&](cairo_pdf_metadata_t key, std::string const& text) {
    if (!text.empty()) cairo_pdf_surface_set_metadata(surface.get(), key, Printable(text).c_str());
  };
  describe(CAIRO_PDF_METADATA_TITLE, options.title);
  describe(CAIRO_PDF_METADATA_AUTHOR, options.author);
  describe(CAIRO_PDF_METADATA_SUBJECT, options.subject);
  describe(CAIRO_PDF_METADATA_CREATOR, "Bole");
  describe(CAIRO_PDF_METADATA_CREATE_DATE,
           FormatInstant(std::chrono::floor<std::chrono::seconds>(options.created)).substr(0, 19) + "Z");
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(surface.get()), cairo_destroy);
  for (int page = 1; page <= canvas.pages(); ++page) {
    DrawWatermark(cairo.get(), options.watermark, PdfCanvas::kWidth, PdfCanvas::kHeight);
    for (auto const& draw : canvas.steps()[static_cast<std::size_t>(page - 1)]) {
      cairo_new_path(cairo.get());
      draw(cairo.get());
    }
    DrawFrame(options, canvas, cairo.get(), page);
    cairo_show_page(cairo.get());
  }
  AddOutline(surface.get(), impl_->outline);
  auto const drawn = cairo_status(cairo.get());
  cairo.reset();
  cairo_surface_finish(surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return Fail(ErrorCode::kInternal, "pdf.write_failed");
  return AddLanguage(std::move(out), options.language);
}

}  // namespace bole::documents
