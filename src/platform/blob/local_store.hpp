#pragma once
#include <filesystem>
#include <memory>

#include "platform/blob/blob_store.hpp"
#include "platform/blob/file_system.hpp"
#include "platform/crypto/key_ring.hpp"

namespace bole::blob {

struct LocalStoreOptions {
  std::filesystem::path root;  // made when missing; its parent must exist
  std::size_t max_piece_bytes = 8 * 1024 * 1024;
  std::size_t max_cached_blobs = 1024;  // open files and record indexes kept beyond those in use
};

// BlobStore on a local directory: <root>/<2 hex of SHA-256(id)>/<id>. One process at a time per root.
[[nodiscard]] Result<std::unique_ptr<BlobStore>> MakeLocalStore(LocalStoreOptions options, FileSystem& files,
                                                                std::shared_ptr<crypto::KeyRing const> keys);

}  // namespace bole::blob
