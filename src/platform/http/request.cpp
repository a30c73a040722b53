#include "platform/http/request.hpp"

#include <array>
#include <stdexcept>

#include "base/text.hpp"

namespace bole::http {
namespace {

constexpr std::array<std::string_view, 6> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

std::string const* FindPair(Pairs const& pairs, std::string_view name) {
  for (auto const& [key, value] : pairs)
    if (key == name) return &value;
  return nullptr;
}

}  // namespace

std::string_view MethodName(Method method) {
  auto const index = static_cast<std::size_t>(method);
  return index < kNames.size() ? kNames[index] : "OTHER";
}

Method ParseMethod(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<Method>(i);
  return Method::kOther;
}

Principal const& Request::who() const {
  static Principal const nobody{};
  return principal ? *principal : nobody;
}

std::string const& Request::Param(std::string_view name) const {
  if (auto const* value = FindPair(path_params, name)) return *value;
  throw std::out_of_range("the pattern " + route + " has no parameter " + std::string(name));
}

std::string_view Request::Header(std::string_view name) const {
  auto const* value = FindPair(headers, name);
  return value ? std::string_view(*value) : std::string_view();
}

std::string_view Request::Query(std::string_view name) const {
  auto const* value = FindPair(query, name);
  return value ? std::string_view(*value) : std::string_view();
}

std::string_view Request::Cookie(std::string_view name) const {
  for (auto const& [header, value] : headers) {
    if (header != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      auto const item = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(item.size() + 1, rest.size()));
      auto const pair = Trim(item);
      if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
        return pair.substr(name.size() + 1);
    }
  }
  return {};
}

std::string Request::ContentType() const {
  auto const value = Header("content-type");
  return AsciiLower(Trim(value.substr(0, value.find(';'))));
}

}  // namespace bole::http
