#pragma once

namespace bole {
struct AppContext;
namespace org {
class Api;
}
namespace identity {
class Api;
}
namespace notify {
class Api;
}
}  // namespace bole

namespace bole::app {

// Writes to whoever planned a change of the tree that could not be on its day, and to whoever may change the unit.
void RegisterOrgNotices(AppContext& context, org::Api& org, identity::Api& identity, notify::Api& notify);

}  // namespace bole::app
