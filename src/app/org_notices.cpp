#include "app/org_notices.hpp"

#include <set>

#include "modules/identity/api.hpp"
#include "modules/notify/api.hpp"
#include "modules/org/api.hpp"
#include "platform/app/context.hpp"
#include "platform/config/config.hpp"
#include "platform/events/events.hpp"

namespace bole::app {
namespace {

constexpr char const* kJob = "org.tell_failed";

Result<> Tell(AppContext& context, org::Api& org, identity::Api& identity, notify::Api& notify, std::string const& id) {
  return context.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const change, org.FindChange(tx, Scope::Everything(), id));
    BOLE_ASSIGN(auto const node, org.Node(tx, Scope::Everything(), change.org_id));
    if (!notify.DeliveriesOf(tx, {change.id}).empty()) return {};  // the job ran before
    std::set<std::string> people{change.author_id};
    for (auto const& colleague : identity.Colleagues(tx, "org.write", node.path, "")) people.insert(colleague.id);
    for (auto const& person : people) {
      auto const to = identity.ContactOf(tx, person);
      if (!to || to->email.empty()) continue;
      notify::Message message;
      message.to = to->email, message.to_name = to->name;
      message.locale = i18n::ParseLocale(to->locale).value_or(i18n::kDefaultLocale);
      message.template_key = "change_failed", message.org_id = node.id, message.related_id = change.id;
      bool const zh = message.locale == i18n::Locale::kZhCn || change.node_name_en.empty();
      message.params = {{"name", to->name},
                        {"unit", zh ? change.node_name : change.node_name_en},
                        {"date", FormatDate(change.effective_date)},
                        {"link", context.config.PublicUrl() + "/organisation?view=changes&state=failed"}};
      BOLE_TRY(notify.Send(tx, message));
    }
    return {};
  });
}

}  // namespace

void RegisterOrgNotices(AppContext& context, org::Api& org, identity::Api& identity, notify::Api& notify) {
  context.bus.Subscribe(org::kChangeFailed, kJob);
  context.runner.Register(kJob, [&](jobs::JobContext& job) {
    return Tell(context, org, identity, notify, std::string(job.payload().at("change").as_string()));
  });
}

}  // namespace bole::app
