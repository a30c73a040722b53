#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace bole::documents {

// A QR code of `text` (error correction M, quiet zone 4). Errors: kInvalid qr.empty, qr.too_long.
// SVG scales freely: viewBox in modules, no size of its own, black on white so that it scans in dark mode too.
[[nodiscard]] Result<std::string> QrSvg(std::string_view text);
[[nodiscard]] Result<std::string> QrPng(std::string_view text, int pixels_per_module = 8);

}  // namespace bole::documents
