#pragma once
#include <memory>
#include <string>
#include <vector>

#include "platform/http/routes.hpp"

namespace bole::http {

// Finds the route of a path: a trie by segment, in which fixed text is preferred over {name}, and {name} over {name*}.
// HEAD is answered by the GET route. Immutable after construction; refers to the routes given.
class Router {
 public:
  struct Match {
    Route const* route = nullptr;  // null: nothing here, or not by this method
    Pairs params{};
    std::vector<Method> allowed{};  // other methods of the path, when route is null
  };

  explicit Router(std::vector<Route> const& routes);
  ~Router();
  [[nodiscard]] Match Find(Method method, std::vector<std::string> const& segments) const;

 private:
  struct Node;
  static void Walk(Node const& node, Method method, std::vector<std::string> const& segments, std::size_t at,
                   std::vector<std::string const*>& values, Match& out);

  std::unique_ptr<Node> root_;
};

// "/a/{id}/b" → "a", "{id}", "b"
[[nodiscard]] std::vector<std::string> PatternSegments(std::string_view pattern);

}  // namespace bole::http
