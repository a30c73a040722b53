#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "platform/http/event_hub.hpp"
#include "platform/http/request.hpp"

namespace bole::http {

// Bytes that are not held in memory: a media file, an export. Read is called on worker threads, never at the same time
// twice for one response, with ascending offsets inside it.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // nullopt: unknown, the response is sent in chunks and cannot be ranged.
  [[nodiscard]] virtual std::optional<std::uint64_t> Size() const = 0;
  // Up to `max` bytes at `offset`; fewer only at the end, empty = end. An error cuts the connection.
  [[nodiscard]] virtual Result<std::string> Read(std::uint64_t offset, std::size_t max) = 0;
};
using ReadPiece = std::function<Result<std::string>(std::uint64_t offset, std::size_t max)>;
[[nodiscard]] std::shared_ptr<BodySource> MakeSource(std::optional<std::uint64_t> size, ReadPiece read);
[[nodiscard]] Result<std::shared_ptr<BodySource>> OpenFile(std::string const& path);

struct StreamBody {
  std::shared_ptr<BodySource> source;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length{};  // nullopt: to the end
};
using Body = std::variant<std::string, StreamBody, std::shared_ptr<EventSubscription>>;

// HttpOnly and SameSite=Strict; Secure when the request came over https.
struct SetCookie {
  std::string name;
  std::string value;  // empty clears the cookie
  std::chrono::seconds max_age{0};
  std::string path = "/";
  bool lax = false;  // SameSite=Lax: comes back when another site redirects to us
};

struct Response {
  int status = 200;
  std::string content_type{};
  Body body{};
  Pairs headers{};
  std::vector<SetCookie> cookies{};

  [[nodiscard]] static Response Text(std::string body, std::string content_type = "text/plain; charset=utf-8");
  [[nodiscard]] static Response Json(std::string body, int status = 200);
  // Server-Sent Events until the client leaves, the server stops or the subscriber is too slow.
  [[nodiscard]] static Response Events(std::shared_ptr<EventSubscription> subscription);
  // A file to save under `file_name` (any Unicode; RFC 6266).
  [[nodiscard]] static Response Download(std::string body, std::string content_type, std::string_view file_name);
  // The same for a response made otherwise, e.g. by ServeRange.
  Response& Attachment(std::string_view file_name);
  Response& Set(std::string name, std::string value);
  [[nodiscard]] std::string_view Header(std::string_view name) const;  // letter case ignored
};

// 200, 206, 304, 412-free subset of RFC 9110 §13–14 for a source of known size: one range (also suffix and open),
// If-Range and If-None-Match against the strong `etag` (without quotes). Several ranges answer 200 with everything, an
// unsatisfiable one 416. HEAD works by itself. Immutable media: pass cache_control "private, max-age=…".
[[nodiscard]] Response ServeRange(Request const& request, std::shared_ptr<BodySource> source, std::string content_type,
                                  std::string const& etag, std::string cache_control = "private, no-cache");

// JSON with a strong ETag over its bytes; 304 when the client has it. For big, rarely changing answers.
[[nodiscard]] Response JsonWithEtag(Request const& request, std::string body);

}  // namespace bole::http
