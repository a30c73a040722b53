#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace bole::media {

enum class PictureFormat { png, jpeg, gif, webp };

struct PictureSize {
  int width = 0, height = 0;
};

// Decodes the (first) picture of a file. kInvalid "picture.broken": damaged, cut off, or of more than `max_pixels`.
[[nodiscard]] Result<PictureSize> CheckPicture(PictureFormat format, std::string_view bytes, std::int64_t max_pixels);

}  // namespace bole::media
