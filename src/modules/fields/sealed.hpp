#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::fields {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::fields
