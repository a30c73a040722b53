#pragma once
#include <boost/core/type_name.hpp>

#include "platform/reflect/json.hpp"

// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of described structs.
namespace bole {

// "bole::people::CandidateView" → "CandidateView"; "bole::Page<bole::people::CandidateView>" → "CandidateViewPage".
[[nodiscard]] std::string SchemaName(std::string_view cpp_type);

// Collects components/schemas by struct name while references to them are made.
class SchemaRegistry {
 public:
  // A schema for a response (required = all non-optional members).
  template <class T>
  json::object Output() {
    return Make<T>(Rule{}, false);
  }
  // A schema for a request body (required = what the rules require).
  template <class T>
  json::object Input() {
    return Make<T>(Rule{}, true);
  }
  [[nodiscard]] json::object const& Components() const { return components_; }

 private:
  template <class T>
  json::object Make(Rule const& rule, bool input);
  template <class T>
  json::object Struct(bool input);
  static void AddLimits(json::object& schema, Rule const& rule, bool text, bool number, bool list);

  json::object components_;
};

template <class T>
json::object SchemaRegistry::Struct(bool input) {
  json::object properties;
  json::array required;
  ForEachMember<T>([&](auto descriptor) {
    using D = decltype(descriptor);
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
    constexpr Rule rule = RuleFor<T, D::pointer>();
    auto member = Make<M>(rule, false);  // a shape inside a body is described as a whole, so that it has one schema
    if (!rule.doc.empty()) member["description"] = json::string_view(rule.doc.data(), rule.doc.size());
    bool const needed = input ? rule.required || (rule.min_length > 0 && !kIsOptional<M>) : !kIsOptional<M>;
    if (needed) required.emplace_back(descriptor.name);
    properties.emplace(descriptor.name, std::move(member));
  });
  json::object out{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

template <class T>
json::object SchemaRegistry::Make(Rule const& rule, bool input) {
  json::object out;
  if constexpr (kIsOptional<T>) {
    return Make<typename T::value_type>(rule, input);
  } else if constexpr (kIsVector<T>) {
    Rule element = rule;
    element.min_length = 0, element.max_length = Rule{}.max_length;
    out = {{"type", "array"}, {"items", Make<typename T::value_type>(element, input)}};
    AddLimits(out, rule, false, false, true);
  } else if constexpr (kIsMap<T>) {
    out = {{"type", "object"}, {"additionalProperties", Make<typename T::mapped_type>({}, input)}};
  } else if constexpr (std::is_same_v<T, json::value>) {
    out = {};
  } else if constexpr (std::is_same_v<T, json::object>) {
    out = {{"type", "object"}, {"additionalProperties", true}};
  } else if constexpr (std::is_same_v<T, bool>) {
    out = {{"type", "boolean"}};
  } else if constexpr (std::is_enum_v<T>) {
    json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) { names.emplace_back(d.name); });
    out = {{"type", "string"}, {"enum", std::move(names)}};
  } else if constexpr (std::is_arithmetic_v<T>) {
    out = {{"type", std::is_integral_v<T> ? "integer" : "number"}};
    AddLimits(out, rule, false, true, false);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = {{"type", "string"}};
    AddLimits(out, rule, true, false, false);
  } else if constexpr (std::is_same_v<T, Instant>) {
    out = {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (std::is_same_v<T, Date>) {
    out = {{"type", "string"}, {"format", "date"}};
  } else if constexpr (kIsId<T>) {
    out = {{"type", "string"}, {"maxLength", 26}};
  } else {
    auto const name = SchemaName(boost::core::type_name<T>());
    if (!components_.contains(name)) {
      components_[name] = json::object{};  // stops recursion of self-referring shapes
      components_[name] = Struct<T>(input);
    }
    out = {{"$ref", "#/components/schemas/" + name}};
  }
  return out;
}

}  // namespace bole
