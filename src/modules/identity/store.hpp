#pragma once
#include "modules/identity/api.hpp"
#include "platform/db/keyset.hpp"

// SQL about accounts, grants and roles of one's own.
namespace bole::identity::store {

struct UserRow {
  std::string id, user_name, name, email, org_id, locale, password_hash;
  bool active = true;
  std::int64_t failed_attempts = 0;
  std::optional<Instant> locked_until, last_sign_in_at;
  std::int64_t version = 1;
  bool must_change_password = false;
  Instant password_set_at{};
  std::optional<std::string> manager_id{};
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, user_name, name, email, org_id, locale, password_hash, active, failed_attempts, locked_until,
                       last_sign_in_at, version, must_change_password, password_set_at, manager_id))

struct GrantRow {
  std::string id, user_id, role, org_id;
  std::optional<Date> valid_until, valid_from;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (id, user_id, role, org_id, valid_until, valid_from))

struct GrantPathRow {
  std::string id, user_id, role, org_id, org_name, org_path, zone;
  std::optional<Date> valid_until, valid_from;
};
BOOST_DESCRIBE_STRUCT(GrantPathRow, (), (id, user_id, role, org_id, org_name, org_path, zone, valid_until, valid_from))

struct RoleRow {
  std::string role_key, name_zh, name_en;
  db::Json<std::vector<std::string>> permissions;
  db::Json<FieldRights> fields;
  std::optional<std::string> copied_from;
  std::int64_t version = 1;
  db::Json<std::vector<PermissionReach>> reaches{};
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role_key, name_zh, name_en, permissions, fields, copied_from, version, reaches))

std::optional<UserRow> UserByName(db::Tx& tx, std::string const& user_name);
std::optional<UserRow> UserById(db::Tx& tx, std::string const& id);
// For sign-in by an identity provider: every account with this address.
std::vector<UserRow> UsersByEmail(db::Tx& tx, std::string const& email);
std::optional<UserView> View(db::Tx& tx, Scope const& scope, std::string const& id, Instant now);
Page<UserView> Users(db::Tx& tx, Scope const& scope, std::string const& text, int limit, std::string const& cursor,
                     Instant now);
struct UnitRow {
  std::string id, path;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (id, path))
std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code);
// Active ones, below a path.
std::int64_t CountUsers(db::Tx& tx, std::string const& org_path, Date on);
void MoveUsers(db::Tx& tx, std::string const& from, std::string const& to);
bool Update(db::Tx& tx, UserRow const& user, std::int64_t expected);
void SaveSignIn(db::Tx& tx, UserRow const& user);  // attempts, lock, last sign-in, rehashed password
bool HasReports(db::Tx& tx, std::string const& user_id);
void DeleteUser(db::Tx& tx, std::string const& user_id);  // with grants and passwords; sessions and tokens hold it
void SetLocale(db::Tx& tx, std::string const& user_id, std::string const& locale);

// To whom these accounts report, over any number of steps; the accounts themselves only where somebody reports to them.
std::vector<std::string> ManagersOf(db::Tx& tx, std::vector<std::string> const& user_ids);

std::vector<GrantPathRow> Grants(db::Tx& tx, std::string const& user_id);
// Grants of every account on the node of this path and above it.
std::vector<GrantPathRow> GrantsCovering(db::Tx& tx, std::string const& org_path);
void DeleteGrant(db::Tx& tx, std::string const& user_id, std::string const& grant_id);

std::vector<RoleRow> OwnRoles(db::Tx& tx);
std::optional<RoleRow> OwnRole(db::Tx& tx, std::string const& key);
bool Update(db::Tx& tx, RoleRow const& role, std::int64_t expected);
void DeleteRole(db::Tx& tx, std::string const& key);
std::vector<std::string> HoldersOf(db::Tx& tx, std::string const& role);  // user ids
struct HolderCount {
  std::string role;
  std::int64_t holders = 0;
};
BOOST_DESCRIBE_STRUCT(HolderCount, (), (role, holders))
std::vector<HolderCount> Holders(db::Tx& tx);

}  // namespace bole::identity::store
