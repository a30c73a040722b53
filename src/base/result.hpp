#pragma once
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace bole {

// What went wrong, neutral of protocol. http/problem.cpp is the only place that maps it to a status.
enum class ErrorCode {
  kInvalid,          // 422: the input breaks a rule; `fields` says which
  kUnauthenticated,  // 401
  kForbidden,        // 403
  kNotFound,         // 404: missing, or outside the caller's scope
  kConflict,         // 409: stale version, duplicate, wrong state
  kGone,             // 410: expired or withdrawn
  kTooLarge,         // 413
  kUnsupported,      // 415
  kTooMany,          // 429
  kUnavailable,      // 503: retry later
  kStorageFull,      // 507
  kInternal,         // 500
};

// One broken field: RFC 6901 pointer into the input and a stable code, shown as message `field.<code>`.
struct FieldError {
  std::string pointer;
  std::string code;
  std::map<std::string, std::string> params{};
  friend bool operator==(FieldError const&, FieldError const&) = default;
};

// `key` is the stable code that clients see and the message key `error.<key>` in share/locales.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string key;
  std::vector<FieldError> fields{};
  std::map<std::string, std::string> params{};
};

template <class T = void>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> Fail(ErrorCode code, std::string key,
                                                std::map<std::string, std::string> params = {}) {
  return tl::unexpected<Error>(Error{code, std::move(key), {}, std::move(params)});
}
[[nodiscard]] inline tl::unexpected<Error> FailFields(std::vector<FieldError> fields) {
  return tl::unexpected<Error>(Error{ErrorCode::kInvalid, "invalid", std::move(fields), {}});
}
[[nodiscard]] inline tl::unexpected<Error> FailField(std::string pointer, std::string code,
                                                     std::map<std::string, std::string> params = {}) {
  return FailFields({FieldError{std::move(pointer), std::move(code), std::move(params)}});
}
[[nodiscard]] inline tl::unexpected<Error> NotFound(std::string what) {
  return Fail(ErrorCode::kNotFound, "not_found", {{"what", std::move(what)}});
}

}  // namespace bole

// Returns the error of a Result from the enclosing function, or goes on.
#define BOLE_TRY(expression)                                                      \
  do {                                                                            \
    if (auto bole_try_result = (expression); !bole_try_result)                    \
      return ::tl::unexpected<::bole::Error>(std::move(bole_try_result).error()); \
  } while (false)
#define BOLE_CONCAT_(a, b) a##b
#define BOLE_CONCAT(a, b) BOLE_CONCAT_(a, b)
#define BOLE_ASSIGN_IMPL(result, declaration, expression)                         \
  auto result = (expression);                                                     \
  if (!result) return ::tl::unexpected<::bole::Error>(std::move(result).error()); \
  declaration = *std::move(result)
// BOLE_ASSIGN(auto x, F()): declares x from a Result or returns its error.
#define BOLE_ASSIGN(declaration, expression) \
  BOLE_ASSIGN_IMPL(BOLE_CONCAT(bole_result_, __LINE__), declaration, expression)
