#include "base/text.hpp"
#include "modules/notify/outbox.hpp"

namespace bole::notify {
namespace {

std::string OneLine(std::string text) {
  for (auto& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return text;
}

// Paragraphs stand apart by an empty line; a paragraph that is the link becomes a button with the address below.
std::string ToHtml(std::string const& text, std::string const& link, std::string const& action) {
  std::string out =
      "<!doctype html><html><body style=\"margin:0;padding:24px;background:#f5f6f8;font:16px/1.7 "
      "-apple-system,'PingFang "
      "SC','Microsoft YaHei',Segoe UI,sans-serif;color:#1f2329\"><div "
      "style=\"max-width:560px;margin:auto;background:#fff;"
      "border-radius:8px;padding:32px\">";
  for (std::size_t at = 0; at <= text.size();) {
    auto end = text.find("\n\n", at);
    if (end == std::string::npos) end = text.size();
    auto const paragraph = text.substr(at, end - at);
    at = end + 2;
    if (Trim(paragraph).empty()) continue;
    if (!link.empty() && Trim(paragraph) == link) {
      auto const safe = EscapeHtml(link);
      out += "<p><a href=\"" + safe +
             "\" style=\"display:inline-block;padding:10px 24px;border-radius:6px;background:#1f5eff;"
             "color:#fff;text-decoration:none\">" +
             EscapeHtml(action) +
             "</a></p><p style=\"font-size:13px;color:#646a73;"
             "word-break:break-all\">" +
             safe + "</p>";
    } else {
      out += "<p>" + ReplaceAll(EscapeHtml(paragraph), "\n", "<br>") + "</p>";
    }
  }
  return out + "</div></body></html>";
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += c;
  }
  return out;
}

bool IsKey(std::string_view template_key) { return template_key == "code" || template_key == "my_data"; }

Rendered Render(i18n::Messages const& messages, Message const& message) {
  auto const key = "notify." + message.template_key;
  auto params = message.params;
  for (auto& [name, value] : params) value = OneLine(value);
  if (message.channel == Channel::sms) return {"", messages.Text(message.locale, key + ".sms", params), ""};
  auto const link = params.find("link");
  bool const safe_link =
      link != params.end() && (link->second.starts_with("https://") || link->second.starts_with("http://"));
  auto const text = messages.Text(message.locale, key + ".text", params);
  auto const action = key + ".action";
  return {OneLine(messages.Text(message.locale, key + ".subject", params)), text,
          ToHtml(text, safe_link ? link->second : "",
                 messages.Text(message.locale, messages.Has(message.locale, action) ? action : "notify.action"))};
}

std::string MaskPhone(std::string const& phone) {
  if (phone.empty()) return "";
  auto const shown = phone.starts_with("+86") ? phone.substr(3) : phone;
  if (shown.size() < 8) return "****";
  return shown.substr(0, 3) + "****" + shown.substr(shown.size() - 4);
}

std::string MaskEmail(std::string const& email) {
  auto const at = email.find('@');
  if (at == std::string::npos || at == 0) return email.empty() ? "" : "***";
  return email.substr(0, 1) + "***" + email.substr(at);
}

}  // namespace bole::notify
