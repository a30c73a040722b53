#pragma once
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

// The few HTTP calls of the engines that may be services (embeddings, transcription). Errors: kUnavailable
// "engine.service" with the status in params; never the key or the body. Retries twice on 429, 5xx and broken
// connections with growing pauses.
namespace bole::media {

[[nodiscard]] Result<std::string> PostJson(std::string const& url, std::string const& bearer, std::string const& body,
                                           int timeout_seconds);

struct FormFile {
  std::string field, file_name, mime_type, bytes;
};
[[nodiscard]] Result<std::string> PostForm(std::string const& url, std::string const& bearer,
                                           std::vector<std::pair<std::string, std::string>> const& fields,
                                           FormFile const& file, int timeout_seconds, std::stop_token const& stop = {});

}  // namespace bole::media
