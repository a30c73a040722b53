#pragma once
#include <memory>
#include <string>

#include "platform/blob/blob_store.hpp"
#include "platform/http/response.hpp"

namespace bole {

// The first `size` bytes of a blob as a response that can be read in ranges. `etag` names this content for ever.
[[nodiscard]] http::Response ServeBlob(http::Request const& request, std::shared_ptr<blob::Reader> reader,
                                       std::uint64_t size, std::string const& media_type, std::string const& etag);

}  // namespace bole
