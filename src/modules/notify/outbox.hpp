#pragma once
#include "modules/notify/api.hpp"
#include "platform/db/keyset.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::jobs {
class JobContext;
}
namespace bole::http {
class Routes;
}

namespace bole::notify {

// What a template makes of its parameters. The HTML holds nothing but the escaped text and one link.
struct Rendered {
  std::string subject, text, html;
};
[[nodiscard]] Rendered Render(i18n::Messages const& messages, Message const& message);
// The text opens something to whoever reads it: a one-time code, or a link to one's own data.
[[nodiscard]] bool IsKey(std::string_view template_key);
[[nodiscard]] std::string EscapeHtml(std::string_view text);

struct MessageRow {
  std::string id, org_id, related_id, person_id;
  Channel channel = Channel::email;
  std::string recipient, recipient_name, to_masked, template_key, subject, text_body, html_body;
  MessageState state = MessageState::queued;
  std::int64_t attempts = 0;
  std::string error;
  Instant created_at{};
  std::optional<Instant> sent_at;
};
BOOST_DESCRIBE_STRUCT(MessageRow, (),
                      (id, org_id, related_id, person_id, channel, recipient, recipient_name, to_masked, template_key,
                       subject, text_body, html_body, state, attempts, error, created_at, sent_at))
inline constexpr char const* kRecipient = "message.recipient";
inline constexpr char const* kName = "message.recipient_name";
inline constexpr char const* kText = "message.text";
inline constexpr char const* kHtml = "message.html";

struct MessageQuery {
  std::optional<std::string> related_id;
  std::optional<MessageState> state;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(MessageQuery, (), (related_id, state, limit, cursor))

// Thread-safe.
class Outbox final : public Api {
 public:
  Outbox(AppContext& context, audit::Api& audit, mail::MailSender& mail, mail::SmsSender& sms)
      : context_(context), audit_(audit), mail_(mail), sms_(sms) {}

  Result<std::string> Send(db::Tx& tx, Message const& message) override;
  std::vector<Delivery> DeliveriesOf(db::Tx& tx, std::vector<std::string> const& related_ids) override;
  // Bodies only where `who` holds message.read; of one-time codes only while nobody could send them. Reading bodies is
  // audited.
  Result<Page<MessageView>> List(Principal const& who, MessageQuery const& query, audit::Purpose const& purpose = {});
  Result<> Deliver(jobs::JobContext& job);  // the job notify.send: one attempt

 private:
  Result<> Attempt(MessageRow const& row);

  AppContext& context_;
  audit::Api& audit_;
  mail::MailSender& mail_;
  mail::SmsSender& sms_;
};

}  // namespace bole::notify

namespace bole {
template <>
inline constexpr auto kRules<notify::MessageQuery> =
    std::tuple{Field<&notify::MessageQuery::related_id>{{.max_length = 26}},
               Field<&notify::MessageQuery::limit>{{.min = 1, .max = 200}},
               Field<&notify::MessageQuery::cursor>{{.max_length = 26}}};
}
