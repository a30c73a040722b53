#pragma once
#include <functional>
#include <memory>

#include "modules/personnel/api.hpp"

namespace bole::imports {
class Target;
}

namespace bole::personnel {

// Whether something that personnel does not know of (a legal hold, a request) keeps a person from being removed.
using PersonKept = std::function<bool(db::Tx& tx, std::string const& person_id)>;

// Employees for module imports. `api`: the one that Register returned; it outlives the target.
[[nodiscard]] std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api,
                                                                PersonKept kept);

class Service;
// The same, inside the module.
[[nodiscard]] std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Service& service,
                                                                PersonKept kept);

}  // namespace bole::personnel
