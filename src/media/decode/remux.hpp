#pragma once
#include <cstddef>
#include <vector>

#include "base/result.hpp"
#include "media/decode/byte_source.hpp"

namespace bole::media {

// The runs of one recorder as a single file that a browser can seek in: packets are copied, not coded anew, later parts
// follow the earlier ones, duration and index are written. The container stays webm or mp4, as the first part is.
// Sources are finished and seekable; parts with other codecs than the first are left out. kInvalid "media.broken" when
// nothing can be read. Holds the result in memory (an answer of 15 minutes at 500 kbit/s is 56 MB).
[[nodiscard]] Result<std::vector<std::byte>> RemuxSeekable(std::vector<ByteSource*> const& parts);

}  // namespace bole::media
