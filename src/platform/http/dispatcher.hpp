#pragma once
#include <memory>
#include <string>

#include "platform/http/rate_limiter.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"
#include "platform/http/static_files.hpp"
#include "platform/http/url.hpp"

namespace bole::http {

// Everything between a parsed request and its response, without sockets. Thread-safe.
class Dispatcher {
 public:
  // What the head of a request means, decided before its body is read.
  struct Plan {
    Router::Match match{};
    std::vector<std::string> segments{};
    std::size_t max_body = 0;
    bool admitted = false;  // Admit has said yes
  };
  struct Outcome {
    Response response;
    std::string error_key{};
  };

  Dispatcher(ServerContext const& context, RateLimits limits);

  // Routes the target and fills path, parameters, query, route and locale of `request`.
  [[nodiscard]] Result<Plan> Prepare(Request& request, std::string_view target) const;
  // Whether the sender may use the route at all: before a large body is read, so that nobody else sends one. Fills the
  // principal of `request`. Never throws.
  [[nodiscard]] Result<> Admit(Request& request, Plan& plan);
  // Runs all middleware and the handler. Never throws.
  [[nodiscard]] Outcome Handle(Request& request, Plan const& plan);
  [[nodiscard]] Outcome Refuse(Request const& request, Error const& error) const;
  // Whether whoever sent `request` may still use its route, with the same grants as then: for answers without an end.
  [[nodiscard]] bool StillAllowed(Request const& request, Plan const& plan) const;

 private:
  void TellRefusal(Request const& request, Error const& error) const;
  [[nodiscard]] Result<> MayUse(Request& request, Route const& route);
  [[nodiscard]] Result<Response> Guarded(Request& request, Plan const& plan);
  // Staff, a candidate and a person may be signed in side by side in one browser (preview): the route decides whom it
  // asks.
  [[nodiscard]] PrincipalKind Asks(Route const& route) const;
  [[nodiscard]] Result<> Authenticate(Request& request, Route const& route) const;
  [[nodiscard]] Result<Response> Run(Request const& request, Route const& route) const;
  [[nodiscard]] Result<Response> RunOnce(Request const& request, Route const& route) const;
  void Finish(Request const& request, Response& response) const;
  void AddOwnRoutes();

  ServerContext const& context_;
  Routes own_{""};
  std::vector<Route> all_;
  std::unique_ptr<Router> router_;
  RateLimiter limiter_;
  StaticFiles files_;
};

// 401 or 403 when `who` may not use a route with this permission.
[[nodiscard]] Result<> CheckPermission(Principal const& who, std::string const& permission);

}  // namespace bole::http
