#include "modules/audit/sealed.hpp"

namespace bole::audit {

SealedColumns Sealed() { return {{"audit_key", "private_key"}}; }

}  // namespace bole::audit
