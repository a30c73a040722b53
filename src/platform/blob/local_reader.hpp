#pragma once
#include <memory>

#include "platform/blob/local_blob.hpp"

namespace bole::blob {

// Keeps the last record decrypted: a demuxer reads 32 KiB at a time.
[[nodiscard]] std::unique_ptr<Reader> MakeLocalReader(std::shared_ptr<LocalBlob> blob);

}  // namespace bole::blob
