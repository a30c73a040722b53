#include "modules/identity/sealed.hpp"

namespace bole::identity {

SealedColumns Sealed() {
  return {{"oidc_request", "verifier"},
          {.table = "user_totp", .column = "secret", .key = "user_id", .context_has_key = true}};
}

}  // namespace bole::identity
