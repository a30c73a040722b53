#include "modules/identity/session_store.hpp"

namespace bole::identity::store {
namespace {

template <class Row>
std::optional<Row> OneOf(db::Tx& tx, std::string_view name, std::string const& table, std::string const& column,
                         std::string const& value) {
  return tx.One<Row>({name, "SELECT " + db::Columns<Row>() + " FROM " + table + " WHERE " + column + " = ?"}, value);
}
template <class Row>
std::vector<Row> AllOf(db::Tx& tx, std::string_view name, std::string const& table, std::string const& user_id) {
  return tx.Select<Row>(
      {name, "SELECT " + db::Columns<Row>() + " FROM " + table + " WHERE user_id = ? ORDER BY id DESC"}, user_id);
}

}  // namespace

std::optional<SessionRow> SessionByToken(db::Tx& tx, std::string const& token_hash) {
  return OneOf<SessionRow>(tx, "identity.session", "app_session", "token_hash", token_hash);
}

std::vector<SessionRow> SessionsOf(db::Tx& tx, std::string const& user_id) {
  return AllOf<SessionRow>(tx, "identity.sessions", "app_session", user_id);
}

void Touch(db::Tx& tx, std::string const& session_id, Instant now) {
  tx.Execute({"identity.touch", "UPDATE app_session SET last_seen_at = ? WHERE id = ?"}, now, session_id);
}

void SetViewAs(db::Tx& tx, std::string const& session_id, std::optional<std::string> const& user_id) {
  tx.Execute({"identity.view_as", "UPDATE app_session SET view_as_id = ? WHERE id = ?"}, user_id, session_id);
}

void DeleteSession(db::Tx& tx, std::string const& session_id) {
  tx.Execute({"identity.sign_out", "DELETE FROM app_session WHERE id = ?"}, session_id);
}

bool DeleteSessionOf(db::Tx& tx, std::string const& user_id, std::string const& session_id) {
  return tx.Execute({"identity.end_session", "DELETE FROM app_session WHERE id = ? AND user_id = ?"}, session_id,
                    user_id) == 1;
}

std::int64_t DeleteSessions(db::Tx& tx, std::string const& user_id, std::string const& except_id) {
  return tx.Execute({"identity.sign_out_all", "DELETE FROM app_session WHERE user_id = ? AND id <> ?"}, user_id,
                    except_id);
}

void DeleteExpired(db::Tx& tx, Instant now) {
  tx.Execute({"identity.expired", "DELETE FROM app_session WHERE expires_at < ?"}, now);
  tx.Execute({"identity.expired_pending", "DELETE FROM sign_in_pending WHERE expires_at < ?"}, now);
  tx.Execute({"identity.expired_oidc", "DELETE FROM oidc_request WHERE expires_at < ?"}, now);
}

std::optional<PendingRow> PendingByToken(db::Tx& tx, std::string const& token_hash) {
  return OneOf<PendingRow>(tx, "identity.pending", "sign_in_pending", "token_hash", token_hash);
}

void DeletePending(db::Tx& tx, std::string const& user_id) {
  tx.Execute({"identity.pending_drop", "DELETE FROM sign_in_pending WHERE user_id = ?"}, user_id);
}

std::optional<TokenRow> TokenByHash(db::Tx& tx, std::string const& token_hash) {
  return OneOf<TokenRow>(tx, "identity.token", "api_token", "token_hash", token_hash);
}

std::vector<TokenRow> TokensOf(db::Tx& tx, std::string const& user_id) {
  return AllOf<TokenRow>(tx, "identity.tokens", "api_token", user_id);
}

void TouchToken(db::Tx& tx, std::string const& id, Instant now) {
  tx.Execute({"identity.token_used", "UPDATE api_token SET last_used_at = ? WHERE id = ?"}, now, id);
}

bool DeleteToken(db::Tx& tx, std::string const& user_id, std::string const& id) {
  return tx.Execute({"identity.token_delete", "DELETE FROM api_token WHERE id = ? AND user_id = ?"}, id, user_id) == 1;
}

std::optional<OidcRow> TakeOidc(db::Tx& tx, std::string const& state_hash) {
  auto row = OneOf<OidcRow>(tx, "identity.oidc", "oidc_request", "state_hash", state_hash);
  if (row && tx.Execute({"identity.oidc_take", "DELETE FROM oidc_request WHERE id = ?"}, row->id) != 1)
    return std::nullopt;
  return row;
}

}  // namespace bole::identity::store
