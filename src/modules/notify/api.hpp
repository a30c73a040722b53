#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/audit/api.hpp"
#include "platform/i18n/locale.hpp"
#include "platform/reflect/reflect.hpp"

namespace bole {
class PersonalData;
}
namespace bole::mail {
class MailSender;
class SmsSender;
}  // namespace bole::mail

// T1: messages to people by e-mail and SMS. A message is a row of the outbox, written in the transaction that causes it
// and sent by a background job.
namespace bole::notify {

enum class Channel { email, sms };
BOOST_DESCRIBE_ENUM(Channel, email, sms)
// not_configured: no server for the channel; an administrator may hand the text on from the outbox.
enum class MessageState { queued, sent, failed, not_configured };
BOOST_DESCRIBE_ENUM(MessageState, queued, sent, failed, not_configured)

// Subject, text and html come from the message keys notify.<template>.* in `locale`, filled with `params`.
// Templates and their parameters:
//   invitation  candidate_name company branch job plan link expires minutes contact
//   reminder    candidate_name company job link expires contact
//   code        company code minutes
//   standard    name plan standard version adopt_by link
//   plan_submitted, plan_approved, plan_rejected  name plan unit by reason link
//   result      candidate_name company job outcome contact
//   my_data     name company unit minutes link
// A link that is a paragraph of its own becomes a button: notify.<template>.action, else notify.action.
struct Message {
  Channel channel = Channel::email;
  std::string to, to_name;  // an address, or a phone number in E.164 or national digits
  i18n::Locale locale = i18n::kDefaultLocale;
  std::string template_key;
  std::map<std::string, std::string> params;
  std::string org_id;      // whose outbox shows it
  std::string related_id;  // the interview, for DeliveriesOf
  std::string person_id;   // whose personal data this is
};

struct MessageView {
  std::string id;
  Channel channel = Channel::email;
  std::string to_masked, subject;
  std::optional<std::string> body;
  MessageState state = MessageState::queued;
  std::int64_t attempts = 0;
  std::string error;  // a message key, empty when all is well
  Instant created_at{};
  std::optional<Instant> sent_at;
};
BOOST_DESCRIBE_STRUCT(MessageView, (),
                      (id, channel, to_masked, subject, body, state, attempts, error, created_at, sent_at))

struct Delivery {
  std::string message_id, related_id;
  Channel channel = Channel::email;
  std::string to_masked;
  MessageState state = MessageState::queued;
  std::string error;
  Instant at{};  // sent, or created while not sent
};

class Api {
 public:
  virtual ~Api() = default;
  // Writes the message and its job in the caller's transaction; returns its id. kInvalid when `to` is empty.
  virtual Result<std::string> Send(db::Tx& tx, Message const& message) = 0;
  // Newest first. One query for a whole page of interviews.
  virtual std::vector<Delivery> DeliveriesOf(db::Tx& tx, std::vector<std::string> const& related_ids) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, mail::MailSender& mail,
                                            mail::SmsSender& sms);

// The messages sent to a person.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context);

// "138****1234" for phone numbers, "z***@example.com" for addresses.
[[nodiscard]] std::string MaskPhone(std::string const& phone);
[[nodiscard]] std::string MaskEmail(std::string const& email);

}  // namespace bole::notify
