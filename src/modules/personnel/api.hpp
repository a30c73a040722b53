#pragma once
#include <memory>
#include <optional>
#include <string>

#include "modules/fields/api.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"
#include "modules/personnel/views.hpp"

namespace bole {
class PersonalData;
}

// T3: employees. A person of module people, employed in one unit from a first to a last day; who comes back gets
// another employment of the same person. Contracts, transfers, attendance and pay stand on it.
namespace bole::personnel {

class Api {
 public:
  virtual ~Api() = default;
  // kNotFound when missing or outside the scope. The caller has its Scope and records what it does.
  virtual Result<EmployeeView> Find(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual Result<EmployeeView> Create(Principal const& who, CreateEmployee const& input) = 0;
  // Is or was employed, at any unit.
  virtual bool Knows(db::Tx& tx, std::string const& person_id) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people,
                                            fields::Api& fields = fields::None());
// A person's employments. `api`: the one that Register returned; it outlives this.
[[nodiscard]] std::unique_ptr<PersonalData> MakePersonalData(AppContext const& context, Api& api);

}  // namespace bole::personnel
