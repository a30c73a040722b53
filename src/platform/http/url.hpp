#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.hpp"

namespace bole::http {

// %XX decoding (in a query also + as space). nullopt: a broken escape, a NUL or bytes that are not UTF-8.
[[nodiscard]] std::optional<std::string> PercentDecode(std::string_view text, bool query = false);
[[nodiscard]] std::string PercentEncode(std::string_view text);  // everything but unreserved characters
[[nodiscard]] std::optional<Pairs> ParseQuery(std::string_view query);

// The path of a request target (origin or absolute form), split at "/" and then decoded; nullopt when it is broken.
struct Target {
  std::string path;                   // decoded, for people
  std::vector<std::string> segments;  // "/a/b%2Fc" → a, b/c; a trailing slash gives a last empty one
  std::string_view query;             // raw
};
[[nodiscard]] std::optional<Target> ParseTarget(std::string_view target);

}  // namespace bole::http
