#pragma once
#include <array>
#include <concepts>
#include <type_traits>

#include "platform/http/route.hpp"
#include "platform/reflect/reflect.hpp"

namespace bole::http {

struct NoBody {};     // In: nothing is read
struct NoContent {};  // Out: 204; the handler may return Result<> as well

// An answer that also sets cookies, headers or another success status; a handler may return Result<Reply<Out>>.
template <class Out>
struct Reply {
  Out value{};
  std::vector<SetCookie> cookies{};
  Pairs headers{};
  int status = 0;  // 0 = the route's
};

namespace detail {

template <class T>
constexpr QueryField QueryFieldOf(char const* name) {
  using Kind = QueryField::Kind;
  if constexpr (kIsOptional<T>)
    return QueryFieldOf<typename T::value_type>(name);
  else if constexpr (kIsVector<T>)
    return {name, QueryFieldOf<typename T::value_type>(name).kind, true};
  else if constexpr (std::is_same_v<T, bool>)
    return {name, Kind::kBoolean};
  else if constexpr (std::is_integral_v<T>)
    return {name, Kind::kInteger};
  else if constexpr (std::is_floating_point_v<T>)
    return {name, Kind::kNumber};
  else
    return {name, Kind::kText};
}

template <class Q>
Result<Q> ReadQuery(Request const& request) {
  constexpr std::size_t kCount = boost::mp11::mp_size<Members<Q>>::value;
  std::array<QueryField, kCount> fields{};
  std::size_t next = 0;
  ForEachMember<Q>([&](auto d) {
    fields[next++] = QueryFieldOf<std::remove_cvref_t<decltype(std::declval<Q&>().*decltype(d)::pointer)>>(d.name);
  });
  BOLE_ASSIGN(auto const value, QueryToJson(request, fields));
  return FromJson<Q>(value);
}

template <class Out>
Response Answer(Out const& value) {
  if constexpr (std::is_same_v<Out, NoContent>)
    return Response{.status = 204};
  else
    return Response::Json(ToText(WriteJson(value)), 0);
}
template <class Out>
Response Answer(Reply<Out>& reply) {
  Response out = Answer(reply.value);
  if (reply.status != 0) out.status = reply.status;
  out.cookies = std::move(reply.cookies);
  out.headers.insert(out.headers.end(), reply.headers.begin(), reply.headers.end());
  return out;
}
template <class Out, class R>
Result<Response> Finish(R result) {
  static_assert(std::is_same_v<R, Result<Out>> || std::is_same_v<R, Result<Reply<Out>>> ||
                    (std::is_same_v<Out, NoContent> && std::is_same_v<R, Result<>>),
                "the handler returns Result<Out> or Result<Reply<Out>>");
  if (!result) return tl::unexpected<Error>(std::move(result).error());
  if constexpr (std::is_same_v<R, Result<>>)
    return Response{.status = 204};
  else
    return Answer(*result);
}

}  // namespace detail

// The table of routes. Filled once by the modules before the server starts, then read from all threads.
// Patterns start with "/" below `prefix`; {name} is one segment, {name*} the rest. A pattern or operation id
// registered twice is a bug (std::logic_error).
class Routes {
 public:
  explicit Routes(std::string prefix = "/api/v1") : prefix_(std::move(prefix)) {}

  // handler(Request const&) -> Result<Out>
  template <class Out, std::invocable<Request const&> F>
  void Get(std::string pattern, RouteDoc doc, F handler) {
    Typed<void, NoBody, Out>(Method::kGet, std::move(pattern), std::move(doc), std::move(handler));
  }
  // handler(Request const&, Query const&) -> Result<Out>
  template <class Query, class Out, std::invocable<Request const&, Query&> F>
  void Get(std::string pattern, RouteDoc doc, F handler) {
    Typed<Query, NoBody, Out>(Method::kGet, std::move(pattern), std::move(doc), std::move(handler));
  }
  // handler(Request const&, In const&) -> Result<Out>; without the second argument when In is NoBody.
  template <class In, class Out, class F>
  void Post(std::string pattern, RouteDoc doc, F handler) {
    Typed<void, In, Out>(Method::kPost, std::move(pattern), std::move(doc), std::move(handler));
  }
  template <class In, class Out, class F>
  void Put(std::string pattern, RouteDoc doc, F handler) {
    Typed<void, In, Out>(Method::kPut, std::move(pattern), std::move(doc), std::move(handler));
  }
  template <class In, class Out, class F>
  void Patch(std::string pattern, RouteDoc doc, F handler) {
    Typed<void, In, Out>(Method::kPatch, std::move(pattern), std::move(doc), std::move(handler));
  }
  template <class Out, class F>
  void Delete(std::string pattern, RouteDoc doc, F handler) {
    Typed<void, NoBody, Out>(Method::kDelete, std::move(pattern), std::move(doc), std::move(handler));
  }
  // Files, uploads, event streams: handler(Request const&) -> Result<Response>
  void Raw(Method method, std::string pattern, RouteDoc doc, MediaDoc media, Handler handler) {
    Add({method, std::move(pattern), std::move(doc), std::move(media), {}, {}, {}, std::move(handler)});
  }
  // handler(Request const&, Query const&) -> Result<Response>
  template <class Query, class F>
  void Raw(Method method, std::string pattern, RouteDoc doc, MediaDoc media, F handler) {
    Add({method,
         std::move(pattern),
         std::move(doc),
         std::move(media),
         QuerySchema<Query>(),
         {},
         {},
         [handler = std::move(handler)](Request const& request) -> Result<Response> {
           BOLE_ASSIGN(auto query, detail::ReadQuery<Query>(request));
           return handler(request, query);
         }});
  }
  void Add(Route route);  // the door for everything; prefixes the pattern

  [[nodiscard]] std::vector<Route> const& all() const { return routes_; }
  [[nodiscard]] std::string const& prefix() const { return prefix_; }

 private:
  template <class Query>
  static SchemaMaker QuerySchema() {
    return [](SchemaRegistry& registry) { return registry.Input<Query>(); };
  }
  template <class Query, class In, class Out, class F>
  void Typed(Method method, std::string pattern, RouteDoc doc, F handler);

  std::string prefix_;
  std::vector<Route> routes_;
};

template <class Query, class In, class Out, class F>
void Routes::Typed(Method method, std::string pattern, RouteDoc doc, F handler) {
  Route route{method, std::move(pattern), std::move(doc), {{}, {"application/json"}}};
  if constexpr (!std::is_void_v<Query>) route.query = QuerySchema<Query>();
  if constexpr (!std::is_same_v<In, NoBody>) {
    route.media.consumes = {"application/json"};
    route.input = [](SchemaRegistry& registry) { return registry.Input<In>(); };
  }
  if constexpr (std::is_same_v<Out, NoContent>)
    route.doc.status = 204, route.media.produces.clear();
  else
    route.output = [](SchemaRegistry& registry) { return registry.Output<Out>(); };
  route.handler = [handler = std::move(handler)](Request const& request) -> Result<Response> {
    if constexpr (!std::is_void_v<Query>) {
      BOLE_ASSIGN(auto query, detail::ReadQuery<Query>(request));
      return detail::Finish<Out>(handler(request, query));
    } else if constexpr (!std::is_same_v<In, NoBody>) {
      BOLE_ASSIGN(auto const value, JsonBody(request));
      BOLE_ASSIGN(auto input, FromJson<In>(value));
      return detail::Finish<Out>(handler(request, input));
    } else {
      return detail::Finish<Out>(handler(request));
    }
  };
  Add(std::move(route));
}

}  // namespace bole::http
