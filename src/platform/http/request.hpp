#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/i18n/locale.hpp"
#include "platform/security/principal.hpp"

namespace bole::http {

using i18n::Locale;

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOther };
[[nodiscard]] std::string_view MethodName(Method method);
[[nodiscard]] Method ParseMethod(std::string_view name);

using Pairs = std::vector<std::pair<std::string, std::string>>;

// One request, whole: the body is in memory (bounded by the route's limit). Immutable once the handler sees it.
// A plain struct, so that tests build one without a socket.
struct Request {
  Method method = Method::kGet;
  std::string path;     // percent-decoded
  Pairs path_params{};  // {name} of the pattern → decoded text
  Pairs query{};        // decoded, in order, names may repeat
  Pairs headers{};      // names in lower case
  std::string body{};
  std::string remote_address{};
  std::string request_id{};
  std::string route{};  // the pattern, e.g. /api/v1/jobs/{id}; for logs and metrics
  bool secure = false;  // came over https (also behind a trusted proxy)
  Locale locale = i18n::kDefaultLocale;
  std::shared_ptr<Principal const> principal{};  // null = nobody

  // Nobody is an anonymous Principal without grants.
  [[nodiscard]] Principal const& who() const;
  // A parameter of the route's own pattern; asking for another one is a bug (std::out_of_range).
  [[nodiscard]] std::string const& Param(std::string_view name) const;
  // Empty when absent. `name` in lower case for headers.
  [[nodiscard]] std::string_view Header(std::string_view name) const;
  [[nodiscard]] std::string_view Query(std::string_view name) const;
  [[nodiscard]] std::string_view Cookie(std::string_view name) const;
  // The media type without parameters, lower case: "application/json".
  [[nodiscard]] std::string ContentType() const;
};

}  // namespace bole::http
