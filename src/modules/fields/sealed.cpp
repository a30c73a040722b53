#include "modules/fields/sealed.hpp"

#include "modules/fields/secrets.hpp"

namespace bole::fields {

SealedColumns Sealed() {
  return {{.table = "field_value",
           .column = "secret",
           .context = kSecretContext,
           .key = "record_id",
           .context_has_key = true}};
}

}  // namespace bole::fields
