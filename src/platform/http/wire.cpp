#include "platform/http/wire.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace bole::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 30> kStatuses{{{200, "OK"},
                                                                      {201, "Created"},
                                                                      {202, "Accepted"},
                                                                      {204, "No Content"},
                                                                      {206, "Partial Content"},
                                                                      {301, "Moved Permanently"},
                                                                      {302, "Found"},
                                                                      {303, "See Other"},
                                                                      {304, "Not Modified"},
                                                                      {307, "Temporary Redirect"},
                                                                      {308, "Permanent Redirect"},
                                                                      {400, "Bad Request"},
                                                                      {401, "Unauthorized"},
                                                                      {403, "Forbidden"},
                                                                      {404, "Not Found"},
                                                                      {405, "Method Not Allowed"},
                                                                      {408, "Request Timeout"},
                                                                      {409, "Conflict"},
                                                                      {410, "Gone"},
                                                                      {413, "Content Too Large"},
                                                                      {415, "Unsupported Media Type"},
                                                                      {416, "Range Not Satisfiable"},
                                                                      {422, "Unprocessable Content"},
                                                                      {429, "Too Many Requests"},
                                                                      {431, "Request Header Fields Too Large"},
                                                                      {500, "Internal Server Error"},
                                                                      {502, "Bad Gateway"},
                                                                      {503, "Service Unavailable"},
                                                                      {505, "HTTP Version Not Supported"},
                                                                      {507, "Insufficient Storage"}}};

void AppendHeader(std::string& out, std::string_view name, std::string_view value) {
  auto const put = [&](std::string_view text) {
    for (char const c : text)
      if (c != '\r' && c != '\n' && c != '\0') out.push_back(c);
  };
  put(name);
  out += ": ";
  put(value);
  out += "\r\n";
}

std::string const& DateNow() {
  thread_local std::time_t last = 0;
  thread_local std::string text;
  auto const now = std::time(nullptr);
  if (now != last || text.empty()) {
    last = now;
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
  }
  return text;
}

std::string CookieText(SetCookie const& cookie, bool secure) {
  auto const age = cookie.value.empty() ? 0 : cookie.max_age.count();
  auto out = fmt::format("{}={}; Path={}; HttpOnly; SameSite={}", cookie.name, cookie.value, cookie.path,
                         cookie.lax ? "Lax" : "Strict");
  if (cookie.value.empty() || age > 0) out += fmt::format("; Max-Age={}", age);
  if (secure) out += "; Secure";
  return out;
}

}  // namespace

std::string_view StatusText(int status) {
  auto const found =
      std::find_if(kStatuses.begin(), kStatuses.end(), [&](auto const& entry) { return entry.first == status; });
  return found == kStatuses.end() ? "Unknown" : found->second;
}

std::string SerializeHead(Response const& response, HeadOptions const& options) {
  std::string out;
  out.reserve(512);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                 StatusText(response.status), DateNow());
  if (!response.content_type.empty()) AppendHeader(out, "Content-Type", response.content_type);
  if (options.framing == Framing::kLength)
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", options.length);
  if (options.framing == Framing::kChunked) out += "Transfer-Encoding: chunked\r\n";
  for (auto const& [name, value] : response.headers) AppendHeader(out, name, value);
  for (auto const& cookie : response.cookies) AppendHeader(out, "Set-Cookie", CookieText(cookie, options.secure));
  if (!options.keep_alive) out += "Connection: close\r\n";
  out += "\r\n";
  return out;
}

std::string ChunkHead(std::size_t size) { return fmt::format("{:x}\r\n", size); }

std::string EventText(Event const& event) {
  std::string out = "event: " + event.name + "\n";
  for (std::string_view rest = event.data;;) {
    auto const end = rest.find('\n');
    out.append("data: ").append(rest.substr(0, end)).push_back('\n');
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  out.push_back('\n');
  return out;
}

}  // namespace bole::http
