#include "platform/blob/blob_store.hpp"

namespace bole::blob {

Result<std::string> ReadAll(BlobStore& store, std::string const& id, std::uint64_t limit) {
  BOLE_ASSIGN(auto reader, store.Open(id));
  auto const size = reader->state().size;
  if (size > limit) return Fail(ErrorCode::kTooLarge, "blob.too_large", {{"limit", std::to_string(limit)}});
  std::string out(size, '\0');
  BOLE_ASSIGN(auto const count, reader->ReadAt(0, {reinterpret_cast<std::uint8_t*>(out.data()), out.size()}));
  out.resize(count);
  return out;
}

}  // namespace bole::blob
