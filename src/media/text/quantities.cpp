#include <cctype>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "media/text/sentences.hpp"

namespace bole::media {
namespace {

std::map<char32_t, int> const kDigits{{U'零', 0}, {U'〇', 0}, {U'一', 1}, {U'二', 2}, {U'两', 2}, {U'三', 3},
                                      {U'四', 4}, {U'五', 5}, {U'六', 6}, {U'七', 7}, {U'八', 8}, {U'九', 9}};
std::map<char32_t, int> const kScales{{U'十', 10}, {U'百', 100}, {U'千', 1000}};
constexpr double kWan = 1e4, kYi = 1e8;

std::map<std::string, double, std::less<>> const kEnglish{
    {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},       {"six", 6},
    {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},    {"twelve", 12},
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
    {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},     {"sixty", 60},
    {"seventy", 70},  {"eighty", 80},   {"ninety", 90}};
std::map<std::string, double, std::less<>> const kEnglishScales{{"hundred", 100}, {"thousand", 1e3}, {"million", 1e6}};

// Longest first where one begins another.
constexpr char32_t const* kUnits[] = {
    U"个百分点", U"百分点", U"平方米", U"公里", U"小时", U"分钟", U"星期", U"个月", U"季度", U"万元", U"亿元",
    U"美元",     U"人民币", U"块钱",   U"千克", U"公斤", U"以上", U"%",    U"％",   U"个",   U"元",   U"块",
    U"年",       U"月",     U"日",     U"天",   U"周",   U"次",   U"人",   U"名",   U"位",   U"家",   U"户",
    U"笔",       U"件",     U"台",     U"套",   U"条",   U"项",   U"倍",   U"成",   U"岁",   U"秒",   U"分",
    U"点",       U"度",     U"米",     U"吨",   U"步",   U"种",   U"门",   U"场",   U"遍",   U"级",   U"层"};

struct Scanner {
  std::u32string const& text;
  std::size_t at = 0;

  char32_t Peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : 0; }

  // 3,456.7 with an optional scale 万 or 亿.
  std::optional<double> Arabic() {
    auto const start = at;
    std::string digits;
    auto const digit = [](char32_t c) { return c >= '0' && c <= '9'; };
    while (digit(Peek()) || (!digits.empty() && (Peek() == '.' || Peek() == ',') && digit(Peek(1)))) {
      if (Peek() != ',') digits += static_cast<char>(Peek());
      ++at;
    }
    double value = 0;
    if (digits.empty() || std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc()) {
      at = start;
      return std::nullopt;
    }
    if (Peek() == U'万')
      value *= kWan, ++at;
    else if (Peek() == U'亿')
      value *= kYi, ++at;
    return value;
  }

  // 三百二十, 两千零五, 一点五, 二〇二六, 十万.
  std::optional<double> Chinese(bool& single_one) {
    double total = 0, section = 0, digit = 0;
    auto const start = at;
    int digits_in_row = 0;
    std::string plain;
    bool scaled = false;
    for (;; ++at) {
      if (auto it = kDigits.find(Peek()); it != kDigits.end()) {
        digit = it->second;
        plain += static_cast<char>('0' + it->second);
        ++digits_in_row;
      } else if (auto scale = kScales.find(Peek()); scale != kScales.end()) {
        section += (digit == 0 && scale->second == 10 ? 1 : digit) * scale->second;
        digit = 0, scaled = true;
      } else if ((Peek() == U'万' || Peek() == U'亿') && at > start) {
        total = (total + section + digit) * (Peek() == U'万' ? kWan : kYi);
        section = digit = 0, scaled = true;
      } else {
        break;
      }
    }
    if (at == start) return std::nullopt;
    double value = !scaled && digits_in_row > 1 ? std::stod(plain.substr(0, 15)) : total + section + digit;
    if (Peek() == U'点' && kDigits.contains(Peek(1))) {
      double place = 0.1;
      for (++at; kDigits.contains(Peek()); ++at, place /= 10) value += kDigits.at(Peek()) * place;
    }
    single_one = at - start == 1 && text[start] == U'一';
    return value;
  }

  std::string Word() const {
    std::string word;
    for (auto i = at; i < text.size() && text[i] < 128 && std::isalpha(static_cast<int>(text[i])); ++i)
      word += static_cast<char>(std::tolower(static_cast<int>(text[i])));
    return word;
  }

  // three hundred and twenty, twenty-five.
  std::optional<double> English() {
    double total = 0, current = 0;
    bool any = false;
    auto end = at;
    for (auto word = Word(); !word.empty(); word = Word()) {
      if (auto it = kEnglish.find(word); it != kEnglish.end()) {
        current += it->second;
      } else if (auto scale = kEnglishScales.find(word); any && scale != kEnglishScales.end()) {
        current *= scale->second;
        if (scale->second >= 1e3) total += std::exchange(current, 0);
      } else if (!(any && word == "and")) {
        break;
      }
      any = true;
      at += word.size();
      if (word != "and") end = at;
      if (Peek() == ' ' || Peek() == '-') ++at;
    }
    at = end;
    return any ? std::optional(total + current) : std::nullopt;
  }

  std::string Unit() {
    for (auto const* unit : kUnits) {
      std::u32string_view const name(unit);
      if (std::u32string_view(text).substr(at, name.size()) == name) return EncodeUtf8(name);
    }
    auto const keep = at;
    if (Peek() == ' ') ++at;
    auto word = Word();
    at = keep;
    return word == "percent" ? "%" : word;
  }
};

}  // namespace

std::vector<Quantity> FindQuantities(std::string_view utf8) {
  auto const text = DecodeUtf8(utf8);
  std::vector<Quantity> out;
  Scanner scan{text};
  while (scan.at < text.size()) {
    auto const start = scan.at;
    bool percent = text.compare(start, 3, U"百分之") == 0;
    if (percent) scan.at += 3;
    bool single_one = false;
    bool const inside_word = start > 0 && text[start - 1] < 128 && std::isalpha(static_cast<int>(text[start - 1]));
    auto value = scan.Arabic();
    if (!value) value = scan.Chinese(single_one);
    if (!value && !inside_word) value = scan.English();
    if (!value) {
      scan.at = start + 1;
      continue;
    }
    auto unit = percent ? std::string("%") : scan.Unit();
    if (!(single_one && unit.empty()))
      out.push_back({*value, std::move(unit), EncodeUtf8(std::u32string_view(text).substr(start, scan.at - start)),
                     EncodeUtf8(std::u32string_view(text).substr(0, start)).size()});
  }
  return out;
}

}  // namespace bole::media
