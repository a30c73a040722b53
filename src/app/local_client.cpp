#include "app/local_client.hpp"

#include <algorithm>

#include "platform/http/dispatcher.hpp"

namespace bole::app {

Result<std::string> LocalClient::Send(Principal const& who, Call const& call) const {
  auto const& all = routes_.all();
  auto const route = std::find_if(all.begin(), all.end(), [&](auto const& r) {
    return r.method == call.method && r.pattern == routes_.prefix() + call.pattern;
  });
  if (route == all.end()) return NotFound("route");
  BOLE_TRY(http::CheckPermission(who, route->doc.permission));
  http::Request request;
  request.method = call.method;
  request.path = request.route = route->pattern;
  request.path_params.assign(call.params.begin(), call.params.end());
  request.headers = call.headers;
  request.headers.emplace_back("content-type", call.content_type);
  request.body = call.body;
  request.request_id = "local";
  request.principal = std::make_shared<Principal const>(who);
  BOLE_ASSIGN(auto response, route->handler(request));
  auto* text = std::get_if<std::string>(&response.body);
  return text ? std::move(*text) : std::string();
}

}  // namespace bole::app
