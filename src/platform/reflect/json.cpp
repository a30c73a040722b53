#include "platform/reflect/json.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace bole {
namespace {

void AppendNumber(std::string& out, double value) {
  if (!std::isfinite(value)) value = 0;  // JSON has no NaN; engines guard their own figures
  if (value == 0) value = 0;             // "-0" would be read as the integer 0
  char buffer[32];
  auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, error == std::errc() ? end : buffer);
}

void Append(std::string& out, json::value const& value, bool pretty, int depth) {
  auto const line = [&](int level) {
    if (!pretty) return;
    out.push_back('\n');
    out.append(static_cast<std::size_t>(level) * 2, ' ');
  };
  switch (value.kind()) {
    case json::kind::double_:
      return AppendNumber(out, value.get_double());
    case json::kind::array: {
      auto const& array = value.get_array();
      out.push_back('[');
      for (std::size_t i = 0; i < array.size(); ++i) {
        if (i > 0) out.push_back(',');
        line(depth + 1);
        Append(out, array[i], pretty, depth + 1);
      }
      if (!array.empty()) line(depth);
      return out.push_back(']');
    }
    case json::kind::object: {
      auto const& object = value.get_object();
      out.push_back('{');
      bool first = true;
      for (auto const& entry : object) {
        if (!first) out.push_back(',');
        first = false;
        line(depth + 1);
        out += json::serialize(json::string_view(entry.key()));
        out += pretty ? ": " : ":";
        Append(out, entry.value(), pretty, depth + 1);
      }
      if (!object.empty()) line(depth);
      return out.push_back('}');
    }
    default:
      out += json::serialize(value);
  }
}

}  // namespace

std::string ToText(json::value const& value, bool pretty) {
  std::string out;
  Append(out, value, pretty, 0);
  return out;
}

std::string PointerTo(std::string_view parent, std::string_view member) {
  std::string out(parent);
  out.push_back('/');
  for (char const c : member) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out.push_back(c);
  }
  return out;
}

void CheckText(std::string const& text, Rule const& rule, std::string const& at, FieldErrors& errors) {
  if (!IsValidUtf8(text) || HasControlCharacters(text)) return errors.push_back({at, "bad_characters"});
  auto const length = CountCodePoints(text);
  if (rule.min_length > 0 && Trim(text).empty()) return errors.push_back({at, "required"});
  if (length < rule.min_length) errors.push_back({at, "too_short", {{"min", std::to_string(rule.min_length)}}});
  if (length > rule.max_length) errors.push_back({at, "too_long", {{"max", std::to_string(rule.max_length)}}});
}

void CheckNumber(double value, Rule const& rule, std::string const& at, FieldErrors& errors) {
  if (value >= rule.min && value <= rule.max) return;
  errors.push_back(
      {at, "out_of_range", {{"min", fmt::format("{:g}", rule.min)}, {"max", fmt::format("{:g}", rule.max)}}});
}

void CheckCount(std::size_t count, Rule const& rule, std::string const& at, FieldErrors& errors) {
  if (count < rule.min_length) errors.push_back({at, "too_few", {{"min", std::to_string(rule.min_length)}}});
  if (count > rule.max_length) errors.push_back({at, "too_many", {{"max", std::to_string(rule.max_length)}}});
}

bool ReadText(json::value const& in, std::string& out, std::string const& at, FieldErrors& errors) {
  auto const* text = in.if_string();
  if (!text) return errors.push_back({at, "wrong_type"}), false;
  out.assign(text->data(), text->size());
  return true;
}

bool ReadInteger(json::value const& in, std::int64_t& out, std::string const& at, FieldErrors& errors) {
  if (auto const* number = in.if_int64()) return out = *number, true;
  auto const* real = in.if_double();
  if (real && *real == std::floor(*real) && std::abs(*real) < 9e15) return out = static_cast<std::int64_t>(*real), true;
  return errors.push_back({at, in.is_number() ? "out_of_range" : "wrong_type"}), false;
}

bool ReadNumber(json::value const& in, double& out, std::string const& at, FieldErrors& errors) {
  if (!in.is_number()) return errors.push_back({at, "wrong_type"}), false;
  out = in.to_number<double>();
  if (!std::isfinite(out)) {  // 1e999 is read as infinity
    CheckNumber(out, Rule{.min = std::numeric_limits<double>::lowest(), .max = std::numeric_limits<double>::max()}, at,
                errors);
    return false;
  }
  return true;
}

bool ReadBool(json::value const& in, bool& out, std::string const& at, FieldErrors& errors) {
  auto const* value = in.if_bool();
  if (!value) return errors.push_back({at, "wrong_type"}), false;
  out = *value;
  return true;
}

bool ReadInstant(json::value const& in, Instant& out, std::string const& at, FieldErrors& errors) {
  std::string text;
  if (!ReadText(in, text, at, errors)) return false;
  auto const parsed = ParseInstant(text);
  if (!parsed) return errors.push_back({at, "bad_instant"}), false;
  out = *parsed;
  return true;
}

bool ReadDate(json::value const& in, Date& out, std::string const& at, FieldErrors& errors) {
  std::string text;
  if (!ReadText(in, text, at, errors)) return false;
  auto const parsed = ParseDate(text);
  if (!parsed) return errors.push_back({at, "bad_date"}), false;
  out = *parsed;
  return true;
}

}  // namespace bole
