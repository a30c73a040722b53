#include "platform/reflect/schema.hpp"

#include <cmath>

namespace bole {

std::string SchemaName(std::string_view cpp_type) {
  auto const open = cpp_type.find('<');
  auto const outer = cpp_type.substr(0, open);
  auto const colon = outer.rfind(':');
  std::string name(colon == std::string_view::npos ? outer : outer.substr(colon + 1));
  if (open == std::string_view::npos) return name;
  auto const close = cpp_type.rfind('>');
  return SchemaName(cpp_type.substr(open + 1, close - open - 1)) + name;
}

void SchemaRegistry::AddLimits(json::object& schema, Rule const& rule, bool text, bool number, bool list) {
  if (number && std::isfinite(rule.min)) schema["minimum"] = rule.min;
  if (number && std::isfinite(rule.max)) schema["maximum"] = rule.max;
  if ((text || list) && rule.min_length > 0) schema[text ? "minLength" : "minItems"] = rule.min_length;
  if (text || list) schema[text ? "maxLength" : "maxItems"] = rule.max_length;
}

}  // namespace bole
