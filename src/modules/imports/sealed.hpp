#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::imports {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::imports
