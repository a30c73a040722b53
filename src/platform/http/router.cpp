#include "platform/http/router.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.hpp"

namespace bole::http {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Node> rest;  // always a leaf
  std::vector<Route const*> routes;
};

std::vector<std::string> PatternSegments(std::string_view pattern) { return Split(pattern.substr(1), '/'); }

Router::Router(std::vector<Route> const& routes) : root_(std::make_unique<Node>()) {
  for (auto const& route : routes) {
    Node* node = root_.get();
    for (auto const& segment : PatternSegments(route.pattern)) {
      auto& next = segment.ends_with("*}")    ? node->rest
                   : segment.starts_with('{') ? node->parameter
                                              : node->fixed[segment];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    node->routes.push_back(&route);
  }
}

Router::~Router() = default;

Router::Match Router::Find(Method method, std::vector<std::string> const& segments) const {
  Match out;
  std::vector<std::string const*> values;
  Walk(*root_, method, segments, 0, values, out);
  return out;
}

void Router::Walk(Node const& node, Method method, std::vector<std::string> const& segments, std::size_t at,
                  std::vector<std::string const*>& values, Match& out) {
  auto const accept = [&](Node const& leaf) {
    for (auto const* route : leaf.routes) {
      if (route->method != method && !(method == Method::kHead && route->method == Method::kGet)) {
        out.allowed.push_back(route->method);
        continue;
      }
      out.route = route;
      auto value = values.begin();
      for (auto const& segment : PatternSegments(route->pattern))
        if (segment.starts_with('{') && !segment.ends_with("*}"))
          out.params.emplace_back(segment.substr(1, segment.size() - 2), **value++);
      return;
    }
  };
  if (at == segments.size()) return accept(node);
  if (auto const found = node.fixed.find(segments[at]); found != node.fixed.end())
    Walk(*found->second, method, segments, at + 1, values, out);
  if (!out.route && node.parameter && !segments[at].empty()) {
    values.push_back(&segments[at]);
    Walk(*node.parameter, method, segments, at + 1, values, out);
    values.pop_back();
  }
  if (out.route || !node.rest) return;
  accept(*node.rest);
  if (!out.route) return;
  std::string tail;
  for (std::size_t i = at; i < segments.size(); ++i) tail += (i > at ? "/" : "") + segments[i];
  auto const name = PatternSegments(out.route->pattern).back();
  out.params.emplace_back(name.substr(1, name.size() - 3), std::move(tail));
}

}  // namespace bole::http
