#include "platform/http/problem.hpp"

#include <array>
#include <utility>

#include "platform/reflect/json.hpp"

namespace bole::http {
namespace {

// Errors of the protocol itself, finer than ErrorCode.
constexpr std::array<std::pair<std::string_view, int>, 7> kProtocol{{
    {"json.malformed", 400},
    {"json.too_deep", 400},
    {"request.malformed", 400},
    {"request.method_not_allowed", 405},
    {"request.timeout", 408},
    {"request.header_too_large", 431},
    {"request.version", 505},
}};

int StatusOfCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid:
      return 422;
    case ErrorCode::kUnauthenticated:
      return 401;
    case ErrorCode::kForbidden:
      return 403;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kConflict:
      return 409;
    case ErrorCode::kGone:
      return 410;
    case ErrorCode::kTooLarge:
      return 413;
    case ErrorCode::kUnsupported:
      return 415;
    case ErrorCode::kTooMany:
      return 429;
    case ErrorCode::kUnavailable:
      return 503;
    case ErrorCode::kStorageFull:
      return 507;
    case ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

}  // namespace

int StatusOf(Error const& error) {
  for (auto const& [key, status] : kProtocol)
    if (error.key == key) return status;
  return StatusOfCode(error.code);
}

Response Problem(Error const& error, Request const& request, i18n::Messages const& messages) {
  int const status = StatusOf(error);
  auto texts = error.params;
  if (auto const what = texts.find("what"); what != texts.end())  // NotFound("job") reads "岗位", not "job"
    if (auto const key = "what." + what->second; messages.Has(request.locale, key))
      what->second = messages.Text(request.locale, key);

  json::object params;
  for (auto const& [name, value] : error.params) params[name] = value;
  json::array fields;
  for (auto const& field : error.fields) {
    json::object item{{"pointer", field.pointer}, {"code", field.code}};
    item["message"] = messages.Text(request.locale, "field." + field.code, field.params);
    fields.push_back(std::move(item));
  }
  json::object body{{"type", "about:blank"},
                    {"title", messages.Text(request.locale, "title." + std::to_string(status))},
                    {"status", status},
                    {"code", error.key},
                    {"detail", messages.Text(request.locale, "error." + error.key, texts)},
                    {"errors", std::move(fields)},
                    {"request_id", request.request_id},
                    {"params", std::move(params)}};
  Response out{status, "application/problem+json", ToText(body), {}, {}};
  out.Set("Content-Language", std::string(i18n::LocaleName(request.locale)));
  if (status == 429 || status == 503) {
    auto const seconds = error.params.find("retry_after_s");
    out.Set("Retry-After", seconds == error.params.end() ? "2" : seconds->second);
  }
  return out;
}

}  // namespace bole::http
