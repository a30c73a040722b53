#include "modules/notify/outbox.hpp"
#include "platform/app/context.hpp"
#include "platform/http/routes.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::notify {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, mail::MailSender& mail, mail::SmsSender& sms) {
  auto outbox = std::make_unique<Outbox>(context, audit, mail, sms);
  context.runner.Register("notify.send", [&box = *outbox](jobs::JobContext& job) { return box.Deliver(job); });
  context.routes.Get<MessageQuery, Page<MessageView>>(
      "/messages", {.permission = "signed_in", .tag = "messages", .summary = "The outbox; bodies need message.read"},
      [&box = *outbox](http::Request const& r, MessageQuery const& q) -> Result<Page<MessageView>> {
        BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
        return box.List(r.who(), q, purpose);
      });
  return outbox;
}

}  // namespace bole::notify
