#pragma once
#include <functional>
#include <memory>

#include "modules/imports/target.hpp"

namespace bole {
class PersonalData;
}

// T0: one import for the records of every module. A module offers a Target; app/wiring.cpp hands it over.
namespace bole::imports {

// The rights of a user now; nullopt when he may not sign in any more. Asked when a job runs.
using RightsOf = std::function<std::optional<Principal>(db::Tx&, std::string const& user_id)>;

class Api {
 public:
  virtual ~Api() = default;
  // Before the first request. The target outlives the Api.
  virtual void Offer(Target& target) = 0;
  // Asks for today's removal of old files; each asks for the next. Once after the database is migrated.
  virtual void ScheduleExpiry() = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, RightsOf rights);
// Files and former values of records about a person.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData();

}  // namespace bole::imports
