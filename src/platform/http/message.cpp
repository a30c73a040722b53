#include "platform/http/message.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace bole::http {

Error Problem(ErrorCode code, std::string key, std::string param, std::string value) {
  Error out{code, std::move(key), {}, {}};
  if (!param.empty()) out.params[std::move(param)] = std::move(value);
  return out;
}

Error ParseError(boost::system::error_code const& failure) {
  using Http = boost::beast::http::error;
  if (failure == Http::header_limit) return Problem(ErrorCode::kInvalid, "request.header_too_large");
  if (failure == Http::body_limit) return Problem(ErrorCode::kTooLarge, "request.too_large");
  if (failure == Http::bad_version) return Problem(ErrorCode::kInvalid, "request.version");
  return Problem(ErrorCode::kInvalid, "request.malformed", "part", failure.message());
}

Error TooLarge(std::size_t limit) {
  return Problem(ErrorCode::kTooLarge, "request.too_large", "max_bytes", std::to_string(limit));
}

std::string_view TargetOf(Parser const& parser) {
  auto const target = parser.get().target();
  return {target.data(), target.size()};
}

std::optional<Error> FramingProblem(Parser const& parser) {
  using boost::beast::http::field;
  auto const& message = parser.get();
  auto const codings = message.count(field::transfer_encoding);
  if (codings == 0) return std::nullopt;
  auto const value = message[field::transfer_encoding];
  bool const understood = codings == 1 && message.version() >= 11 && message.count(field::content_length) == 0 &&
                          AsciiLower(Trim(std::string_view(value.data(), value.size()))) == "chunked";
  if (understood) return std::nullopt;
  return Problem(ErrorCode::kInvalid, "request.malformed", "part", "Transfer-Encoding");
}

void FillHead(Parser const& parser, Request& request) {
  auto const& message = parser.get();
  auto const view = [](boost::beast::string_view text) { return std::string_view(text.data(), text.size()); };
  request.method = ParseMethod(view(message.method_string()));
  for (auto const& field : message)
    request.headers.emplace_back(AsciiLower(view(field.name_string())), view(field.value()));
}

void TrustProxies(std::vector<std::string> const& proxies, Request& request) {
  auto const trusted = [&](std::string const& address) {
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
  };
  if (!trusted(request.remote_address)) return;
  request.secure = request.secure || AsciiLower(request.Header("x-forwarded-proto")) == "https";
  auto const hops = Split(request.Header("x-forwarded-for"), ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    std::string const address(Trim(*hop));
    if (address.empty()) return;
    request.remote_address = address;
    if (!trusted(address)) return;
  }
}

}  // namespace bole::http
