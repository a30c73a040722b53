#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "platform/reflect/json.hpp"

// How members of rows travel to and from columns. Portable columns only: BIGINT, DOUBLE PRECISION, TEXT.
namespace bole::db {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;  // monostate is NULL
enum class Kind { integer, real, text };
using Cells = std::vector<Value>;

// A document column: described struct or free JSON kept as TEXT.
template <class T>
struct Json {
  T value{};
};
template <class T>
inline constexpr bool kIsJson = false;
template <class T>
inline constexpr bool kIsJson<Json<T>> = true;

template <class T>
constexpr Kind KindOf() {
  if constexpr (kIsOptional<T>)
    return KindOf<typename T::value_type>();
  else if constexpr (std::is_same_v<T, Instant> || (std::is_integral_v<T> && !std::is_enum_v<T>))
    return Kind::integer;
  else if constexpr (std::is_floating_point_v<T>)
    return Kind::real;
  else
    return Kind::text;
}

template <class T>
[[nodiscard]] Value ToValue(T const& in) {
  if constexpr (kIsOptional<T>)
    return in ? ToValue(*in) : Value{};
  else if constexpr (std::is_same_v<T, std::nullptr_t>)
    return Value{};
  else if constexpr (std::is_same_v<T, Instant>)
    return Value{ToMillis(in)};
  else if constexpr (std::is_same_v<T, Date>)
    return Value{FormatDate(in)};
  else if constexpr (kIsId<T>)
    return Value{in.value};
  else if constexpr (kIsJson<T>)
    return Value{ToText(WriteJson(in.value))};
  else if constexpr (std::is_enum_v<T>)
    return Value{std::string(boost::describe::enum_to_string(in, ""))};
  else if constexpr (std::is_integral_v<T>)
    return Value{static_cast<std::int64_t>(in)};
  else if constexpr (std::is_floating_point_v<T>)
    return Value{static_cast<double>(in)};
  else
    return Value{std::string(in)};
}

[[noreturn]] void BadColumn(std::string_view what, std::string_view why);

template <class T>
void FromValue(Value const& in, T& out) {
  if constexpr (kIsOptional<T>) {
    if (std::holds_alternative<std::monostate>(in))
      out.reset();
    else
      FromValue(in, out.emplace());
  } else if constexpr (std::is_same_v<T, Instant>) {
    out = FromMillis(std::get<std::int64_t>(in));
  } else if constexpr (std::is_same_v<T, Date>) {
    auto const date = ParseDate(std::get<std::string>(in));
    if (!date) BadColumn("date", std::get<std::string>(in));
    out = *date;
  } else if constexpr (kIsId<T>) {
    out.value = std::get<std::string>(in);
  } else if constexpr (kIsJson<T>) {
    auto const parsed = ParseJson(std::get<std::string>(in));
    if (!parsed) BadColumn("json", parsed.error().key);
    FieldErrors errors;
    ReadJson(*parsed, out.value, "", errors);
    std::erase_if(errors, [](auto const& e) { return e.code == "unknown"; });  // written by a newer version
    if (!errors.empty()) BadColumn("json", errors.front().pointer + " " + errors.front().code);
  } else if constexpr (std::is_enum_v<T>) {
    if (!boost::describe::enum_from_string(std::get<std::string>(in).c_str(), out))
      BadColumn("enum", std::get<std::string>(in));
  } else if constexpr (std::is_same_v<T, bool>) {
    out = std::get<std::int64_t>(in) != 0;
  } else if constexpr (std::is_integral_v<T>) {
    out = static_cast<T>(std::get<std::int64_t>(in));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = std::get<double>(in);
  } else {
    out = std::get<std::string>(in);
  }
}

// "c.id, c.name, …" of a described row.
template <class Row>
[[nodiscard]] std::string Columns(std::string_view prefix = "") {
  std::string out;
  ForEachMember<Row>([&](auto d) {
    if (!out.empty()) out += ", ";
    out.append(prefix) += d.name;
  });
  return out;
}

template <class Row>
[[nodiscard]] Cells ToCells(Row const& row) {
  Cells out;
  ForEachMember<Row>([&](auto d) { out.push_back(ToValue(row.*d.pointer)); });
  return out;
}

}  // namespace bole::db
