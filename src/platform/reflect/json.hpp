#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/reflect/traits.hpp"

// JSON of described structs. Reading is strict: unknown members, wrong types and broken rules become FieldErrors with
// JSON pointers. A missing member keeps its default unless its rule says required. Writing leaves out absent optionals.
namespace bole {

using FieldErrors = std::vector<FieldError>;

// Text of a value; numbers in shortest form that reads back the same, so equal values give equal bytes.
[[nodiscard]] std::string ToText(json::value const& value, bool pretty = false);
// Parses with limits on depth (32); the error names the position.
[[nodiscard]] Result<json::value> ParseJson(std::string_view text);
[[nodiscard]] std::string PointerTo(std::string_view parent, std::string_view member);  // RFC 6901 escaping

void CheckText(std::string const& text, Rule const& rule, std::string const& at, FieldErrors& errors);
void CheckNumber(double value, Rule const& rule, std::string const& at, FieldErrors& errors);
void CheckCount(std::size_t count, Rule const& rule, std::string const& at, FieldErrors& errors);
bool ReadText(json::value const& in, std::string& out, std::string const& at, FieldErrors& errors);
bool ReadInteger(json::value const& in, std::int64_t& out, std::string const& at, FieldErrors& errors);
bool ReadNumber(json::value const& in, double& out, std::string const& at, FieldErrors& errors);
bool ReadBool(json::value const& in, bool& out, std::string const& at, FieldErrors& errors);
bool ReadInstant(json::value const& in, Instant& out, std::string const& at, FieldErrors& errors);
bool ReadDate(json::value const& in, Date& out, std::string const& at, FieldErrors& errors);

template <class T>
void ReadJson(json::value const& in, T& out, std::string const& at, FieldErrors& errors, Rule const& rule = {});

template <class T>
void ReadMembers(json::value const& in, T& out, std::string const& at, FieldErrors& errors) {
  auto const* object = in.if_object();
  if (!object) return errors.push_back({at, "wrong_type"});
  std::size_t seen = 0;
  ForEachMember<T>([&](auto descriptor) {
    using D = decltype(descriptor);
    constexpr Rule rule = RuleFor<T, D::pointer>();
    auto const pointer = PointerTo(at, descriptor.name);
    if (auto const* member = object->if_contains(descriptor.name)) {
      ++seen;
      ReadJson(*member, out.*D::pointer, pointer, errors, rule);
    } else if (rule.required || (rule.min_length > 0 && !kIsOptional<std::remove_cvref_t<decltype(out.*D::pointer)>>)) {
      errors.push_back({pointer, "required"});
    }
  });
  if (seen == object->size()) return;
  for (auto const& entry : *object) {
    bool known = false;
    ForEachMember<T>([&](auto descriptor) { known |= (entry.key() == descriptor.name); });
    if (!known) errors.push_back({PointerTo(at, entry.key()), "unknown"});
  }
}

template <class T>
void ReadJson(json::value const& in, T& out, std::string const& at, FieldErrors& errors, Rule const& rule) {
  if constexpr (kIsOptional<T>) {
    if (in.is_null()) return out.reset();
    ReadJson(in, out.emplace(), at, errors, rule);
  } else if constexpr (kIsVector<T>) {
    auto const* array = in.if_array();
    if (!array) return errors.push_back({at, "wrong_type"});
    CheckCount(array->size(), rule, at, errors);
    out.clear();
    Rule element = rule;
    element.min_length = 0, element.max_length = Rule{}.max_length;
    for (std::size_t i = 0; i < array->size(); ++i)
      ReadJson((*array)[i], out.emplace_back(), at + "/" + std::to_string(i), errors, element);
  } else if constexpr (kIsMap<T>) {
    auto const* object = in.if_object();
    if (!object) return errors.push_back({at, "wrong_type"});
    CheckCount(object->size(), rule, at, errors);
    for (auto const& entry : *object) ReadJson(entry.value(), out[entry.key()], PointerTo(at, entry.key()), errors);
  } else if constexpr (std::is_same_v<T, json::value>) {
    out = in;
  } else if constexpr (std::is_same_v<T, json::object>) {
    if (auto const* object = in.if_object())
      out = *object;
    else
      errors.push_back({at, "wrong_type"});
  } else if constexpr (std::is_same_v<T, bool>) {
    ReadBool(in, out, at, errors);
  } else if constexpr (std::is_enum_v<T>) {
    std::string name;
    if (!ReadText(in, name, at, errors)) return;
    if (!boost::describe::enum_from_string(name.c_str(), out)) errors.push_back({at, "not_allowed"});
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t number = 0;
    if (!ReadInteger(in, number, at, errors)) return;
    if (number < std::int64_t{std::numeric_limits<T>::min()} || number > std::int64_t{std::numeric_limits<T>::max()})
      return errors.push_back({at, "out_of_range"});
    out = static_cast<T>(number);
    CheckNumber(static_cast<double>(number), rule, at, errors);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (ReadNumber(in, out, at, errors)) CheckNumber(out, rule, at, errors);
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (ReadText(in, out, at, errors)) CheckText(out, rule, at, errors);
  } else if constexpr (std::is_same_v<T, Instant>) {
    ReadInstant(in, out, at, errors);
  } else if constexpr (std::is_same_v<T, Date>) {
    ReadDate(in, out, at, errors);
  } else if constexpr (kIsId<T>) {
    if (ReadText(in, out.value, at, errors) && !out.value.empty() && !IsUlid(out.value))
      errors.push_back({at, "bad_id"});
  } else {
    static_assert(kDescribed<T>, "describe this struct before reading it from JSON");
    ReadMembers(in, out, at, errors);
  }
}

template <class T>
[[nodiscard]] json::value WriteJson(T const& in) {
  if constexpr (kIsOptional<T>) {
    return in ? WriteJson(*in) : json::value(nullptr);
  } else if constexpr (kIsVector<T>) {
    json::array out;
    out.reserve(in.size());
    for (auto const& item : in) out.push_back(WriteJson(item));
    return out;
  } else if constexpr (kIsMap<T>) {
    json::object out;
    for (auto const& [key, item] : in) out.emplace(key, WriteJson(item));
    return out;
  } else if constexpr (kIsFreeJson<T>) {
    return in;
  } else if constexpr (std::is_enum_v<T>) {
    return json::value(boost::describe::enum_to_string(in, ""));
  } else if constexpr (std::is_same_v<T, Instant>) {
    return json::value(FormatInstant(in));
  } else if constexpr (std::is_same_v<T, Date>) {
    return json::value(FormatDate(in));
  } else if constexpr (kIsId<T>) {
    return json::value(in.value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_arithmetic_v<T>) {
    return json::value(in);
  } else {
    static_assert(kDescribed<T>, "describe this struct before writing it as JSON");
    json::object out;
    ForEachMember<T>([&](auto descriptor) {
      auto const& member = in.*descriptor.pointer;
      if constexpr (kIsOptional<std::remove_cvref_t<decltype(member)>>) {
        if (!member) return;
      }
      out.emplace(descriptor.name, WriteJson(member));
    });
    return out;
  }
}

template <class T>
[[nodiscard]] std::string ToJsonText(T const& in, bool pretty = false) {
  return ToText(WriteJson(in), pretty);
}

template <class T>
[[nodiscard]] Result<T> FromJson(json::value const& in) {
  T out{};
  FieldErrors errors;
  ReadJson(in, out, "", errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  return out;
}

template <class T>
[[nodiscard]] Result<T> FromJsonText(std::string_view text) {
  BOLE_ASSIGN(auto const value, ParseJson(text));
  return FromJson<T>(value);
}

}  // namespace bole
