#pragma once
#include <functional>

#include "modules/plans/api.hpp"
#include "platform/i18n/locale.hpp"

namespace bole::notify {
class Api;
}

// Tells branches by mail that their plan has to follow a new version of its standard.
namespace bole::plans {

struct Addressee {
  std::string name, email;
  i18n::Locale locale = i18n::kDefaultLocale;
};
using FindAddressee = std::function<std::optional<Addressee>(db::Tx& tx, std::string const& user_id)>;

// From now on a new version of a standard, and its end, send one message to the last editor of each plan that follows
// an old version or a standard out of use, if an address is known. Call once, before the runner starts.
void RegisterNotices(AppContext& context, org::Api& org, notify::Api& notify, FindAddressee find);

}  // namespace bole::plans
