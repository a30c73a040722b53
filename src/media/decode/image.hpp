#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace bole::media {

// Packed pixels, three bytes each (blue, green, red), rows without padding.
struct BgrImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  [[nodiscard]] std::size_t RowBytes() const { return static_cast<std::size_t>(width) * 3; }
};

// A JPEG picture, scaled down to at most `max_width`. Errors: kInvalid "picture.broken", kTooLarge "picture.too_large".
[[nodiscard]] Result<BgrImage> DecodeJpeg(std::span<std::byte const> bytes, int max_width = 640);

}  // namespace bole::media
