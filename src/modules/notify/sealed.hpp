#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::notify {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::notify
