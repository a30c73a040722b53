// RFC 5321 through libcurl: STARTTLS, authentication and dot-stuffing are its work.
#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "platform/mail/curl.hpp"
#include "platform/mail/mail.hpp"

namespace bole::mail {
namespace {

struct Exchange {
  std::string_view unsent;
  bool started = false;  // the body is on its way: what the server answers now concerns this message
  std::string refusal;   // "550 5.1.1 no such user"
};

std::size_t GiveBody(char* out, std::size_t size, std::size_t count, void* context) {
  auto& exchange = *static_cast<Exchange*>(context);
  exchange.started = true;
  auto const bytes = std::min(size * count, exchange.unsent.size());
  std::memcpy(out, exchange.unsent.data(), bytes);
  exchange.unsent.remove_prefix(bytes);
  return bytes;
}

std::size_t TakeReply(char* line, std::size_t size, std::size_t count, void* context) {
  std::string_view const reply(line, size * count);
  if (reply.starts_with('4') || reply.starts_with('5')) static_cast<Exchange*>(context)->refusal = reply;
  return reply.size();
}

// Does the password stay on this machine? Whole host names only: "127.example.com" is somewhere else.
bool IsLoopback(std::string_view url) {
  auto host = url.substr(std::min(url.size(), url.find("://") + 3));
  if (host.starts_with("[::1]")) return true;
  host = host.substr(0, host.find_first_of(":/"));
  return host == "localhost" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

class SmtpSender final : public MailSender {
 public:
  SmtpSender(config::Mail config, Clock const& clock) : config_(std::move(config)), clock_(clock) {}

  Result<> Send(Message const& message) override {
    if (config_.smtp_url.empty()) return Fail(ErrorCode::kUnsupported, "mail.not_configured");
    BOLE_ASSIGN(auto const content, BuildMime(config_, message, clock_.Now()));
    Exchange exchange{content, false, {}};
    auto const handle = NewCurl(config_.smtp_url, "smtp,smtps", config_.timeout_seconds);
    auto* curl = handle.get();
    CurlList recipients(nullptr, &curl_slist_free_all);
    Append(recipients, "<" + message.to + ">");
    auto const from = "<" + config_.from + ">";
    bool const must_encrypt = config_.require_tls || (!config_.password.empty() && !IsLoopback(config_.smtp_url));
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(must_encrypt ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    if (!config_.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, config_.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, config_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &GiveBody);
    curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &TakeReply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
    auto const code = curl_easy_perform(curl);
    if (code == CURLE_OK) return {};
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    return Explain(code, reply, exchange);
  }

 private:
  // Only an answer about this sender, recipient or body is final. What concerns the connection or our account
  // (greeting, STARTTLS, sign-in) a person can repair, and then the message should still go out.
  static tl::unexpected<Error> Explain(CURLcode code, long reply, Exchange const& exchange) {
    auto const words = Shorten(exchange.refusal);
    if (code == CURLE_LOGIN_DENIED || reply == 530 || reply == 535)
      return Fail(ErrorCode::kUnavailable, "mail.login_failed", {{"reply", words}});
    if (code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR)
      return Fail(ErrorCode::kUnavailable, "mail.tls_failed", {{"reason", curl_easy_strerror(code)}});
    bool const about_message = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && exchange.started);
    if (about_message && reply >= 500 && reply <= 599)
      return Fail(ErrorCode::kInvalid, "mail.rejected", {{"reply", words}});
    if (reply >= 400 && reply <= 599) return Fail(ErrorCode::kUnavailable, "mail.deferred", {{"reply", words}});
    return Fail(ErrorCode::kUnavailable, "mail.unreachable", {{"reason", curl_easy_strerror(code)}});
  }

  config::Mail const config_;
  Clock const& clock_;
};

}  // namespace

std::unique_ptr<MailSender> MakeMailSender(config::Mail config, Clock const& clock) {
  return std::make_unique<SmtpSender>(std::move(config), clock);
}

}  // namespace bole::mail
