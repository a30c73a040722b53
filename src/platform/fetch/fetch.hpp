#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

// One HTTP request to another server, whole answers in memory. Thread-safe; blocks up to the time limit.
namespace bole::fetch {

struct Fetch {
  std::string url;                                          // http or https; redirects are not followed
  std::vector<std::pair<std::string, std::string>> form{};  // when not empty: POST, application/x-www-form-urlencoded
  std::string basic_user{}, basic_password{};               // Authorization: Basic when the user is not empty
  int timeout_seconds = 10;
};
struct Fetched {
  int status = 0;
  std::string body;  // at most 1 MB
};
// kUnavailable fetch.failed {reason} when there is no answer; a status is an answer.
[[nodiscard]] Result<Fetched> Send(Fetch const& request);

// RFC 3986 unreserved characters stay.
[[nodiscard]] std::string PercentEncode(std::string_view text);
// "a=1&b=2"
[[nodiscard]] std::string FormEncode(std::vector<std::pair<std::string, std::string>> const& form);

}  // namespace bole::fetch
