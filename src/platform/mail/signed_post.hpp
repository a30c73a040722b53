#pragma once
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace bole::mail {

struct SignedPost {
  std::string url, secret;
  int timeout_seconds = 10;
};
struct PostAnswer {
  long status = 0;
  long retry_after = 0;  // seconds; 0: not said
};
// One POST of a JSON body with X-Bole-Timestamp (seconds), X-Bole-Nonce and X-Bole-Signature:
// sha256=<hex HMAC-SHA-256 of "<timestamp>.<nonce>.<body>">. No redirects. Blocks up to the time limit.
// kUnavailable `error_key` {reason} when no answer came.
[[nodiscard]] Result<PostAnswer> PostSigned(SignedPost const& target, std::string const& body, Clock const& clock,
                                            char const* error_key);

}  // namespace bole::mail
