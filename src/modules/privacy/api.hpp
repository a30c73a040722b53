#pragma once
#include <memory>
#include <vector>

#include "modules/audit/api.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::org {
class Api;
}
namespace bole::identity {
class Api;
}
namespace bole::people {
class Api;
}
namespace bole::interviews {
class Api;
}
namespace bole::plans {
class Api;
}
namespace bole::notify {
class Api;
}
namespace bole::http {
class Authenticator;
}

// T5: rights of persons over what all modules hold about them (PIPL, GDPR): consents, requests, copies, erasure with
// proof, legal holds, retention, and who looked at what.
namespace bole::privacy {

class Api {
 public:
  virtual ~Api() = default;
  // Asks for today's retention run; each run asks for the next. Once after the database is migrated.
  virtual void ScheduleRetention() = 0;
  // Consents, requests, copies, holds or erasures about this person are on record.
  virtual bool Keeps(db::Tx& tx, std::string const& person_id) = 0;
  // Recognises somebody who opened the link to his data.
  virtual std::shared_ptr<http::Authenticator> PersonAuthenticator() = 0;
};

struct Neighbours {
  audit::Api& audit;
  org::Api& org;
  identity::Api& identity;
  people::Api& people;
  interviews::Api& interviews;
  plans::Api& plans;
  notify::Api& notify;
  // In the order in which they erase: who reads another one's rows to find his own comes first.
  std::vector<PersonalData*> portions;
};
// Throws std::runtime_error when share/content/privacy is broken.
[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, Neighbours neighbours);

}  // namespace bole::privacy
