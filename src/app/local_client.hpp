#pragma once
#include <map>
#include <string>

#include "platform/http/routes.hpp"

namespace bole::app {

// Calls routes of this process without a socket, as a given person: for commands that must go the way a client goes.
// Permissions of the route are checked as the server checks them. Not thread-safe.
class LocalClient {
 public:
  explicit LocalClient(http::Routes const& routes) : routes_(routes) {}

  struct Call {
    http::Method method = http::Method::kGet;
    std::string pattern;  // as registered below /api/v1: "/jobs/{id}"
    std::map<std::string, std::string> params{};
    std::string body{}, content_type = "application/json";
    http::Pairs headers{};
  };
  // The body of a successful answer.
  Result<std::string> Send(Principal const& who, Call const& call) const;
  template <class Out, class In>
  Result<Out> Post(Principal const& who, std::string const& pattern, std::map<std::string, std::string> params,
                   In const& input, http::Pairs headers = {}) const {
    BOLE_ASSIGN(auto const body, Send(who, {http::Method::kPost, pattern, std::move(params), ToJsonText(input),
                                            "application/json", std::move(headers)}));
    return FromJsonText<Out>(body);
  }

 private:
  http::Routes const& routes_;
};

}  // namespace bole::app
