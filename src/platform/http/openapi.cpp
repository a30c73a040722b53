#include "platform/http/openapi.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "platform/http/router.hpp"

namespace bole::http {
namespace {

json::object Reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

json::object Sorted(json::object const& in) {
  std::map<std::string, json::value> order;
  for (auto const& entry : in) order.emplace(entry.key(), entry.value());
  json::object out;
  for (auto& [name, value] : order) out[name] = std::move(value);
  return out;
}

json::object Content(std::vector<std::string> const& types, json::object const& schema) {
  json::object out;
  for (auto const& type : types) out[type] = json::object{{"schema", schema}};
  return out;
}

// Path parameters from the pattern, query parameters from the members of the query struct.
json::array Parameters(Route const& route) {
  json::array out;
  for (auto const& segment : PatternSegments(route.pattern)) {
    if (!segment.starts_with('{')) continue;
    auto const name = segment.substr(1, segment.find_first_of("*}") - 1);
    out.push_back(
        json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", json::object{{"type", "string"}}}});
  }
  if (!route.query) return out;
  SchemaRegistry scratch;
  route.query(scratch);
  for (auto const& component : scratch.Components()) {
    auto const& schema = component.value().as_object();
    auto const* required = schema.if_contains("required");
    for (auto const& property : schema.at("properties").as_object()) {
      auto member = property.value().as_object();
      json::object parameter{{"name", property.key()}, {"in", "query"}};
      if (auto const* doc = member.if_contains("description")) {
        parameter["description"] = *doc;
        member.erase("description");
      }
      bool const needed = required && std::any_of(required->as_array().begin(), required->as_array().end(),
                                                  [&](auto const& name) { return name == property.key(); });
      parameter["required"] = needed;
      parameter["schema"] = std::move(member);
      out.push_back(std::move(parameter));
    }
  }
  return out;
}

json::array Security(std::string const& permission) {
  if (permission == "public") return {};
  auto const* session = permission == "candidate" ? "candidate_session"
                        : permission == "person"  ? "person_session"
                                                  : "staff_session";
  return {json::object{{session, json::array{}}}};
}

// What a route may answer besides success, from what it reads and who may ask. `default` would allow anything, so that
// neither a client nor a test could tell a promise from an accident. 500 is never promised.
std::set<int> Refusals(Route const& route, std::string_view prefix) {
  bool const changes = route.method != Method::kGet;
  auto const path = std::string_view(route.pattern).substr(prefix.size());
  bool const by_link = path.starts_with("/candidate/") || path.starts_with("/person/");  // unknown, over, withdrawn
  bool const reads = route.query || route.input || !route.media.consumes.empty();
  bool const names = reads || route.pattern.find('{') != std::string::npos;
  bool const document = !changes && !route.output;  // made of something that may not be there yet, or be too much
  std::set<int> out{400, 429, 431, 503};
  if (route.doc.permission != "public" || changes) out.insert({401, 403});
  if (names || by_link) out.insert(404);
  if (by_link) out.insert(410);
  if (changes || document || by_link) out.insert(409);
  if (names || changes) out.insert(422);
  if (changes || document) out.insert(413);
  if (!route.media.consumes.empty()) out.insert({415, 507});
  return out;
}

json::object Operation(Route const& route, std::string_view prefix, SchemaRegistry& schemas) {
  json::object out{{"operationId", route.doc.operation_id}, {"summary", route.doc.summary}};
  if (!route.doc.tag.empty()) out["tags"] = json::array{json::value(route.doc.tag)};
  auto const& permission = route.doc.permission;
  out["x-permission"] = permission;
  out["security"] = Security(permission);
  auto parameters = Parameters(route);
  if (route.method != Method::kGet) parameters.push_back(Reference("parameters", "Client"));
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  json::object const bytes{{"type", "string"}, {"format", "binary"}};
  if (route.input || !route.media.consumes.empty()) {
    auto const schema = route.input ? route.input(schemas) : bytes;
    out["requestBody"] = json::object{{"required", true}, {"content", Content(route.media.consumes, schema)}};
  }
  json::object success{{"description", route.doc.status == 204 ? "Done; no content" : "Success"}};
  if (route.output)
    success["content"] = Content({"application/json"}, route.output(schemas));
  else if (route.media.produces == std::vector<std::string>{"application/json"})
    success["content"] = Content(route.media.produces, {});  // JSON of a shape that the route does not tell
  else if (!route.media.produces.empty())
    success["content"] = Content(route.media.produces, bytes);
  json::object responses;
  bool const ranges = std::any_of(route.media.produces.begin(), route.media.produces.end(),
                                  [](auto const& type) { return type.starts_with("video/"); });
  if (ranges) {
    responses["206"] = success;
    responses["304"] = json::object{{"description", "The client has it"}};
    responses["416"] = json::object{{"description", "No such range"}};
  }
  responses[std::to_string(route.doc.status)] = std::move(success);
  for (int const status : Refusals(route, prefix))
    responses[std::to_string(status)] = Reference("responses", "Problem");
  out["responses"] = Sorted(responses);
  return out;
}

json::object Cookie(std::string_view name, std::string_view description) {
  return {{"type", "apiKey"}, {"in", "cookie"}, {"name", name}, {"description", description}};
}

json::object ProblemSchema() {
  json::object const text{{"type", "string"}};
  json::object const field{{"type", "object"},
                           {"required", {"pointer", "code", "message"}},
                           {"properties", {{"pointer", text}, {"code", text}, {"message", text}}}};
  return {{"type", "object"},
          {"required", {"type", "title", "status", "code", "detail", "errors", "request_id", "params"}},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"code", {{"type", "string"}, {"description", "Stable key, such as invitation.expired"}}},
            {"detail", text},
            {"errors", {{"type", "array"}, {"items", field}}},
            {"request_id", text},
            {"params", {{"type", "object"}, {"additionalProperties", text}}}}}};
}

}  // namespace

std::string OperationId(Method method, std::string_view pattern) {
  std::string out = AsciiLower(MethodName(method));
  for (auto const& segment : PatternSegments(pattern)) {
    out += segment.starts_with('{') ? "_by_" : "_";
    for (char const c : segment)
      if (c != '{' && c != '}' && c != '*') out.push_back(c == '-' || c == '.' ? '_' : c);
  }
  return out;
}

json::object OpenApi(Routes const& routes) {
  SchemaRegistry schemas;
  json::object paths;
  for (auto const& route : routes.all()) {
    auto const path = ReplaceAll(route.pattern, "*}", "}");
    auto& item = paths[path];
    if (!item.is_object()) item = json::object{};
    item.get_object()[AsciiLower(MethodName(route.method))] = Operation(route, routes.prefix(), schemas);
  }
  auto components = schemas.Components();
  components["Problem"] = ProblemSchema();
  json::object const client{{"name", "X-Bole-Client"},
                            {"in", "header"},
                            {"required", true},
                            {"description", "Guards against forged requests of other sites"},
                            {"schema", {{"type", "string"}, {"enum", {"console", "candidate"}}}}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Bole"},
            {"version", "1"},
            {"description", "Interviews from plan to report. Errors are RFC 9457 problems with stable codes."}}},
          {"servers", json::array{json::object{{"url", "/"}}}},
          {"paths", Sorted(paths)},
          {"components",
           {{"schemas", Sorted(components)},
            {"parameters", {{"Client", client}}},
            {"responses",
             {{"Problem",
               {{"description", "What went wrong and what to do next, in the language of the request"},
                {"content", {{"application/problem+json", {{"schema", Reference("schemas", "Problem")}}}}}}}}},
            {"securitySchemes",
             {{"staff_session", Cookie("bole_session", "Of a signed-in user")},
              {"candidate_session", Cookie("bole_candidate", "Of an identified candidate")},
              {"person_session", Cookie("bole_person", "Of somebody who opened the link to his data")}}}}}};
}

std::string OpenApiText(Routes const& routes) { return ToText(OpenApi(routes), true) + "\n"; }

}  // namespace bole::http
