#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::app {

// The sealed columns of all modules.
[[nodiscard]] SealedColumns AllSealedColumns();

}  // namespace bole::app
