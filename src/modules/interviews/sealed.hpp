#pragma once
#include "platform/security/sealed_column.hpp"

namespace bole::interviews {

[[nodiscard]] SealedColumns Sealed();

}  // namespace bole::interviews
