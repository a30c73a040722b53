#include "platform/app/serve_blob.hpp"

namespace bole {

http::Response ServeBlob(http::Request const& request, std::shared_ptr<blob::Reader> reader, std::uint64_t size,
                         std::string const& media_type, std::string const& etag) {
  auto source = http::MakeSource(size, [reader](std::uint64_t offset, std::size_t max) -> Result<std::string> {
    std::string out(max, '\0');
    BOLE_ASSIGN(auto const read, reader->ReadAt(offset, std::span(reinterpret_cast<std::uint8_t*>(out.data()), max)));
    out.resize(read);
    return out;
  });
  return http::ServeRange(request, std::move(source), media_type, etag, "private, max-age=3600");
}

}  // namespace bole
