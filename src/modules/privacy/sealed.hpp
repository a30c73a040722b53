#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::privacy {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::privacy
