#pragma once
#include <cairo.h>

#include <string>

#include "base/result.hpp"

// Who took a file out, when, and where the evidence is, so faint that the content stays readable.
namespace bole::documents {

// Rows of `text` rising to the right over a paper of this size in points, text direction by Pango. Draw it first.
void DrawWatermark(cairo_t* cairo, std::string const& text, double width, double height);
// One tile as PNG for what repeats a picture behind its content. kInternal watermark.write_failed.
[[nodiscard]] Result<std::string> WatermarkTile(std::string const& text);

}  // namespace bole::documents
