#include "platform/documents/text_encoding.hpp"

#include <unicode/ucnv.h>

#include "base/text.hpp"

namespace bole::documents {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

std::optional<std::string> Convert(std::string_view bytes, char const* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  auto* const converter = ucnv_open(encoding, &status);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::u16string wide(bytes.size() + 1, u'\0');
  auto const length = ucnv_toUChars(converter, wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                                    static_cast<std::int32_t>(bytes.size()), &status);
  ucnv_close(converter);
  if (U_FAILURE(status)) return std::nullopt;
  std::u32string points;
  for (std::int32_t i = 0; i < length; ++i) {
    char32_t c = wide[static_cast<std::size_t>(i)];
    if ((c & 0xFC00U) == 0xD800U && i + 1 < length)
      c = 0x10000U + ((c & 0x3FFU) << 10U) + (wide[static_cast<std::size_t>(++i)] & 0x3FFU);
    points += c;
  }
  return EncodeUtf8(points);
}

bool IsShown(char32_t c) {
  if (c == U'\n' || c == U'\t') return true;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  return !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069) && c != 0xFEFF;
}

}  // namespace

std::optional<std::string> ToUtf8(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  if (bytes.starts_with("\xFF\xFE")) return Convert(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return Convert(bytes.substr(2), "UTF-16BE");
  if (IsValidUtf8(bytes)) return std::string(bytes);
  return Convert(bytes, "GB18030");
}

std::string CleanText(std::string_view utf8) {
  auto const points = DecodeUtf8(utf8);
  std::u32string out;
  out.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    bool const ends_line = points[i] == U'\r' && (i + 1 == points.size() || points[i + 1] != U'\n');
    if (ends_line)
      out += U'\n';
    else if (IsShown(points[i]))
      out += points[i];
  }
  return EncodeUtf8(out);
}

}  // namespace bole::documents
