#pragma once
#include <functional>

#include "modules/plans/api.hpp"
#include "platform/i18n/locale.hpp"

namespace bole::notify {
class Api;
}

// Tells people by mail what plans want of them: to follow a new version of a standard, to approve, to mend.
namespace bole::plans {

struct Addressee {
  std::string name, email;
  i18n::Locale locale = i18n::kDefaultLocale;
};
using FindAddressee = std::function<std::optional<Addressee>(db::Tx& tx, std::string const& user_id)>;
// User ids of those who may approve plans of a unit.
using FindApprovers = std::function<std::vector<std::string>(db::Tx& tx, std::string const& org_path)>;

// From now on a new version of a standard, and its end, send one message to the last editor of each plan that follows
// an old version or a standard out of use, if an address is known. A submitted plan is told to all who may decide about
// it, a decision, with its reason, to who submitted. Call once, before the runner starts.
void RegisterNotices(AppContext& context, org::Api& org, notify::Api& notify, FindAddressee find,
                     FindApprovers approvers);

}  // namespace bole::plans
