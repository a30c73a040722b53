#include "platform/http/dispatcher.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/text.hpp"
#include "platform/http/compress.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/problem.hpp"

namespace bole::http {
namespace {

bool Consumes(MediaDoc const& media, std::string const& type) {
  for (auto const& pattern : media.consumes)
    if (pattern == type || pattern == "*/*" ||
        (pattern.ends_with("/*") && type.starts_with(pattern.substr(0, pattern.size() - 1))))
      return true;
  return media.consumes.empty();
}

std::string AllowHeader(std::vector<Method> const& methods) {
  std::string out;
  for (auto const method : methods) {
    if (!out.empty()) out += ", ";
    out += MethodName(method);
    if (method == Method::kGet) out += ", HEAD";
  }
  return out;
}

bool ChangesSomething(Method method) { return method != Method::kGet && method != Method::kHead; }

// Not a secret and not a signature: only tells apart two requests under one key of one person.
std::string Fingerprint(Request const& request) {
  std::string text = request.path;
  for (auto const& [name, value] : request.query) text += '\n' + name + '=' + value;
  auto const hash = std::hash<std::string_view>{};
  return std::to_string(hash(text)) + '-' + std::to_string(hash(request.body)) + '-' +
         std::to_string(request.body.size());
}

}  // namespace

Result<> CheckPermission(Principal const& who, std::string const& permission) {
  if (permission == "public" || who.kind == PrincipalKind::system) return {};
  if (permission == "candidate") {
    if (who.kind == PrincipalKind::candidate) return {};
    return Fail(ErrorCode::kUnauthenticated, "session.candidate_required");
  }
  if (permission == "person") {
    if (who.kind == PrincipalKind::person) return {};
    return Fail(ErrorCode::kUnauthenticated, "session.person_required");
  }
  if (who.kind == PrincipalKind::anonymous) return Fail(ErrorCode::kUnauthenticated, "session.required");
  if (who.kind == PrincipalKind::user) {
    if (permission == "signed_in") return {};
    for (auto const& one : Split(permission, '|'))
      if (who.Can(one)) return {};
  }
  return Fail(ErrorCode::kForbidden, "forbidden", {{"permission", permission}});
}

Dispatcher::Dispatcher(ServerContext const& context, RateLimits limits)
    : context_(context), limiter_(std::move(limits)), files_(context.sites) {
  AddOwnRoutes();
  all_ = context.routes.all();
  all_.insert(all_.end(), own_.all().begin(), own_.all().end());
  router_ = std::make_unique<Router>(all_);
}

void Dispatcher::AddOwnRoutes() {
  auto const add = [&](std::string pattern, Handler handler) {
    own_.Raw(Method::kGet, std::move(pattern), {.permission = "public", .rate_class = "platform"}, {},
             std::move(handler));
  };
  struct Document {
    std::once_flag once;
    std::string text;
  };
  auto const document = std::make_shared<Document>();  // made when first asked for: it does not slow the start
  add(context_.routes.prefix() + "/openapi.json", [this, document](Request const& request) -> Result<Response> {
    std::call_once(document->once, [&] { document->text = OpenApiText(context_.routes); });
    return JsonWithEtag(request, document->text);
  });
  add("/metrics", [this](Request const&) -> Result<Response> {
    return Response::Text(context_.metrics.Expose(), "text/plain; version=0.0.4; charset=utf-8");
  });
  add("/healthz", [](Request const&) -> Result<Response> { return Response::Text("ok\n"); });
  add("/readyz", [this](Request const&) -> Result<Response> {
    json::object checks;
    bool ready = true;
    for (auto const& item : context_.readiness.Run()) {
      checks[item.name] = item.ok ? "ok" : item.problem;
      ready = ready && item.ok;
    }
    return Response::Json(ToText(json::object{{"ready", ready}, {"checks", std::move(checks)}}), ready ? 200 : 503);
  });
}

Result<Dispatcher::Plan> Dispatcher::Prepare(Request& request, std::string_view text) const {
  request.locale = i18n::Negotiate(request.Header("x-bole-locale"), request.Header("accept-language"));
  auto target = ParseTarget(text);
  auto query = target ? ParseQuery(target->query) : std::nullopt;
  if (!target || !query) return Fail(ErrorCode::kInvalid, "request.malformed", {{"part", "address"}});
  request.path = std::move(target->path);
  request.query = std::move(*query);
  Plan plan;
  plan.max_body = kDefaultMaxBody;  // also without a route, so that the answer is 404 or 405
  plan.match = router_->Find(request.method, target->segments);
  plan.segments = std::move(target->segments);
  if (plan.match.route) {
    request.route = plan.match.route->pattern;
    request.path_params = plan.match.params;
    plan.max_body = plan.match.route->doc.max_body;
  } else if (!plan.match.allowed.empty()) {
    request.route = "method_not_allowed";
  } else if (plan.segments.front() == "api") {
    request.route = "unknown";
  } else {
    request.route = "pages";
  }
  return plan;
}

Dispatcher::Outcome Dispatcher::Refuse(Request const& request, Error const& error) const {
  Outcome out{Problem(error, request, context_.messages), error.key};
  Finish(request, out.response);
  return out;
}

void Dispatcher::TellRefusal(Request const& request, Error const& error) const {
  if (context_.logs.refused && error.code == ErrorCode::kForbidden && request.principal)
    context_.logs.refused(request, error);
}

Dispatcher::Outcome Dispatcher::Handle(Request& request, Plan const& plan) {
  try {
    auto result = Guarded(request, plan);
    if (!result) {
      TellRefusal(request, result.error());
      auto out = Refuse(request, result.error());
      if (!plan.match.allowed.empty()) out.response.Set("Allow", AllowHeader(plan.match.allowed));
      return out;
    }
    if (plan.match.route && result->status == 0) result->status = plan.match.route->doc.status;
    Finish(request, *result);
    return {std::move(*result), {}};
  } catch (std::exception const& error) {
    if (context_.logs.error) context_.logs.error(request.request_id, request.route, error.what());
  } catch (...) {
    if (context_.logs.error) context_.logs.error(request.request_id, request.route, "an exception of unknown type");
  }
  return Refuse(request, Error{ErrorCode::kInternal, "internal", {}, {}});
}

Result<Response> Dispatcher::Guarded(Request& request, Plan const& plan) {
  auto const* route = plan.match.route;
  if (!route) {
    if (!plan.match.allowed.empty())
      return Fail(ErrorCode::kInvalid, "request.method_not_allowed",
                  {{"method", std::string(MethodName(request.method))}, {"allowed", AllowHeader(plan.match.allowed)}});
    if (request.route == "unknown") return NotFound("route");
    if (ChangesSomething(request.method))
      return Fail(ErrorCode::kInvalid, "request.method_not_allowed",
                  {{"method", std::string(MethodName(request.method))}, {"allowed", "GET, HEAD"}});
    return files_.Serve(request, plan.segments);
  }
  if (!plan.admitted) BOLE_TRY(MayUse(request, *route));
  bool const once = context_.idempotency && request.method == Method::kPost && request.principal &&
                    !request.Header("idempotency-key").empty();
  return once ? RunOnce(request, *route) : Run(request, *route);
}

Result<> Dispatcher::Admit(Request& request, Plan& plan) {
  try {
    if (!plan.match.route) return {};
    auto may = MayUse(request, *plan.match.route);
    if (!may) TellRefusal(request, may.error());
    plan.admitted = may.has_value();
    return may;
  } catch (std::exception const& error) {
    if (context_.logs.error) context_.logs.error(request.request_id, request.route, error.what());
  } catch (...) {
    if (context_.logs.error) context_.logs.error(request.request_id, request.route, "an exception of unknown type");
  }
  return Fail(ErrorCode::kInternal, "internal");
}

Result<> Dispatcher::MayUse(Request& request, Route const& route) {
  auto const authenticated = Authenticate(request, route);
  if (auto const wait = limiter_.Take(route.doc.rate_class, request.remote_address, std::chrono::steady_clock::now());
      wait > 0)
    return Fail(ErrorCode::kTooMany, "request.rate", {{"retry_after_s", std::to_string(std::lround(std::ceil(wait)))}});
  // A browser adds cookies to forged requests, but never an Authorization header.
  bool const by_token = authenticated && request.principal && request.principal->by_token;
  if (ChangesSomething(request.method) && !by_token) {
    auto const client = request.Header("x-bole-client");
    if (client != "console" && client != "candidate") return Fail(ErrorCode::kForbidden, "csrf.missing_header");
  }
  if (!authenticated && route.doc.permission != "public") return tl::unexpected<Error>(authenticated.error());
  BOLE_TRY(CheckPermission(request.who(), route.doc.permission));
  if (request.who().read_only && ChangesSomething(request.method) && !route.doc.while_viewing)
    return Fail(ErrorCode::kForbidden, "view_as.read_only");
  if (!Consumes(route.media, request.ContentType()))
    return Fail(ErrorCode::kUnsupported, "request.content_type",
                {{"expected", route.media.consumes.front()}, {"got", request.ContentType()}});
  return {};
}

PrincipalKind Dispatcher::Asks(Route const& route) const {
  if (route.doc.permission == "person") return PrincipalKind::person;
  bool const candidate =
      route.doc.permission == "candidate" || route.pattern.starts_with(context_.routes.prefix() + "/candidate/");
  return candidate ? PrincipalKind::candidate : PrincipalKind::user;
}

Result<> Dispatcher::Authenticate(Request& request, Route const& route) const {
  auto const kind = Asks(route);
  Result<> out;
  for (auto const& authenticator : context_.authenticators) {
    auto principal = authenticator->Authenticate(request);
    if (!principal) {
      out = tl::unexpected<Error>(principal.error());
      continue;
    }
    if (!*principal || (*principal)->kind != kind) continue;
    request.principal = std::move(*principal);
    return {};
  }
  return out;
}

bool Dispatcher::StillAllowed(Request const& request, Plan const& plan) const {
  if (!plan.match.route || plan.match.route->doc.permission == "public") return true;
  Request again = request;
  again.principal.reset();
  if (!Authenticate(again, *plan.match.route)) return false;
  auto const &now = again.who(), &then = request.who();
  return CheckPermission(now, plan.match.route->doc.permission).has_value() && now.id == then.id &&
         std::is_permutation(now.grants.begin(), now.grants.end(), then.grants.begin(), then.grants.end());
}

Result<Response> Dispatcher::Run(Request const& request, Route const& route) const { return route.handler(request); }

Result<Response> Dispatcher::RunOnce(Request const& request, Route const& route) const {
  auto const& who = request.who();
  IdempotencyKey const key{std::string(boost::describe::enum_to_string(who.kind, "")) + ":" + who.id,
                           "POST " + route.pattern, std::string(request.Header("idempotency-key")),
                           Fingerprint(request)};
  if (key.key.size() > 100) return Fail(ErrorCode::kInvalid, "idempotency.bad_key");
  BOLE_ASSIGN(auto claim, context_.idempotency->Begin(key));
  using State = IdempotencyStore::State;
  if (claim.state == State::kBusy) return Fail(ErrorCode::kConflict, "idempotency.in_progress");
  if (claim.state == State::kMismatch) return Fail(ErrorCode::kInvalid, "idempotency.other_request");
  if (claim.state == State::kReplay && claim.response) {
    Response out{claim.response->status, claim.response->content_type, std::move(claim.response->body), {}, {}};
    out.Set("Idempotency-Replayed", "true");
    return out;
  }
  try {
    auto result = Run(request, route);
    if (!result && StatusOf(result.error()) >= 500) {
      context_.idempotency->Abandon(key);
      return result;
    }
    auto const answer = result ? *result : Problem(result.error(), request, context_.messages);
    auto const* body = std::get_if<std::string>(&answer.body);
    if (!body || !answer.cookies.empty()) {
      context_.idempotency->Abandon(key);
      return result;
    }
    int const status = answer.status == 0 ? route.doc.status : answer.status;
    auto const kept = context_.idempotency->Finish(key, {status, answer.content_type, *body});
    if (!kept &&
        context_.logs.error)  // the work is done: the client must hear of it even if a repeat cannot be answered
      context_.logs.error(request.request_id, request.route, "an idempotent answer was not kept: " + kept.error().key);
    return result;
  } catch (...) {
    context_.idempotency->Abandon(key);
    throw;
  }
}

void Dispatcher::Finish(Request const& request, Response& response) const {
  response.Set("X-Request-Id", request.request_id).Set("X-Content-Type-Options", "nosniff");
  if (response.Header("content-security-policy").empty())
    response.Set("Content-Security-Policy", "frame-ancestors 'self'").Set("Referrer-Policy", "same-origin");
  if (response.Header("cache-control").empty()) response.Set("Cache-Control", "no-store");
  if (request.secure) response.Set("Strict-Transport-Security", "max-age=31536000");
  Compress(request, response);
}

}  // namespace bole::http
