#include "platform/http/compress.hpp"

#include <zlib.h>

#include <stdexcept>

#include "base/text.hpp"

namespace bole::http {
namespace {

constexpr std::size_t kWorthIt = 1024;
constexpr int kLevel = 4;  // most of the gain at a third of the time of 6

bool IsTextual(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("application/problem+json") ||
         type.starts_with("text/") || type.starts_with("image/svg");
}

}  // namespace

bool AcceptsGzip(std::string_view header) {
  while (!header.empty()) {
    auto const item = header.substr(0, header.find(','));
    header.remove_prefix(std::min(item.size() + 1, header.size()));
    auto const semicolon = item.find(';');
    auto const name = AsciiLower(Trim(item.substr(0, semicolon)));
    if (name != "gzip" && name != "*") continue;
    auto const parameters = semicolon == std::string_view::npos ? std::string_view() : Trim(item.substr(semicolon + 1));
    return !(parameters.starts_with("q=0") && parameters.find_first_of("123456789") == std::string_view::npos);
  }
  return false;
}

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib does not start");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  int const state = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("zlib stopped early");
  return out;
}

void Compress(Request const& request, Response& response) {
  auto* body = std::get_if<std::string>(&response.body);
  if (!body || body->size() <= kWorthIt || !IsTextual(response.content_type)) return;
  if (!response.Header("content-encoding").empty()) return;
  response.Set("Vary", "Accept-Encoding");
  if (!AcceptsGzip(request.Header("accept-encoding"))) return;
  *body = Gzip(*body);
  response.Set("Content-Encoding", "gzip");
  if (auto const etag = std::string(response.Header("etag")); etag.starts_with('"'))
    response.Set("ETag", "W/" + etag);  // other bytes than the plain answer
}

}  // namespace bole::http
