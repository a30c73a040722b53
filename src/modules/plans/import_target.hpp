#pragma once
#include <memory>

#include "modules/plans/api.hpp"

namespace bole::imports {
class Target;
}

namespace bole::plans {

// Questions and plans for module imports. `api`: the one that Register returned; it outlives the targets.
[[nodiscard]] std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api);
[[nodiscard]] std::unique_ptr<imports::Target> MakePlanTarget(AppContext& context, org::Api& org, Api& api);

}  // namespace bole::plans
