#pragma once
#include "modules/identity/policy.hpp"

// SQL about what proves who somebody is: former passwords, second factors, the policy about them.
namespace bole::identity::store {

std::optional<SecurityPolicy> Policy(db::Tx& tx);
// False when another version than `policy.version - 1` is stored.
bool SavePolicy(db::Tx& tx, SecurityPolicy const& policy);

// Newest first.
std::vector<std::string> FormerPasswords(db::Tx& tx, std::string const& user_id, int limit);
// Keeps `limit` of them.
void AddPassword(db::Tx& tx, std::string const& user_id, std::string const& hash, int limit, Instant now);

struct TotpRow {
  std::string user_id, secret;  // encrypted
  bool confirmed = false;
  std::int64_t last_step = -1;  // time step of the last accepted code
};
BOOST_DESCRIBE_STRUCT(TotpRow, (), (user_id, secret, confirmed, last_step))
std::optional<TotpRow> Totp(db::Tx& tx, std::string const& user_id);
void BeginTotp(db::Tx& tx, TotpRow const& row);  // in place of one that was not confirmed
// Marks the step as used and the secret as confirmed; false when this or a later step was used before.
bool UseStep(db::Tx& tx, std::string const& user_id, std::int64_t step);
bool DeleteTotp(db::Tx& tx, std::string const& user_id);  // with the recovery codes

void ReplaceRecoveryCodes(db::Tx& tx, std::string const& user_id, std::vector<std::string> const& hashes, Instant now);
bool UseRecoveryCode(db::Tx& tx, std::string const& user_id, std::string const& hash);
std::int64_t RecoveryCodesLeft(db::Tx& tx, std::string const& user_id);

}  // namespace bole::identity::store
