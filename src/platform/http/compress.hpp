#pragma once
#include <string>
#include <string_view>

#include "platform/http/response.hpp"

namespace bole::http {

// Whether an Accept-Encoding header takes gzip ("gzip;q=0" does not).
[[nodiscard]] bool AcceptsGzip(std::string_view accept_encoding);
[[nodiscard]] std::string Gzip(std::string_view bytes);
// Packs a JSON or text body above 1 kB when the client takes it, and says so in the headers.
void Compress(Request const& request, Response& response);

}  // namespace bole::http
