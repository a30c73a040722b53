#include "modules/identity/credential_store.hpp"

#include "base/ids.hpp"

namespace bole::identity::store {
namespace {

struct PolicyRow {
  std::string id;
  db::Json<SecurityPolicy> document;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PolicyRow, (), (id, document, version))

struct PasswordRow {
  std::string id, user_id, password_hash;
};
BOOST_DESCRIBE_STRUCT(PasswordRow, (), (id, user_id, password_hash))

struct RecoveryRow {
  std::string id, user_id, code_hash;
};
BOOST_DESCRIBE_STRUCT(RecoveryRow, (), (id, user_id, code_hash))

}  // namespace

std::optional<SecurityPolicy> Policy(db::Tx& tx) {
  auto const row =
      tx.One<PolicyRow>({"identity.policy", "SELECT " + db::Columns<PolicyRow>() + " FROM security_policy"});
  if (!row) return std::nullopt;
  auto out = row->document.value;
  out.version = row->version;
  return out;
}

bool SavePolicy(db::Tx& tx, SecurityPolicy const& policy) {
  PolicyRow const row{"sign_in", {policy}, policy.version};
  if (policy.version == 1) return tx.Insert("security_policy", row), true;
  return tx.Execute({"identity.policy_set",
                     "UPDATE security_policy SET document = ?, version = ? WHERE id = ? AND version = ?"},
                    row.document, row.version, row.id, policy.version - 1) == 1;
}

std::vector<std::string> FormerPasswords(db::Tx& tx, std::string const& user_id, int limit) {
  std::vector<std::string> out;
  for (auto const& row :
       tx.Select<PasswordRow>({"identity.passwords", "SELECT " + db::Columns<PasswordRow>() +
                                                         " FROM user_password WHERE user_id = ? ORDER BY id DESC "
                                                         "LIMIT ?"},
                              user_id, limit))
    out.push_back(row.password_hash);
  return out;
}

void AddPassword(db::Tx& tx, std::string const& user_id, std::string const& hash, int limit, Instant now) {
  tx.Insert("user_password", PasswordRow{NewUlid(now), user_id, hash});
  tx.Execute({"identity.passwords_prune",
              "DELETE FROM user_password WHERE user_id = ? AND id NOT IN (SELECT id FROM user_password WHERE user_id = "
              "? ORDER BY id DESC LIMIT ?)"},
             user_id, user_id, limit);
}

std::optional<TotpRow> Totp(db::Tx& tx, std::string const& user_id) {
  return tx.One<TotpRow>({"identity.totp", "SELECT " + db::Columns<TotpRow>() + " FROM user_totp WHERE user_id = ?"},
                         user_id);
}

void BeginTotp(db::Tx& tx, TotpRow const& row) {
  tx.Execute({"identity.totp_drop", "DELETE FROM user_totp WHERE user_id = ? AND confirmed = 0"}, row.user_id);
  tx.Insert("user_totp", row);
}

bool UseStep(db::Tx& tx, std::string const& user_id, std::int64_t step) {
  return tx.Execute({"identity.totp_use",
                     "UPDATE user_totp SET last_step = ?, confirmed = 1 WHERE user_id = ? AND last_step < ?"},
                    step, user_id, step) == 1;
}

bool DeleteTotp(db::Tx& tx, std::string const& user_id) {
  tx.Execute({"identity.recovery_drop", "DELETE FROM user_recovery_code WHERE user_id = ?"}, user_id);
  return tx.Execute({"identity.totp_delete", "DELETE FROM user_totp WHERE user_id = ?"}, user_id) == 1;
}

void ReplaceRecoveryCodes(db::Tx& tx, std::string const& user_id, std::vector<std::string> const& hashes, Instant now) {
  tx.Execute({"identity.recovery_drop", "DELETE FROM user_recovery_code WHERE user_id = ?"}, user_id);
  for (auto const& hash : hashes) tx.Insert("user_recovery_code", RecoveryRow{NewUlid(now), user_id, hash});
}

bool UseRecoveryCode(db::Tx& tx, std::string const& user_id, std::string const& hash) {
  return tx.Execute({"identity.recovery_use", "DELETE FROM user_recovery_code WHERE user_id = ? AND code_hash = ?"},
                    user_id, hash) == 1;
}

std::int64_t RecoveryCodesLeft(db::Tx& tx, std::string const& user_id) {
  return *tx.Scalar<std::int64_t>(
      {"identity.recovery_left", "SELECT COUNT(*) FROM user_recovery_code WHERE user_id = ?"}, user_id);
}

}  // namespace bole::identity::store
