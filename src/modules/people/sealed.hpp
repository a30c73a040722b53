#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::people {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::people
