#pragma once
#include "modules/fields/store.hpp"

namespace bole::crypto {
class FieldCipher;
}

namespace bole::fields {

inline constexpr char const* kSecretContext = "field_value.secret";
// A sealed value is bound to its record, so that it cannot be moved into another one.
[[nodiscard]] inline std::string SecretContext(std::string const& record_id) {
  return std::string(kSecretContext) + ":" + record_id;
}
// Texts of one field of one record, decrypted where they are encrypted.
[[nodiscard]] Result<std::vector<std::string>> OpenValue(crypto::FieldCipher const& cipher,
                                                         std::vector<store::FoundValue> const& rows);
[[nodiscard]] bool Shown(Scope const& scope, CustomFieldView const& field, std::string const& org_path);

}  // namespace bole::fields
