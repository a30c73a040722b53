#pragma once
// Private to the server: what Beast parsed, as our values.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "base/result.hpp"
#include "platform/http/request.hpp"

namespace bole::http {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

// Errors are named before they are awaited on: GCC 12 miscompiles braced temporaries inside co_await expressions.
[[nodiscard]] Error Problem(ErrorCode code, std::string key, std::string param = {}, std::string value = {});
[[nodiscard]] Error ParseError(boost::system::error_code const& failure);
[[nodiscard]] Error TooLarge(std::size_t limit);

[[nodiscard]] std::string_view TargetOf(Parser const& parser);
// Where the body ends must be read alike by everybody on the way: a transfer coding other than one "chunked", or one
// beside a length, is refused before another reader's second request can hide behind it (RFC 9112 §6.1).
[[nodiscard]] std::optional<Error> FramingProblem(Parser const& parser);
void FillHead(Parser const& parser, Request& request);  // method and headers
// Behind a named proxy the client is the last address of X-Forwarded-For that is no proxy itself.
void TrustProxies(std::vector<std::string> const& proxies, Request& request);

}  // namespace bole::http
