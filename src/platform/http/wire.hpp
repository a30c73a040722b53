#pragma once
#include <string>
#include <string_view>

#include "platform/http/response.hpp"

namespace bole::http {

// How the body of an answer ends on the wire.
enum class Framing { kLength, kChunked, kUntilClose, kNone };

struct HeadOptions {
  Framing framing = Framing::kLength;
  std::uint64_t length = 0;
  bool keep_alive = true;
  bool secure = false;
};
// The status line and headers with the closing empty line. Line breaks inside values are dropped: nothing a handler
// passes can start a new header.
[[nodiscard]] std::string SerializeHead(Response const& response, HeadOptions const& options);
[[nodiscard]] std::string_view StatusText(int status);
[[nodiscard]] std::string ChunkHead(std::size_t size);
[[nodiscard]] std::string EventText(Event const& event);

}  // namespace bole::http
