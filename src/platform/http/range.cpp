#include <charconv>

#include "base/text.hpp"
#include "platform/http/response.hpp"

namespace bole::http {
namespace {

struct Range {
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};
enum class RangeKind { kNone, kOne, kUnsatisfiable };

std::optional<std::uint64_t> Number(std::string_view digits) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

// RFC 9110 §14.1.2. Anything malformed and several ranges are ignored, as the standard allows.
RangeKind ParseRange(std::string_view header, std::uint64_t size, Range& out) {
  if (!AsciiLower(header).starts_with("bytes=")) return RangeKind::kNone;
  auto const spec = Trim(header.substr(6));
  auto const dash = spec.find('-');
  if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) return RangeKind::kNone;
  auto const first = Number(spec.substr(0, dash));
  auto const last = Number(spec.substr(dash + 1));
  if (dash == 0) {  // the last n bytes
    if (!last) return RangeKind::kNone;
    if (*last == 0 || size == 0) return RangeKind::kUnsatisfiable;
    out.length = std::min(*last, size);
    out.first = size - out.length;
    return RangeKind::kOne;
  }
  if (!first || (!last && dash + 1 != spec.size()) || (last && *last < *first)) return RangeKind::kNone;
  if (*first >= size) return RangeKind::kUnsatisfiable;
  out.first = *first;
  out.length = last && *last < size ? *last - *first + 1 : size - *first;
  return RangeKind::kOne;
}

// If-None-Match compares weakly: W/"x" equals "x".
bool Matches(std::string_view header, std::string_view quoted) {
  if (Trim(header) == "*") return true;
  while (!header.empty()) {
    auto const item = header.substr(0, header.find(','));
    header.remove_prefix(std::min(item.size() + 1, header.size()));
    auto tag = Trim(item);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == quoted) return true;
  }
  return false;
}

}  // namespace

Response ServeRange(Request const& request, std::shared_ptr<BodySource> source, std::string content_type,
                    std::string const& etag, std::string cache_control) {
  auto const quoted = "\"" + etag + "\"";
  Response out;
  out.content_type = std::move(content_type);
  out.Set("ETag", quoted).Set("Cache-Control", std::move(cache_control)).Set("Accept-Ranges", "bytes");
  if (Matches(request.Header("if-none-match"), quoted)) {
    out.status = 304;
    return out;
  }
  auto const size = source->Size();
  Range range;
  auto kind = RangeKind::kNone;
  auto const if_range = Trim(request.Header("if-range"));
  if (size && request.method == Method::kGet && (if_range.empty() || if_range == quoted))
    kind = ParseRange(request.Header("range"), *size, range);
  if (kind == RangeKind::kUnsatisfiable) {
    out.status = 416;
    out.content_type.clear();
    out.Set("Content-Range", "bytes */" + std::to_string(*size));
  } else if (kind == RangeKind::kOne) {
    out.status = 206;
    out.Set("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                 std::to_string(range.first + range.length - 1) + "/" + std::to_string(*size));
    out.body = StreamBody{std::move(source), range.first, range.length};
  } else {
    out.body = StreamBody{std::move(source), 0, size};
  }
  return out;
}

Response JsonWithEtag(Request const& request, std::string body) {
  auto const quoted = "\"" + std::to_string(body.size()) + "-" + std::to_string(std::hash<std::string>{}(body)) + "\"";
  Response out = Response::Json(std::move(body));
  out.Set("ETag", quoted).Set("Cache-Control", "private, no-cache");
  if (!Matches(request.Header("if-none-match"), quoted)) return out;
  out.status = 304;
  out.body = std::string();
  return out;
}

}  // namespace bole::http
