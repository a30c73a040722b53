#include "platform/http/url.hpp"

#include "base/text.hpp"

namespace bole::http {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text, bool query) {
  std::string out;
  out.reserve(text.size());
  bool plain = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int const high = HexDigit(text[i + 1]);
      int const low = HexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (query && c == '+') {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    plain = plain && static_cast<unsigned char>(c) < 0x80;
    out.push_back(c);
  }
  if (!plain && !IsValidUtf8(out)) return std::nullopt;
  return out;
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out.push_back(c);
    } else {
      auto const byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15U]};
    }
  }
  return out;
}

std::optional<Pairs> ParseQuery(std::string_view query) {
  Pairs out;
  while (!query.empty()) {
    auto const item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(item.size() + 1, query.size()));
    if (item.empty()) continue;
    auto const equals = item.find('=');
    auto name = PercentDecode(item.substr(0, equals), true);
    auto value = PercentDecode(equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    out.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

std::optional<Target> ParseTarget(std::string_view target) {
  Target out;
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    auto const slash = target.find('/', scheme.size());
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    break;
  }
  if (!target.starts_with('/')) return std::nullopt;
  target = target.substr(0, target.find('#'));
  if (auto const mark = target.find('?'); mark != std::string_view::npos) {
    out.query = target.substr(mark + 1);
    target = target.substr(0, mark);
  }
  for (auto rest = target.substr(1);;) {
    auto const slash = rest.find('/');
    auto segment = PercentDecode(rest.substr(0, slash));
    if (!segment) return std::nullopt;
    out.path += "/" + *segment;
    out.segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) return out;
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace bole::http
