#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "platform/http/response.hpp"
#include "platform/reflect/schema.hpp"

namespace bole::http {

inline constexpr std::size_t kDefaultMaxBody = 1024 * 1024;

// What a route promises besides its types. Use designated initialisers:
//   routes.Get<JobView>("/jobs/{id}", {.permission = "job.read", .tag = "jobs", .summary = "One job"}, handler)
struct RouteDoc {
  // "public", "signed_in" (a staff user), "candidate", "person", or a permission that the user holds somewhere
  // ("job.read"; one of several: "question.write|plan.write"); which, and where, is the service's question (Scope).
  std::string permission{};
  std::string tag{};
  std::string summary{};
  int status = 200;                    // of success; NoContent answers 204 by itself
  std::string operation_id{};          // default: from method and pattern, get_jobs_by_id
  std::string rate_class = "default";  // see RateLimits
  std::size_t max_body = kDefaultMaxBody;
  bool while_viewing = false;  // a change that somebody who looks as another person may make (ending that)
};

// Media types of a Raw route. `consumes` is enforced (415); "image/*" matches; empty = no body is read.
struct MediaDoc {
  std::vector<std::string> consumes{};
  std::vector<std::string> produces{"application/octet-stream"};
};

// How the members of a query struct are read from text.
struct QueryField {
  std::string_view name;
  enum class Kind { kText, kInteger, kNumber, kBoolean } kind = Kind::kText;
  bool list = false;  // repeated or comma separated
};

using Handler = std::function<Result<Response>(Request const&)>;
using SchemaMaker = std::function<json::object(SchemaRegistry&)>;

// A route without its C++ types.
struct Route {
  Method method = Method::kGet;
  std::string pattern{};  // with prefix: /api/v1/jobs/{id}
  RouteDoc doc{};
  MediaDoc media{};
  SchemaMaker query{};   // properties of the query struct; empty = none
  SchemaMaker input{};   // JSON body
  SchemaMaker output{};  // JSON answer
  Handler handler{};
};

// Reads and checks: the body of a JSON route (415, json.* errors), a query string (unknown names refused).
[[nodiscard]] Result<json::value> JsonBody(Request const& request);
[[nodiscard]] Result<json::value> QueryToJson(Request const& request, std::span<QueryField const> fields);

}  // namespace bole::http
