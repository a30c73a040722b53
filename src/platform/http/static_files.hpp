#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "platform/http/server.hpp"

namespace bole::http {

// The built pages. Never leaves the two folders: segments that point elsewhere (.., symbolic links, hidden files) are
// not found. /assets/ carry a hash in their name and are cached for a year; everything else is asked for again (ETag).
class StaticFiles {
 public:
  explicit StaticFiles(StaticSites sites);
  // `segments` of the decoded path. Errors: not_found, page.not_built.
  [[nodiscard]] Result<Response> Serve(Request const& request, std::vector<std::string> const& segments) const;

 private:
  [[nodiscard]] static Result<Response> File(Request const& request, std::filesystem::path const& root,
                                             std::filesystem::path const& relative, bool asset);
  std::filesystem::path console_;
  std::filesystem::path candidate_;
};

// Headers that keep the browser strict; `invitation` pages hide their address from every other site.
void AddPageHeaders(Response& response, bool invitation);

}  // namespace bole::http
