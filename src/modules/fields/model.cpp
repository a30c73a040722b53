#include "modules/fields/model.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "platform/crypto/encoding.hpp"

namespace bole::fields {
namespace {

constexpr std::size_t kFilterPoints = 64;
constexpr double kLongestText = 1000, kLongestLongText = 20'000, kMostChoices = 200;
constexpr double kWhole = 9e15;  // whole numbers up to here are exact

bool IsText(FieldType type) { return type == FieldType::text || type == FieldType::long_text; }
bool IsNumber(FieldType type) { return type == FieldType::integer || type == FieldType::decimal; }
bool IsChoice(FieldType type) { return type == FieldType::choice || type == FieldType::choices; }

std::optional<double> ReadNumberText(std::string_view text) {
  double out = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(out)) return std::nullopt;
  return out;
}

// The shortest text that reads back the same.
std::string NumberText(double number) {
  char buffer[32];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, number == 0 ? 0.0 : number).ptr;
  return {buffer, end};
}

double DaysOf(Date const& date) {
  return static_cast<double>(std::chrono::sys_days(date.value).time_since_epoch().count());
}

// The bits of a number, turned so that they sort as the number does.
std::string OrderedHex(double number) {
  auto bits = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);
  bits = (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; bits >>= 4U) out[i] = "0123456789abcdef"[bits & 15U];
  return out;
}

// A limit or a value as the number that limits compare: itself, or the day.
std::optional<double> Measure(FieldType type, std::string const& text) {
  if (type != FieldType::date) return ReadNumberText(text);
  auto const date = ParseDate(text);
  return date ? std::optional(DaysOf(*date)) : std::nullopt;
}

void CheckRange(CustomFieldView const& field, double measure, std::string const& at, FieldErrors& errors,
                char const* below, char const* above) {
  auto const low = field.minimum ? Measure(field.type, *field.minimum) : std::nullopt;
  auto const high = field.maximum ? Measure(field.type, *field.maximum) : std::nullopt;
  if (low && measure < *low)
    errors.push_back({at, below, {{"min", *field.minimum}}});
  else if (high && measure > *high)
    errors.push_back({at, above, {{"max", *field.maximum}}});
}

std::optional<std::string> ReadPhone(std::string_view text) {
  std::string out;
  for (char const c : Trim(text)) {
    if (c == ' ' || c == '-' || c == '(' || c == ')') continue;
    if ((c < '0' || c > '9') && !(c == '+' && out.empty())) return std::nullopt;
    out += c;
  }
  auto const digits = out.size() - (out.starts_with('+') ? 1 : 0);
  return digits >= 5 && digits <= 15 ? std::optional(out) : std::nullopt;
}

std::optional<std::string> ReadEmail(std::string_view text) {
  auto const out = AsciiLower(Trim(text));
  auto const at = out.find('@');
  bool const good = at != std::string::npos && at > 0 && out.find('@', at + 1) == std::string::npos &&
                    out.find('.', at + 2) != std::string::npos && !out.ends_with('.') && out.size() <= 254 &&
                    out.find(' ') == std::string::npos && !HasControlCharacters(out);
  return good ? std::optional(out) : std::nullopt;
}

// Only what a browser may open without running it.
std::optional<std::string> ReadLink(std::string_view text) {
  std::string const out(Trim(text));
  auto const lower = AsciiLower(out);
  bool const good = (lower.starts_with("https://") || lower.starts_with("http://")) && out.size() > 10 &&
                    out.size() <= 2000 && out.find(' ') == std::string::npos && !HasControlCharacters(out);
  return good ? std::optional(out) : std::nullopt;
}

FieldOption const* FindOption(CustomFieldView const& field, std::string_view key) {
  for (auto const& option : field.options)
    if (option.key == key) return &option;
  return nullptr;
}

bool CheckOption(CustomFieldView const& field, std::string const& key, Texts const& stored, std::string const& at,
                 FieldErrors& errors) {
  auto const* option = FindOption(field, key);
  if (option == nullptr) return errors.push_back({at, "not_allowed"}), false;
  if (option->retired && std::find(stored.begin(), stored.end(), key) == stored.end())
    return errors.push_back({at, "retired_option"}), false;
  return true;
}

bool CheckLine(std::string const& text, bool lines, std::string const& at, FieldErrors& errors) {
  bool good = IsValidUtf8(text);
  for (unsigned char const c : text) good &= c >= 0x20 || (lines && (c == '\n' || c == '\r' || c == '\t'));
  if (!good) errors.push_back({at, "bad_characters"});
  return good;
}

void CheckOptions(CustomFieldView& field, FieldErrors& errors) {
  if (!IsChoice(field.type)) {
    if (!field.options.empty()) errors.push_back({"/options", "not_allowed"});
    return;
  }
  std::set<std::string> keys;
  for (auto const& option : field.options) keys.insert(option.key);
  std::set<std::string> seen;
  int next = 1;
  for (std::size_t i = 0; i < field.options.size(); ++i) {
    auto& option = field.options[i];
    auto const at = "/options/" + std::to_string(i);
    if (option.key.empty()) {
      while (keys.contains("o" + std::to_string(next))) ++next;
      option.key = "o" + std::to_string(next);
      keys.insert(option.key);
    } else if (!IsFieldKey(option.key)) {
      errors.push_back({at + "/key", "bad_field_key"});
    }
    if (!seen.insert(option.key).second) errors.push_back({at + "/key", "repeated"});
    if (Trim(option.title_zh).empty()) errors.push_back({at + "/title_zh", "required"});
  }
  if (std::all_of(field.options.begin(), field.options.end(), [](auto const& o) { return o.retired; }))
    errors.push_back({"/options", "too_few", {{"min", "1"}}});
}

void CheckLimits(CustomFieldView& field, FieldErrors& errors) {
  auto const type = field.type;
  bool const has = IsText(type) || IsNumber(type) || type == FieldType::date || type == FieldType::choices;
  double const most = type == FieldType::text        ? kLongestText
                      : type == FieldType::long_text ? kLongestLongText
                      : type == FieldType::choices   ? kMostChoices
                                                     : kWhole;
  for (auto const& [limit, at] : {std::pair{&field.minimum, "/minimum"}, std::pair{&field.maximum, "/maximum"}}) {
    if (*limit && Trim(**limit).empty()) limit->reset();
    if (!*limit) continue;
    *limit = std::string(Trim(**limit));
    if (!has) {
      errors.push_back({at, "not_allowed"});
      continue;
    }
    auto const measure = Measure(type, **limit);
    bool const whole =
        type == FieldType::decimal || type == FieldType::date || (measure && std::floor(*measure) == *measure);
    if (!measure || !whole)
      errors.push_back({at, type == FieldType::date ? "bad_date" : "bad_number"});
    else if ((IsText(type) || type == FieldType::choices) && *measure < 0)
      errors.push_back({at, "at_least", {{"min", "0"}}});
    else if (type != FieldType::date && std::abs(*measure) > most)
      errors.push_back({at, "at_most", {{"max", std::to_string(static_cast<std::int64_t>(most))}}});
  }
  if (!errors.empty() || !field.minimum || !field.maximum) return;
  if (*Measure(type, *field.minimum) > *Measure(type, *field.maximum))
    errors.push_back({"/maximum", "at_least", {{"min", *field.minimum}}});
}

}  // namespace

std::string const& TitleIn(i18n::Locale locale, std::string const& zh, std::string const& en) {
  if (locale == i18n::Locale::kEnUs) return en.empty() ? zh : en;
  return zh.empty() ? en : zh;
}

bool IsFieldKey(std::string_view key) {
  return !key.empty() && key.size() <= 40 && key[0] >= 'a' && key[0] <= 'z' &&
         std::all_of(key.begin(), key.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::string KeyFrom(std::string_view title) {
  std::string out;
  for (char const c : AsciiLower(title)) {
    bool const letter = c >= 'a' && c <= 'z';
    bool const digit = c >= '0' && c <= '9';
    if (letter || (digit && !out.empty()))
      out += c;
    else if (!out.empty() && out.back() != '_')
      out += '_';
    if (out.size() == 36) break;
  }
  while (out.ends_with('_')) out.pop_back();
  return out.empty() ? "field" : out;
}

void CheckDefinition(CustomFieldView& field, CustomFieldView const* before, FieldErrors& errors) {
  if (before == nullptr && !IsFieldKey(field.key)) errors.push_back({"/key", "bad_field_key"});
  field.title_zh = std::string(Trim(field.title_zh)), field.title_en = std::string(Trim(field.title_en));
  if (field.title_zh.empty()) errors.push_back({"/title_zh", "required"});
  for (auto const& [text, at] : {std::pair{&field.title_zh, "/title_zh"}, std::pair{&field.title_en, "/title_en"}})
    CheckLine(*text, false, at, errors);
  CheckOptions(field, errors);
  CheckLimits(field, errors);
  if (field.filterable && field.sensitive != Sensitivity::none)
    errors.push_back({"/filterable", "sensitive_not_filterable"});
  else if (field.filterable && field.type == FieldType::long_text)
    errors.push_back({"/filterable", "not_filterable"});
  if (errors.empty() && !field.default_value.is_null()) {
    auto const texts = ReadValue(field, field.default_value, "/default_value", errors);
    if (texts) field.default_value = texts->empty() ? json::value() : ToJson(field, *texts);
  }
}

std::optional<Texts> ReadValue(CustomFieldView const& field, json::value const& in, std::string const& at,
                               FieldErrors& errors, Texts const& stored) {
  if (in.is_null() || (in.is_string() && Trim(in.get_string()).empty()) || (in.is_array() && in.get_array().empty()))
    return Texts{};
  auto const count = errors.size();
  Texts out;
  std::string text;
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text: {
      if (!ReadText(in, text, at, errors)) break;
      text = std::string(Trim(text));
      if (!CheckLine(text, field.type == FieldType::long_text, at, errors)) break;
      auto const points = CountCodePoints(text);
      CheckRange(field, static_cast<double>(points), at, errors, "too_short", "too_long");
      auto const most = field.type == FieldType::text ? kLongestText : kLongestLongText;
      if (errors.size() == count && static_cast<double>(points) > most)
        errors.push_back({at, "too_long", {{"max", std::to_string(static_cast<std::int64_t>(most))}}});
      break;
    }
    case FieldType::integer: {
      std::int64_t number = 0;
      if (!ReadInteger(in, number, at, errors)) break;
      if (std::abs(static_cast<double>(number)) > kWhole)
        errors.push_back({at, "out_of_range", {{"min", "-9000000000000000"}, {"max", "9000000000000000"}}});
      else
        CheckRange(field, static_cast<double>(number), at, errors, "at_least", "at_most");
      text = std::to_string(number);
      break;
    }
    case FieldType::decimal: {
      double number = 0;
      if (!ReadNumber(in, number, at, errors)) break;
      CheckRange(field, number, at, errors, "at_least", "at_most");
      text = NumberText(number);
      break;
    }
    case FieldType::date: {
      Date date;
      if (!ReadDate(in, date, at, errors)) break;
      CheckRange(field, DaysOf(date), at, errors, "at_least", "at_most");
      text = FormatDate(date);
      break;
    }
    case FieldType::yes_no: {
      bool yes = false;
      if (ReadBool(in, yes, at, errors)) text = yes ? "true" : "false";
      break;
    }
    case FieldType::choice:
      if (ReadText(in, text, at, errors)) CheckOption(field, text, stored, at, errors);
      break;
    case FieldType::choices: {
      auto const* list = in.if_array();
      if (list == nullptr) {
        errors.push_back({at, "wrong_type"});
        break;
      }
      for (auto const& item : *list) {
        if (!ReadText(item, text, at, errors) || !CheckOption(field, text, stored, at, errors)) break;
        if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
      }
      if (errors.size() == count) CheckRange(field, static_cast<double>(out.size()), at, errors, "too_few", "too_many");
      if (errors.size() != count) return std::nullopt;
      return out;
    }
    case FieldType::phone:
    case FieldType::email:
    case FieldType::link: {
      if (!ReadText(in, text, at, errors)) break;
      auto const phone = field.type == FieldType::phone, email = field.type == FieldType::email;
      auto const good = phone ? ReadPhone(text) : email ? ReadEmail(text) : ReadLink(text);
      if (good)
        text = *good;
      else if (phone)
        errors.push_back({at, "bad_phone"});
      else if (email)
        errors.push_back({at, "bad_email"});
      else
        errors.push_back({at, "bad_link"});
      break;
    }
  }
  if (errors.size() != count) return std::nullopt;
  return Texts{text};
}

json::value ToJson(CustomFieldView const& field, Texts const& texts) {
  if (texts.empty()) return nullptr;
  switch (field.type) {
    case FieldType::choices:
      return json::array(texts.begin(), texts.end());
    case FieldType::yes_no:
      return texts[0] == "true";
    case FieldType::integer:
      return static_cast<std::int64_t>(std::llround(ReadNumberText(texts[0]).value_or(0)));
    case FieldType::decimal:
      return ReadNumberText(texts[0]).value_or(0);
    default:
      return json::value(texts[0]);
  }
}

std::string Mask(CustomFieldView const& field, std::string const& text) {
  bool const words = IsText(field.type) || field.type == FieldType::phone || field.type == FieldType::email ||
                     field.type == FieldType::link;
  auto const points = words ? DecodeUtf8(text) : std::u32string();
  if (points.size() < 8) return "****";  // short ones and numbers would be guessed from a part
  return EncodeUtf8(points.substr(0, 1)) + "****" + EncodeUtf8(points.substr(points.size() - 2));
}

std::optional<std::string> FilterKey(CustomFieldView const& field, std::string const& text) {
  if (field.sensitive != Sensitivity::none || field.type == FieldType::long_text) return std::nullopt;
  if (field.type == FieldType::yes_no) return OrderedHex(text == "true" ? 1 : 0);
  if (IsNumber(field.type) || field.type == FieldType::date) {
    auto const measure = Measure(field.type, text);
    return measure ? std::optional(OrderedHex(*measure)) : std::nullopt;
  }
  auto const points = DecodeUtf8(AsciiLower(Trim(text)));
  return crypto::HexEncode(crypto::AsBytes(EncodeUtf8(points.substr(0, kFilterPoints))));
}

std::optional<ValueFilter> ReadFilter(CustomFieldView const& field, std::string const& text, std::string const& at,
                                      FieldErrors& errors) {
  auto const bad = [&] {
    if (field.type == FieldType::date)
      errors.push_back({at, "bad_date"});
    else if (IsNumber(field.type))
      errors.push_back({at, "bad_number"});
    else
      errors.push_back({at, "not_allowed"});
    return std::nullopt;
  };
  if (field.type == FieldType::yes_no && text != "true" && text != "false") return bad();
  if (IsChoice(field.type) && FindOption(field, text) == nullptr) return bad();
  if (!IsNumber(field.type) && field.type != FieldType::date) {
    auto const key = *FilterKey(field, text);
    return ValueFilter{field.id, key, key};
  }
  auto const dots = text.find("..");
  std::string const from(Trim(text.substr(0, dots)));
  std::string const to(Trim(dots == std::string::npos ? text : text.substr(dots + 2)));
  if (from.empty() && to.empty()) return bad();
  ValueFilter out{field.id, std::string(16, '0'), std::string(16, 'f')};
  for (auto const& [side, key] : {std::pair{&from, &out.from}, std::pair{&to, &out.to}}) {
    if (side->empty()) continue;
    auto const read = FilterKey(field, *side);
    if (!read) return bad();
    *key = *read;
  }
  return out;
}

}  // namespace bole::fields
