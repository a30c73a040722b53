#pragma once
#include "modules/identity/credential_store.hpp"
#include "modules/identity/shared.hpp"

namespace bole::identity {

// For an authenticator app: shown once, until a code from it is given back.
struct EnrolmentView {
  std::string secret, uri, qr_svg;
};
BOOST_DESCRIBE_STRUCT(EnrolmentView, (), (secret, uri, qr_svg))

struct RecoveryCodes {
  std::vector<std::string> codes;  // each works once; shown this once
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

struct GiveCode {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(GiveCode, (), (code))

struct GivePassword {
  std::string password;
};
BOOST_DESCRIBE_STRUCT(GivePassword, (), (password))

// How an account is protected, for its owner.
struct ProtectionView {
  bool second_factor = false, second_factor_required = false;
  std::int64_t recovery_codes_left = 0;
  PasswordRule password_rule;
  Instant password_set_at{};
};
BOOST_DESCRIBE_STRUCT(ProtectionView, (),
                      (second_factor, second_factor_required, recovery_codes_left, password_rule, password_set_at))

// Time-based one-time codes (RFC 6238) and recovery codes. Thread-safe. Codes are SHA-256 of 80 random bits, TOTP
// secrets encrypted and bound to their account.
class SecondFactor {
 public:
  explicit SecondFactor(Shared& shared) : shared_(shared) {}

  // Steps of the sign-in and of the profile; the caller has made sure who the person is.
  Result<EnrolmentView> Begin(db::Tx& tx, store::UserRow const& user);
  Result<RecoveryCodes> Confirm(db::Tx& tx, store::UserRow const& user, std::string const& code);
  // A code of the app (±1 step, each step once) or a recovery code.
  [[nodiscard]] bool Accept(db::Tx& tx, store::UserRow const& user, std::string const& code);
  [[nodiscard]] bool IsOn(db::Tx& tx, std::string const& user_id);
  [[nodiscard]] bool IsRequired(db::Tx& tx, store::UserRow const& user);

  Result<ProtectionView> Protection(Principal const& who);
  // The owner shows with his password that he is still there.
  Result<EnrolmentView> BeginMine(Principal const& who, GivePassword const& input);
  Result<RecoveryCodes> ConfirmMine(Principal const& who, GiveCode const& input);
  Result<RecoveryCodes> NewCodes(Principal const& who, GivePassword const& input);
  Result<> RemoveMine(Principal const& who, GivePassword const& input);
  // A lost phone: by the administrator.
  Result<> RemoveOf(Principal const& who, std::string const& user_id);

 private:
  [[nodiscard]] std::vector<std::string> FreshCodes(db::Tx& tx, std::string const& user_id);
  [[nodiscard]] Result<store::UserRow> Owner(Principal const& who, GivePassword const& input);
  Shared& shared_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::GiveCode> =
    std::tuple{Field<&identity::GiveCode::code>{{.min_length = 6, .max_length = 40, .secret = true}}};
template <>
inline constexpr auto kRules<identity::GivePassword> =
    std::tuple{Field<&identity::GivePassword::password>{{.min_length = 1, .max_length = 200, .secret = true}}};
}  // namespace bole
