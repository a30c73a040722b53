#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::audit {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::audit
