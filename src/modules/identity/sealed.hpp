#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::identity {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::identity
