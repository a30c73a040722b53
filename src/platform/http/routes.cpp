#include "platform/http/routes.hpp"

#include <stdexcept>

#include "platform/http/openapi.hpp"

namespace bole::http {

void Routes::Add(Route route) {
  if (!route.pattern.starts_with('/')) throw std::logic_error("a pattern starts with /: " + route.pattern);
  if (!route.handler) throw std::logic_error("a route without handler: " + route.pattern);
  if (route.doc.permission.empty()) throw std::logic_error("a route states its permission: " + route.pattern);
  if (route.doc.operation_id.empty()) route.doc.operation_id = OperationId(route.method, route.pattern);
  route.pattern = prefix_ + route.pattern;
  for (auto const& other : routes_) {
    if (other.method == route.method && other.pattern == route.pattern)
      throw std::logic_error("a route registered twice: " + route.pattern);
    if (other.doc.operation_id == route.doc.operation_id)
      throw std::logic_error("an operation id used twice: " + route.doc.operation_id);
  }
  routes_.push_back(std::move(route));
}

}  // namespace bole::http
