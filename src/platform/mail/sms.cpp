#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/mail/curl.hpp"
#include "platform/mail/mail.hpp"

namespace bole::mail {
namespace {

constexpr long kDefaultRetryAfter = 60;

bool IsPhoneNumber(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return number.size() >= 5 && number.size() <= 20 &&
         std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t Ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

std::string Body(Sms const& sms) {
  boost::json::object params;
  for (auto const& [name, value] : sms.params) params[name] = value;
  return boost::json::serialize(boost::json::object{{"id", sms.id},
                                                    {"to", sms.to},
                                                    {"text", sms.text},
                                                    {"template", sms.template_key},
                                                    {"params", std::move(params)}});
}

class GatewaySender final : public SmsSender {
 public:
  GatewaySender(config::Sms config, Clock const& clock) : config_(std::move(config)), clock_(clock) {}

  Result<> Send(Sms const& sms) override {
    if (config_.url.empty()) return Fail(ErrorCode::kUnsupported, "sms.not_configured");
    if (!IsPhoneNumber(sms.to)) return Fail(ErrorCode::kInvalid, "sms.bad_number");
    auto const body = Body(sms);
    auto const timestamp = std::to_string(ToMillis(clock_.Now()) / 1000);
    auto const nonce = crypto::RandomToken(16);
    auto const handle = NewCurl(config_.url, "http,https", config_.timeout_seconds);
    auto* curl = handle.get();
    CurlList headers(nullptr, &curl_slist_free_all);
    Append(headers, "Content-Type: application/json");
    Append(headers, "Expect:");
    Append(headers, "X-Bole-Timestamp: " + timestamp);
    Append(headers, "X-Bole-Nonce: " + nonce);
    Append(headers,
           "X-Bole-Signature: sha256=" + crypto::HmacSha256Hex(config_.secret, timestamp + "." + nonce + "." + body));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Ignore);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, 1024L * 1024L);
    auto const code = curl_easy_perform(curl);
    if (code != CURLE_OK)
      return Fail(ErrorCode::kUnavailable, "sms.unreachable", {{"reason", curl_easy_strerror(code)}});
    long status = 0;
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
    return Explain(status, static_cast<long>(retry_after));
  }

 private:
  static Result<> Explain(long status, long retry_after) {
    auto const reply = std::to_string(status);
    if (status >= 200 && status <= 299) return {};
    if (status == 429)
      return Fail(
          ErrorCode::kTooMany, "sms.too_many",
          {{"reply", reply}, {"retry_after_s", std::to_string(retry_after > 0 ? retry_after : kDefaultRetryAfter)}});
    // As with mail: our account or the gateway's address is a matter for the administrator, not the end of the message.
    if (status == 401 || status == 403) return Fail(ErrorCode::kUnavailable, "sms.login_failed", {{"reply", reply}});
    if (status == 408 || status == 425 || status >= 500 || status < 400)
      return Fail(ErrorCode::kUnavailable, "sms.deferred", {{"reply", reply}});
    return Fail(ErrorCode::kInvalid, "sms.rejected", {{"reply", reply}});
  }

  config::Sms const config_;
  Clock const& clock_;
};

}  // namespace

std::unique_ptr<SmsSender> MakeSmsSender(config::Sms config, Clock const& clock) {
  return std::make_unique<GatewaySender>(std::move(config), clock);
}

}  // namespace bole::mail
