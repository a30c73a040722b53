#include "modules/identity/store.hpp"

#include "base/text.hpp"

namespace bole::identity::store {
namespace {

struct UserListRow {
  std::string id, user_name, name, email, org_id, org_name, locale;
  bool active = true;
  std::int64_t version = 1;
  std::optional<Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(UserListRow, (),
                      (id, user_name, name, email, org_id, org_name, locale, active, version, last_sign_in_at))

constexpr char const* kListColumns =
    "u.id, u.user_name, u.name, u.email, u.org_id, n.name AS org_name, u.locale, u.active, u.version, "
    "u.last_sign_in_at";
constexpr char const* kListFrom = "app_user u JOIN org_node n ON n.id = u.org_id";

UserView ToView(db::Tx& tx, UserListRow const& row) {
  UserView out{row.id,     row.user_name, row.name, row.email,   row.org_id,         row.org_name,
               row.locale, row.active,    {},       row.version, row.last_sign_in_at};
  for (auto const& grant : Grants(tx, row.id))
    out.grants.push_back({grant.id, grant.role, grant.org_id, grant.org_name, grant.valid_until});
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

std::optional<UserView> View(db::Tx& tx, Scope const& scope, std::string const& id) {
  db::KeysetQuery query{
      .name = "identity.view", .columns = kListColumns, .from = kListFrom, .id_column = "u.id", .limit = 1};
  query.Add(db::ScopeCondition(scope, "u.org_id")).And("u.id = ?", {id});
  auto const page = db::SelectPage<UserListRow>(tx, query);
  if (page.items.empty()) return std::nullopt;
  return ToView(tx, page.items[0]);
}

Page<UserView> Users(db::Tx& tx, Scope const& scope, std::string const& text, int limit, std::string const& cursor) {
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
                               [&](auto const& row) { return ToView(tx, row); });
}

std::int64_t CountUsers(db::Tx& tx, std::string const& org_path) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  auto const rows = tx.Fetch({"identity.count", "SELECT COUNT(*) FROM app_user WHERE 1 = 1" + condition.sql},
                             condition.parameters, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

bool Update(db::Tx& tx, UserRow const& user, std::int64_t expected) {
  return tx.Execute({"identity.update",
                     "UPDATE app_user SET name = ?, email = ?, locale = ?, password_hash = ?, "
                     "active = ?, version = ? WHERE id = ? AND version = ?"},
                    user.name, user.email, user.locale, user.password_hash, user.active, user.version, user.id,
                    expected) == 1;
}

void SaveSignIn(db::Tx& tx, UserRow const& user) {
  tx.Execute({"identity.sign_in",
              "UPDATE app_user SET failed_attempts = ?, locked_until = ?, last_sign_in_at = ?, "
              "password_hash = ? WHERE id = ?"},
             user.failed_attempts, user.locked_until, user.last_sign_in_at, user.password_hash, user.id);
}

std::vector<GrantPathRow> Grants(db::Tx& tx, std::string const& user_id) {
  return tx.Select<GrantPathRow>(
      {"identity.grants",
       "SELECT g.id, g.role, g.org_id, n.name AS org_name, n.path AS org_path, g.valid_until "
       "FROM role_grant g JOIN org_node n ON n.id = g.org_id WHERE g.user_id = ? ORDER BY g.id"},
      user_id);
}

bool DeleteGrant(db::Tx& tx, std::string const& user_id, std::string const& grant_id) {
  return tx.Execute({"identity.revoke", "DELETE FROM role_grant WHERE id = ? AND user_id = ?"}, grant_id, user_id) == 1;
}

std::optional<SessionRow> SessionByToken(db::Tx& tx, std::string const& token_hash) {
  return tx.One<SessionRow>(
      {"identity.session", "SELECT " + db::Columns<SessionRow>() + " FROM app_session WHERE token_hash = ?"},
      token_hash);
}

void Touch(db::Tx& tx, std::string const& session_id, Instant now) {
  tx.Execute({"identity.touch", "UPDATE app_session SET last_seen_at = ? WHERE id = ?"}, now, session_id);
}

void DeleteSession(db::Tx& tx, std::string const& session_id) {
  tx.Execute({"identity.sign_out", "DELETE FROM app_session WHERE id = ?"}, session_id);
}

void DeleteSessions(db::Tx& tx, std::string const& user_id, std::string const& except_id) {
  tx.Execute({"identity.sign_out_all", "DELETE FROM app_session WHERE user_id = ? AND id <> ?"}, user_id, except_id);
}

void DeleteExpired(db::Tx& tx, Instant now) {
  tx.Execute({"identity.expired", "DELETE FROM app_session WHERE expires_at < ?"}, now);
}

}  // namespace bole::identity::store
