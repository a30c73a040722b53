#pragma once
#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"

// A described struct is the only definition of a shape: JSON, validation, OpenAPI and rows come from it.
namespace bole {

namespace json = boost::json;

template <class T>
inline constexpr bool kDescribed = boost::describe::has_describe_members<T>::value;
template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsFreeJson = std::is_same_v<T, json::value> || std::is_same_v<T, json::object>;

// Limits and marks of one member. Lengths count code points of texts and items of lists.
struct Rule {
  std::string_view doc{};
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::size_t min_length = 0;
  std::size_t max_length = 20'000;
  bool required = false;  // must be present in input; a text with min_length > 0 is required as well
  bool pii = false;       // personal data: redacted in logs
  bool secret = false;    // never shown again
};

// Rules are keyed by member pointer, so that a renamed member is a compile error:
//   template <> inline constexpr auto kRules<CreateJob> = std::tuple{Field<&CreateJob::name>{{.min_length = 1}}};
template <auto M>
struct Field : Rule {};
template <class T>
inline constexpr auto kRules = std::tuple<>{};

template <auto A, auto B>
consteval bool SameMember() {
  if constexpr (std::is_same_v<decltype(A), decltype(B)>)
    return A == B;
  else
    return false;
}

template <class T, auto M>
constexpr Rule RuleFor() {
  Rule out{};
  std::apply(
      [&]<auto... Ks>(Field<Ks> const&... fields) {
        ((SameMember<Ks, M>() ? void(out = static_cast<Rule const&>(fields)) : void()), ...);
      },
      kRules<T>);
  return out;
}

// Calls visit(member descriptor, std::integral_constant-like rule) for every member of T.
template <class T, class F>
constexpr void ForEachMember(F&& visit) {
  boost::mp11::mp_for_each<Members<T>>([&](auto descriptor) { visit(descriptor); });
}

}  // namespace bole
