#include "modules/identity/tokens.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::identity {
namespace {

constexpr std::size_t kTokensPerUser = 20;
constexpr std::size_t kPrefix = 10;  // "bole_" and what tells one's tokens apart
constexpr std::chrono::minutes kTouchEvery{1};

}  // namespace

Result<CreatedToken> Tokens::Create(Principal const& who, CreateToken const& input) {
  BOLE_TRY(NeedsBrowser(who));
  FieldErrors errors;
  if (input.permissions.empty()) errors.push_back({"/permissions", "required"});
  for (std::size_t i = 0; i < input.permissions.size(); ++i)
    if (!who.Can(input.permissions[i])) errors.push_back({"/permissions/" + std::to_string(i), "not_held"});
  if (!errors.empty()) return FailFields(std::move(errors));
  auto const now = shared_.Now();
  auto const token = "bole_" + crypto::RandomToken();
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<CreatedToken> {
    if (store::TokensOf(tx, who.id).size() >= kTokensPerUser)
      return Fail(ErrorCode::kConflict, "token.too_many", {{"max", std::to_string(kTokensPerUser)}});
    store::TokenRow const row{NewUlid(now),
                              who.id,
                              input.name,
                              token.substr(0, kPrefix),
                              crypto::Sha256Hex(token),
                              {input.permissions},
                              now,
                              now + std::chrono::hours(24 * input.days),
                              std::nullopt};
    auto const record = shared_.audit.Begin(
        tx, who, {"token.create", "token", row.id, {}, {{"permissions", WriteJson(input.permissions)}}});
    tx.Insert("api_token", row);
    shared_.audit.Succeeded(tx, record);
    return CreatedToken{token, List(tx, who.id).items.front()};
  });
}

Items<TokenView> Tokens::List(db::Tx& tx, std::string const& user_id) {
  Items<TokenView> out;
  for (auto const& row : store::TokensOf(tx, user_id))
    out.items.push_back(
        {row.id, row.name, row.prefix, row.permissions.value, row.created_at, row.expires_at, row.last_used_at});
  return out;
}

Result<Items<TokenView>> Tokens::Mine(Principal const& who) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Read([&](db::Tx& tx) { return List(tx, who.id); });
}

Result<> Tokens::Revoke(db::Tx& tx, Principal const& who, std::string const& user_id, std::string const& id) {
  auto const record = shared_.audit.Begin(tx, who, {"token.revoke", "token", id, {}, {{"user", user_id}}});
  if (!store::DeleteToken(tx, user_id, id)) return NotFound("token");
  shared_.audit.Succeeded(tx, record);
  shared_.ForgetOnCommit(tx);
  return {};
}

Result<> Tokens::RevokeMine(Principal const& who, std::string const& id) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Write([&](db::Tx& tx) { return Revoke(tx, who, who.id, id); });
}

Result<Items<TokenView>> Tokens::Of(Principal const& who, std::string const& user_id) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<Items<TokenView>> {
    if (!store::View(tx, Scope(who, "user.write"), user_id, shared_.Now())) return NotFound("user");
    return List(tx, user_id);
  });
}

Result<> Tokens::RevokeOf(Principal const& who, std::string const& user_id, std::string const& id) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    if (!store::View(tx, Scope(who, "user.write"), user_id, shared_.Now())) return NotFound("user");
    return Revoke(tx, who, user_id, id);
  });
}

std::shared_ptr<Principal const> Tokens::Recognise(std::string const& token) {
  auto const now = shared_.Now();
  auto const hash = crypto::Sha256Hex(token);
  if (auto known = shared_.memory.Find(hash, now)) return known;
  std::string touch;
  bool steady = true;
  auto const principal = shared_.context.database.Read([&](db::Tx& tx) -> std::shared_ptr<Principal const> {
    auto const row = store::TokenByHash(tx, hash);
    if (!row || row->expires_at <= now) return nullptr;
    auto const user = store::UserById(tx, row->user_id);
    if (!user || !user->active) return nullptr;
    if (!row->last_used_at || *row->last_used_at + kTouchEvery <= now) touch = row->id;
    auto rights = RightsOf(tx, *user, "", now);
    steady = rights.steady && row->expires_at > now + kRememberFor;
    std::erase_if(rights.who.grants, [&](auto const& grant) {
      return std::find(row->permissions.value.begin(), row->permissions.value.end(), grant.permission) ==
             row->permissions.value.end();
    });
    rights.who.by_token = true;
    return std::make_shared<Principal const>(std::move(rights.who));
  });
  if (!principal) return nullptr;
  if (!touch.empty()) shared_.context.database.Write([&](db::Tx& tx) { store::TouchToken(tx, touch, now); });
  if (steady) shared_.memory.Keep(hash, principal, now + kRememberFor);
  return principal;
}

}  // namespace bole::identity
