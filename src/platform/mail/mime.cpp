// Internet messages: RFC 5322 (form), 2045 (MIME), 2047 (encoded words in headers).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/mail/address.hpp"
#include "platform/mail/mail.hpp"

namespace bole::mail {
namespace {

constexpr std::size_t kLineLength = 76;        // RFC 2045 6.8
constexpr std::size_t kEncodedWordBytes = 45;  // 60 characters of base64 + "=?UTF-8?B?" + "?=" < 75

bool IsPrintableAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// Header text that cannot start another header. Nothing is repaired: a line break in a name is an attack or a bug.
bool IsHeaderText(std::string_view text) {
  return IsValidUtf8(text) && std::none_of(text.begin(), text.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F; });
}

// Encoded words, split between code points, folded over lines.
std::string EncodeWords(std::string_view text) {
  std::string out, part;
  auto const flush = [&] {
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + crypto::Base64Encode(crypto::AsBytes(part)) + "?=";
    part.clear();
  };
  for (char32_t const code : DecodeUtf8(text)) {
    auto const bytes = EncodeUtf8(std::u32string_view(&code, 1));
    if (part.size() + bytes.size() > kEncodedWordBytes) flush();
    part += bytes;
  }
  if (!part.empty()) flush();
  return out;
}

std::string HeaderText(std::string_view text) {
  bool const plain =
      IsPrintableAscii(text) && text.size() <= 60 && text.find("=?") == std::string_view::npos && Trim(text) == text;
  return plain ? std::string(text) : EncodeWords(text);
}

std::string Mailbox(std::string const& name, std::string const& address) {
  if (name.empty()) return "<" + address + ">";
  // Always encoded: no rule about quoting of specials to get wrong.
  bool const plain =
      IsPrintableAscii(name) && name.size() <= 40 &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -") == std::string::npos;
  return (plain ? name : EncodeWords(name)) + " <" + address + ">";
}

std::string Body(std::string_view type, std::string_view text) {
  auto const lines = ReplaceAll(ReplaceAll(std::string(text), "\r\n", "\n"), "\n", "\r\n");
  auto const encoded = crypto::Base64Encode(crypto::AsBytes(lines));
  std::string out = fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", type);
  for (std::size_t at = 0; at < encoded.size(); at += kLineLength) out += encoded.substr(at, kLineLength) + "\r\n";
  return out;
}

std::string DateHeader(Instant now) {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::seconds>(now - day));
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays.at(std::chrono::weekday(day).c_encoding()),
                     unsigned(date.day()), kMonths.at(unsigned(date.month()) - 1), int(date.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace

bool IsMailAddress(std::string_view address) {
  auto const at = address.find('@');
  if (address.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 || at + 1 == address.size())
    return false;
  if (address.find('@', at + 1) != std::string_view::npos) return false;
  auto const domain = address.substr(at + 1);
  return address.find_first_of(" ()<>[]:;,\\\"") == std::string_view::npos && !address.starts_with('-') &&
         std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c <= '~'; }) &&
         !domain.starts_with('.') && !domain.ends_with('.') && domain.find("..") == std::string_view::npos;
}

Result<std::string> BuildMime(config::Mail const& config, Message const& message, Instant now) {
  for (auto const& address : {message.to, config.from})
    if (!IsMailAddress(address)) return Fail(ErrorCode::kInvalid, "mail.bad_address");
  for (auto const& text : {message.to_name, message.subject, message.id, config.from_name})
    if (!IsHeaderText(text)) return Fail(ErrorCode::kInvalid, "mail.bad_header");
  if (!IsValidUtf8(message.text) || !IsValidUtf8(message.html)) return Fail(ErrorCode::kInvalid, "mail.bad_body");
  auto const id = message.id.empty() ? crypto::RandomToken(16) : message.id;
  if (id.find_first_of(" <>@") != std::string::npos || !IsPrintableAscii(id))
    return Fail(ErrorCode::kInvalid, "mail.bad_header");

  std::string out;
  auto const header = [&](std::string_view name, std::string const& value) {
    out += fmt::format("{}: {}\r\n", name, value);
  };
  header("Date", DateHeader(now));
  header("From", Mailbox(config.from_name, config.from));
  header("To", Mailbox(message.to_name, message.to));
  header("Subject", HeaderText(message.subject));
  header("Message-ID", fmt::format("<{}@{}>", id, config.from.substr(config.from.find('@') + 1)));
  header("Auto-Submitted", "auto-generated");  // RFC 3834: no holiday replies
  header("MIME-Version", "1.0");
  if (message.html.empty()) return out + Body("text/plain", message.text);

  // Base64 lines never contain "--", so no body can end a part.
  auto const boundary = "bole--" + crypto::Sha256Hex(id).substr(0, 32);
  header("Content-Type", fmt::format("multipart/alternative; boundary=\"{}\"", boundary));
  return out + fmt::format("\r\n--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n", boundary, Body("text/plain", message.text),
                           Body("text/html", message.html));
}

}  // namespace bole::mail
