#include "modules/identity/store.hpp"

#include "base/text.hpp"
#include "modules/identity/rights.hpp"

namespace bole::identity::store {
namespace {

struct UserListRow {
  std::string id, user_name, name, email, org_id, org_name, locale;
  bool active = true;
  std::int64_t version = 1;
  std::optional<Instant> last_sign_in_at, locked_until;
  bool must_change_password = false, second_factor = false;
  std::optional<std::string> manager_id, manager_name;
};
BOOST_DESCRIBE_STRUCT(UserListRow, (),
                      (id, user_name, name, email, org_id, org_name, locale, active, version, last_sign_in_at,
                       locked_until, must_change_password, second_factor, manager_id, manager_name))

constexpr char const* kListColumns =
    "u.id, u.user_name, u.name, u.email, u.org_id, n.name AS org_name, u.locale, u.active, u.version, "
    "u.last_sign_in_at, u.locked_until, u.must_change_password, "
    "CASE WHEN t.confirmed = 1 THEN 1 ELSE 0 END AS second_factor, u.manager_id, m.name AS manager_name";
constexpr char const* kListFrom =
    "app_user u JOIN org_node n ON n.id = u.org_id LEFT JOIN user_totp t ON t.user_id = u.id "
    "LEFT JOIN app_user m ON m.id = u.manager_id";
constexpr char const* kGrants =
    "SELECT g.id, g.user_id, g.role, g.org_id, n.name AS org_name, n.path AS org_path, n.zone, g.valid_until, "
    "g.valid_from FROM role_grant g JOIN org_node n ON n.id = g.org_id WHERE ";

UserView ToView(db::Tx& tx, UserListRow const& row, Instant now) {
  UserView out{row.id,     row.user_name, row.name, row.email,   row.org_id,          row.org_name,
               row.locale, row.active,    {},       row.version, row.last_sign_in_at, std::nullopt};
  if (row.locked_until && *row.locked_until > now) out.locked_until = row.locked_until;
  out.must_change_password = row.must_change_password, out.second_factor = row.second_factor;
  out.manager_id = row.manager_id, out.manager_name = row.manager_name.value_or("");
  for (auto const& grant : Grants(tx, row.id))
    out.grants.push_back(
        {grant.id, grant.role, grant.org_id, grant.org_name, grant.valid_until, grant.valid_from, StateOf(grant, now)});
  return out;
}

std::optional<UserRow> OneUser(db::Tx& tx, std::string_view name, std::string const& column, std::string const& value) {
  return tx.One<UserRow>({name, "SELECT " + db::Columns<UserRow>() + " FROM app_user WHERE " + column + " = ?"}, value);
}

}  // namespace

std::optional<UserRow> UserByName(db::Tx& tx, std::string const& user_name) {
  return OneUser(tx, "identity.by_name", "user_name", user_name);
}
std::optional<UserRow> UserById(db::Tx& tx, std::string const& id) { return OneUser(tx, "identity.by_id", "id", id); }

std::vector<UserRow> UsersByEmail(db::Tx& tx, std::string const& email) {
  return tx.Select<UserRow>(
      {"identity.by_email", "SELECT " + db::Columns<UserRow>() + " FROM app_user WHERE LOWER(email) = ?"}, email);
}

std::optional<UserView> View(db::Tx& tx, Scope const& scope, std::string const& id, Instant now) {
  db::KeysetQuery query{
      .name = "identity.view", .columns = kListColumns, .from = kListFrom, .id_column = "u.id", .limit = 1};
  query.Add(db::ScopeCondition(scope, "u.org_id")).And("u.id = ?", {id});
  auto const page = db::SelectPage<UserListRow>(tx, query);
  if (page.items.empty()) return std::nullopt;
  return ToView(tx, page.items[0], now);
}

Page<UserView> Users(db::Tx& tx, Scope const& scope, std::string const& text, int limit, std::string const& cursor,
                     Instant now) {
  db::KeysetQuery query{.name = "identity.users",
                        .columns = kListColumns,
                        .from = kListFrom,
                        .id_column = "u.id",
                        .limit = limit,
                        .cursor = cursor};
  query.Add(db::ScopeCondition(scope, "u.org_id"));
  if (!text.empty()) {
    auto const like = db::Contains(AsciiLower(text));
    query.And("(u.user_name LIKE ? ESCAPE '\\' OR LOWER(u.name) LIKE ? ESCAPE '\\')", {like, like});
  }
  return db::MapPage<UserView>(db::SelectPage<UserListRow>(tx, query),
                               [&](auto const& row) { return ToView(tx, row, now); });
}

std::optional<UnitRow> UnitByCode(db::Tx& tx, std::string const& code) {
  return tx.One<UnitRow>({"identity.unit_by_code", "SELECT id, path FROM org_node WHERE code = ?"}, code);
}

std::int64_t CountUsers(db::Tx& tx, std::string const& org_path, Date /*on*/) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  db::Cells values{db::ToValue(true)};
  values.insert(values.end(), condition.parameters.begin(), condition.parameters.end());
  auto const rows = tx.Fetch({"identity.count", "SELECT COUNT(*) FROM app_user WHERE active = ?" + condition.sql},
                             values, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

void MoveUsers(db::Tx& tx, std::string const& from, std::string const& to) {
  tx.Execute({"identity.move", "UPDATE app_user SET org_id = ?, version = version + 1 WHERE org_id = ?"}, to, from);
}

bool Update(db::Tx& tx, UserRow const& user, std::int64_t expected) {
  return tx.Execute(
             {"identity.update",
              "UPDATE app_user SET name = ?, email = ?, org_id = ?, locale = ?, password_hash = ?, "
              "active = ?, must_change_password = ?, password_set_at = ?, manager_id = ?, version = ? WHERE id = ? AND "
              "version = ?"},
             user.name, user.email, user.org_id, user.locale, user.password_hash, user.active,
             user.must_change_password, user.password_set_at, user.manager_id, user.version, user.id, expected) == 1;
}

void SaveSignIn(db::Tx& tx, UserRow const& user) {
  tx.Execute({"identity.sign_in",
              "UPDATE app_user SET failed_attempts = ?, locked_until = ?, last_sign_in_at = ?, "
              "password_hash = ? WHERE id = ?"},
             user.failed_attempts, user.locked_until, user.last_sign_in_at, user.password_hash, user.id);
}

bool HasReports(db::Tx& tx, std::string const& user_id) {
  return tx.Scalar<std::string>({"identity.reports", "SELECT id FROM app_user WHERE manager_id = ? LIMIT 1"}, user_id)
      .has_value();
}

void DeleteUser(db::Tx& tx, std::string const& user_id) {
  tx.Execute({"identity.user_grants_delete", "DELETE FROM role_grant WHERE user_id = ?"}, user_id);
  tx.Execute({"identity.user_passwords_delete", "DELETE FROM user_password WHERE user_id = ?"}, user_id);
  tx.Execute({"identity.user_delete", "DELETE FROM app_user WHERE id = ?"}, user_id);
}

void SetLocale(db::Tx& tx, std::string const& user_id, std::string const& locale) {
  tx.Execute({"identity.locale", "UPDATE app_user SET locale = ? WHERE id = ?"}, locale, user_id);
}

std::vector<std::string> ManagersOf(db::Tx& tx, std::vector<std::string> const& user_ids) {
  std::vector<std::string> out;
  if (user_ids.empty()) return out;
  std::string marks;
  for (std::size_t i = 0; i < user_ids.size(); ++i) marks += marks.empty() ? "?" : ", ?";
  for (auto& cells : tx.Fetch(
           {"identity.managers",
            "WITH RECURSIVE above (id) AS (SELECT manager_id FROM app_user WHERE manager_id IS NOT NULL AND id IN (" +
                marks +
                ") UNION SELECT u.manager_id FROM app_user u JOIN above a ON u.id = a.id WHERE u.manager_id IS "
                "NOT NULL) SELECT id FROM above"},
           {user_ids.begin(), user_ids.end()}, {db::Kind::text}))
    out.push_back(std::get<std::string>(cells[0]));
  return out;
}

std::vector<GrantPathRow> Grants(db::Tx& tx, std::string const& user_id) {
  return tx.Select<GrantPathRow>({"identity.grants", kGrants + std::string("g.user_id = ? ORDER BY g.id")}, user_id);
}

std::vector<GrantPathRow> GrantsCovering(db::Tx& tx, std::string const& org_path) {
  return tx.Select<GrantPathRow>(
      {"identity.covering", kGrants + std::string("? LIKE n.path || '%' ORDER BY g.user_id, g.id")}, org_path);
}

void DeleteGrant(db::Tx& tx, std::string const& user_id, std::string const& grant_id) {
  tx.Execute({"identity.revoke", "DELETE FROM role_grant WHERE id = ? AND user_id = ?"}, grant_id, user_id);
}

std::vector<RoleRow> OwnRoles(db::Tx& tx) {
  return tx.Select<RoleRow>(
      {"identity.roles", "SELECT " + db::Columns<RoleRow>() + " FROM app_role ORDER BY role_key"});
}

std::optional<RoleRow> OwnRole(db::Tx& tx, std::string const& key) {
  return tx.One<RoleRow>({"identity.role", "SELECT " + db::Columns<RoleRow>() + " FROM app_role WHERE role_key = ?"},
                         key);
}

bool Update(db::Tx& tx, RoleRow const& role, std::int64_t expected) {
  return tx.Execute({"identity.role_update",
                     "UPDATE app_role SET name_zh = ?, name_en = ?, permissions = ?, fields = ?, reaches = ?, version "
                     "= ? WHERE "
                     "role_key = ? AND version = ?"},
                    role.name_zh, role.name_en, role.permissions, role.fields, role.reaches, role.version,
                    role.role_key, expected) == 1;
}

void DeleteRole(db::Tx& tx, std::string const& key) {
  tx.Execute({"identity.role_delete", "DELETE FROM app_role WHERE role_key = ?"}, key);
}

std::vector<std::string> HoldersOf(db::Tx& tx, std::string const& role) {
  std::vector<std::string> out;
  for (auto const& cells : tx.Fetch({"identity.holders_of", "SELECT DISTINCT user_id FROM role_grant WHERE role = ?"},
                                    {role}, {db::Kind::text}))
    out.push_back(std::get<std::string>(cells[0]));
  return out;
}

std::vector<HolderCount> Holders(db::Tx& tx) {
  return tx.Select<HolderCount>(
      {"identity.holders", "SELECT role, COUNT(DISTINCT user_id) AS holders FROM role_grant GROUP BY role"});
}

}  // namespace bole::identity::store
