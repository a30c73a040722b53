#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::assessment {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::assessment
