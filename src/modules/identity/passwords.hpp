#pragma once
#include <filesystem>
#include <set>

#include "modules/identity/policy.hpp"
#include "modules/identity/store.hpp"
#include "platform/crypto/password.hpp"

namespace bole::identity {

// Which passwords are allowed, and changing one. Thread-safe.
class PasswordRules {
 public:
  // `common` is a file with one password a line; "#" begins a comment.
  PasswordRules(crypto::PasswordHasher const& hasher, std::filesystem::path const& common);

  // Length, kinds of characters, common ones, the user's own name. Codes at `pointer`.
  void Check(std::string_view password, std::string_view user_name, SecurityPolicy const& policy,
             std::string const& pointer, FieldErrors& errors) const;
  // Whether it is the present password or one of the last ones. Hashes: slow, so not inside a transaction.
  [[nodiscard]] bool UsedBefore(std::string const& password, std::vector<std::string> const& hashes) const;
  [[nodiscard]] crypto::PasswordHasher const& hasher() const { return hasher_; }

 private:
  [[nodiscard]] bool IsCommon(std::string_view password) const;
  crypto::PasswordHasher const& hasher_;
  std::set<std::string, std::less<>> common_;
};

// The present hash and the former ones that the policy remembers.
[[nodiscard]] std::vector<std::string> PasswordHistory(db::Tx& tx, store::UserRow const& user,
                                                       SecurityPolicy const& policy);
// Whether the person must choose a new one before he may go on.
[[nodiscard]] bool PasswordIsDue(store::UserRow const& user, SecurityPolicy const& policy, Instant now);

}  // namespace bole::identity
