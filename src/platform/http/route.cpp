#include "platform/http/route.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "platform/reflect/json.hpp"

namespace bole::http {
namespace {

template <class T>
std::optional<T> Parse(std::string_view text) {
  T value{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<json::value> Convert(std::string const& text, QueryField::Kind kind) {
  switch (kind) {
    case QueryField::Kind::kText:
      return json::value(text);
    case QueryField::Kind::kInteger:
      if (auto const number = Parse<std::int64_t>(text)) return json::value(*number);
      return std::nullopt;
    case QueryField::Kind::kNumber:
      if (auto const number = Parse<double>(text)) return json::value(*number);
      return std::nullopt;
    case QueryField::Kind::kBoolean:
      if (text == "true" || text == "1" || text.empty()) return json::value(true);
      if (text == "false" || text == "0") return json::value(false);
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Result<json::value> JsonBody(Request const& request) {
  auto const type = request.ContentType();
  if (type != "application/json")
    return Fail(ErrorCode::kUnsupported, "request.content_type", {{"expected", "application/json"}, {"got", type}});
  return ParseJson(request.body);
}

Result<json::value> QueryToJson(Request const& request, std::span<QueryField const> fields) {
  json::object out;
  FieldErrors errors;
  for (auto const& pair : request.query) {
    auto const &name = pair.first, &text = pair.second;
    auto const pointer = PointerTo("", name);
    auto const field = std::find_if(fields.begin(), fields.end(), [&](auto const& f) { return f.name == name; });
    // "custom.years=3" is the member "years" of a map "custom".
    auto const dot = name.find('.');
    if (field == fields.end() && dot != std::string::npos && dot + 1 < name.size()) {
      auto const map = std::find_if(fields.begin(), fields.end(),
                                    [&](auto const& f) { return !f.list && f.name == name.substr(0, dot); });
      if (map != fields.end()) {
        auto& slot = out[name.substr(0, dot)];
        if (!slot.is_object()) slot = json::object{};
        if (text.empty()) continue;
        if (!slot.get_object().emplace(name.substr(dot + 1), text).second) errors.push_back({pointer, "repeated"});
        continue;
      }
    }
    if (field == fields.end()) {
      errors.push_back({pointer, "unknown"});
      continue;
    }
    // An empty value of an optional filter means "not filtered": forms send it so.
    if (text.empty() && field->kind != QueryField::Kind::kBoolean) continue;
    if (!field->list && out.contains(name)) {
      errors.push_back({pointer, "repeated"});
      continue;
    }
    auto const parts = field->list ? Split(text, ',') : std::vector<std::string>{text};
    for (auto const& part : parts) {
      auto value = Convert(part, field->kind);
      if (!value) {
        errors.push_back({pointer, "wrong_type"});
      } else if (field->list) {
        auto& slot = out[name];
        if (!slot.is_array()) slot = json::array{};
        slot.get_array().push_back(std::move(*value));
      } else {
        out[name] = std::move(*value);
      }
    }
  }
  if (!errors.empty()) return FailFields(std::move(errors));
  return json::value(std::move(out));
}

}  // namespace bole::http
