#pragma once
#include "modules/identity/store.hpp"

// SQL about sessions, unfinished sign-ins, API tokens and round trips to an identity provider. Tokens are SHA-256 only.
namespace bole::identity::store {

struct SessionRow {
  std::string id, token_hash, user_id;
  Instant created_at{}, last_seen_at{}, expires_at{};
  std::string user_agent, address;
  std::optional<std::string> view_as_id;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (id, token_hash, user_id, created_at, last_seen_at, expires_at, user_agent, address, view_as_id))

std::optional<SessionRow> SessionByToken(db::Tx& tx, std::string const& token_hash);
std::vector<SessionRow> SessionsOf(db::Tx& tx, std::string const& user_id);  // newest first
void Touch(db::Tx& tx, std::string const& session_id, Instant now);
void SetViewAs(db::Tx& tx, std::string const& session_id, std::optional<std::string> const& user_id);
void DeleteSession(db::Tx& tx, std::string const& session_id);
bool DeleteSessionOf(db::Tx& tx, std::string const& user_id, std::string const& session_id);
// All sessions of a user except one; the number.
std::int64_t DeleteSessions(db::Tx& tx, std::string const& user_id, std::string const& except_id);
void DeleteExpired(db::Tx& tx, Instant now);  // sessions, unfinished sign-ins, round trips

struct PendingRow {
  std::string id, token_hash, user_id, step;
  Instant expires_at{};
  bool by_provider = false;
};
BOOST_DESCRIBE_STRUCT(PendingRow, (), (id, token_hash, user_id, step, expires_at, by_provider))
std::optional<PendingRow> PendingByToken(db::Tx& tx, std::string const& token_hash);
void DeletePending(db::Tx& tx, std::string const& user_id);

struct TokenRow {
  std::string id, user_id, name, prefix, token_hash;
  db::Json<std::vector<std::string>> permissions;
  Instant created_at{}, expires_at{};
  std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(TokenRow, (),
                      (id, user_id, name, prefix, token_hash, permissions, created_at, expires_at, last_used_at))
std::optional<TokenRow> TokenByHash(db::Tx& tx, std::string const& token_hash);
std::vector<TokenRow> TokensOf(db::Tx& tx, std::string const& user_id);
void TouchToken(db::Tx& tx, std::string const& id, Instant now);
bool DeleteToken(db::Tx& tx, std::string const& user_id, std::string const& id);

struct OidcRow {
  std::string id, state_hash, browser_hash, nonce, verifier, return_to;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(OidcRow, (), (id, state_hash, browser_hash, nonce, verifier, return_to, expires_at))
// Gives the round trip and forgets it: a state works once.
std::optional<OidcRow> TakeOidc(db::Tx& tx, std::string const& state_hash);

}  // namespace bole::identity::store
