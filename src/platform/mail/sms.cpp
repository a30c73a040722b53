#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.hpp"
#include "platform/mail/mail.hpp"
#include "platform/mail/signed_post.hpp"

namespace bole::mail {
namespace {

constexpr long kDefaultRetryAfter = 60;

bool IsPhoneNumber(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return number.size() >= 5 && number.size() <= 20 &&
         std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

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
    BOLE_ASSIGN(auto const answer, PostSigned({config_.url, config_.secret, config_.timeout_seconds}, Body(sms), clock_,
                                              "sms.unreachable"));
    return Explain(answer.status, answer.retry_after);
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
