#include "platform/http/static_files.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"
#include "platform/http/compress.hpp"

namespace bole::http {
namespace {

namespace fs = std::filesystem;
using std::string_view_literals::operator""sv;

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".mp3", "audio/mpeg"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".txt", "text/plain; charset=utf-8"},
    {".pdf", "application/pdf"},
}};

std::string_view TypeOf(fs::path const& file) {
  auto const extension = AsciiLower(file.extension().string());
  auto const found = std::find_if(kTypes.begin(), kTypes.end(), [&](auto const& t) { return t.first == extension; });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

bool IsSafe(std::string const& segment) {
  return !segment.empty() && segment.front() != '.' && segment.find_first_of("/\\:\0"sv) == std::string::npos;
}

fs::path Canonical(fs::path const& folder) {
  std::error_code error;
  auto out = folder.empty() ? fs::path() : fs::canonical(folder, error);
  return error ? fs::path() : out;
}

}  // namespace

StaticFiles::StaticFiles(StaticSites sites)
    : console_(std::move(sites.console)), candidate_(std::move(sites.candidate)) {}

Result<Response> StaticFiles::Serve(Request const& request, std::vector<std::string> const& segments) const {
  bool const own_data = segments.front() == "my" && (segments.size() == 1 || segments[1].empty());
  bool const invitation = own_data || (segments.front() == "i" && segments.size() > 1);
  bool const candidate = segments.front() == "candidate" && segments.size() > 1;
  auto const root = Canonical(invitation || candidate ? candidate_ : console_);
  if (root.empty()) return Fail(ErrorCode::kNotFound, "page.not_built");
  auto const answer = [&](fs::path const& relative, bool asset) -> Result<Response> {
    auto out = File(request, root, relative, asset);
    if (out) AddPageHeaders(*out, invitation || candidate);
    return out;
  };
  if (invitation) return answer("index.html", false);
  fs::path relative;
  bool asset = false;
  for (auto it = segments.begin() + (candidate ? 1 : 0); it != segments.end(); ++it) {
    if (it->empty() && it + 1 == segments.end()) break;  // a trailing slash
    if (!IsSafe(*it)) return NotFound("page");
    asset = asset || *it == "assets";
    relative /= *it;
  }
  if (relative.empty()) return answer("index.html", false);
  auto out = answer(relative, asset);
  // Pages of the single-page applications have no file; files have an extension.
  if (!out && !relative.has_extension()) return answer("index.html", false);
  return out;
}

Result<Response> StaticFiles::File(Request const& request, fs::path const& root, fs::path const& relative, bool asset) {
  std::error_code error;
  auto const file = fs::canonical(root / relative, error);
  auto const inside = std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first == root.end();
  if (error || !inside) return NotFound("page");
  auto packed = file;
  packed += ".gz";
  bool const gzip = AcceptsGzip(request.Header("accept-encoding")) && fs::is_regular_file(packed, error);
  auto const& path = gzip ? packed : file;
  BOLE_ASSIGN(auto source, OpenFile(path.string()));
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return NotFound("page");
  auto const etag = fmt::format("{:x}-{:x}{:x}", info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  auto out = ServeRange(request, std::move(source), std::string(TypeOf(file)), gzip ? etag + "-gz" : etag,
                        asset ? "public, max-age=31536000, immutable" : "no-cache");
  out.Set("Vary", "Accept-Encoding");
  if (gzip && out.status != 416) out.Set("Content-Encoding", "gzip");
  return out;
}

void AddPageHeaders(Response& response, bool invitation) {
  response.Set(
      "Content-Security-Policy",
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
      "media-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
      "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'");
  response.Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()");
  response.Set("Referrer-Policy", invitation ? "no-referrer" : "same-origin");
  response.Set("Cross-Origin-Opener-Policy", "same-origin");
}

}  // namespace bole::http
