#pragma once
#include "modules/identity/api.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module.
namespace bole::identity::store {

struct UserRow {
  std::string id, user_name, name, email, org_id, locale, password_hash;
  bool active = true;
  std::int64_t failed_attempts = 0;
  std::optional<Instant> locked_until, last_sign_in_at;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, user_name, name, email, org_id, locale, password_hash, active, failed_attempts, locked_until,
                       last_sign_in_at, version))

struct GrantRow {
  std::string id, user_id, role, org_id;
  std::optional<Date> valid_until;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (id, user_id, role, org_id, valid_until))

struct GrantPathRow {
  std::string id, role, org_id, org_name, org_path;
  std::optional<Date> valid_until;
};
BOOST_DESCRIBE_STRUCT(GrantPathRow, (), (id, role, org_id, org_name, org_path, valid_until))

struct SessionRow {
  std::string id, token_hash, user_id;
  Instant created_at{}, last_seen_at{}, expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, token_hash, user_id, created_at, last_seen_at, expires_at))

std::optional<UserRow> UserByName(db::Tx& tx, std::string const& user_name);
std::optional<UserRow> UserById(db::Tx& tx, std::string const& id);
std::optional<UserView> View(db::Tx& tx, Scope const& scope, std::string const& id);
Page<UserView> Users(db::Tx& tx, Scope const& scope, std::string const& text, int limit, std::string const& cursor);
std::int64_t CountUsers(db::Tx& tx, std::string const& org_path);
bool Update(db::Tx& tx, UserRow const& user, std::int64_t expected);
void SaveSignIn(db::Tx& tx, UserRow const& user);

std::vector<GrantPathRow> Grants(db::Tx& tx, std::string const& user_id);
bool DeleteGrant(db::Tx& tx, std::string const& user_id, std::string const& grant_id);

std::optional<SessionRow> SessionByToken(db::Tx& tx, std::string const& token_hash);
void Touch(db::Tx& tx, std::string const& session_id, Instant now);
void DeleteSession(db::Tx& tx, std::string const& session_id);
// All sessions of a user except one.
void DeleteSessions(db::Tx& tx, std::string const& user_id, std::string const& except_id);
void DeleteExpired(db::Tx& tx, Instant now);

}  // namespace bole::identity::store
