#include <algorithm>

#include "modules/identity/service.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/http/hooks.hpp"

namespace bole::identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kAttemptsBeforeLock = 5;
constexpr minutes kLockFor{15};
constexpr hours kSessionFor{12};
constexpr hours kIdleFor{2};
constexpr minutes kTouchEvery{5};
constexpr seconds kRememberFor{5};

class CookieAuthenticator final : public http::Authenticator {
 public:
  explicit CookieAuthenticator(Service& service) : service_(service) {}
  Result<std::shared_ptr<Principal const>> Authenticate(http::Request const& request) override {
    auto const token = request.Cookie("bole_session");
    if (token.empty()) return nullptr;
    return service_.Recognise(std::string(token));
  }

 private:
  Service& service_;
};

bool InForce(store::GrantPathRow const& grant, Instant now) {
  if (!grant.valid_until) return true;
  Date const today{std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now))};
  return *grant.valid_until >= today;
}

}  // namespace

Result<SignedIn> Service::Begin(SignIn const& input) {
  auto const found = database_.Read([&](db::Tx& tx) { return store::UserByName(tx, input.user_name); });
  auto const now = clock_.Now();
  if (found && found->locked_until && *found->locked_until > now)
    return Fail(ErrorCode::kTooMany, "session.locked",
                {{"retry_after_s", std::to_string((*found->locked_until - now) / seconds(1) + 1)}});
  // Hashing happens outside the transaction: it takes tens of milliseconds.
  bool const matches =
      found ? passwords_.Verify(input.password, found->password_hash) : passwords_.VerifyDummy(input.password);
  auto const fresh_hash =
      matches && passwords_.NeedsRehash(found->password_hash) ? passwords_.Hash(input.password) : std::string();

  bool signed_in = false;
  auto out = database_.Write([&](db::Tx& tx) -> Result<SignedIn> {
    auto user = found ? store::UserById(tx, found->id) : std::nullopt;
    if (!user) return Fail(ErrorCode::kUnauthenticated, "session.bad_credentials");
    Principal who{PrincipalKind::user, user->id, "", user->name, {}};
    signed_in = matches && user->active;
    if (!signed_in) {
      if (++user->failed_attempts >= kAttemptsBeforeLock) {
        user->failed_attempts = 0;
        user->locked_until = now + kLockFor;
      }
      store::SaveSignIn(tx, *user);
      audit_.Begin(tx, who, {"session.begin", "user", user->id, user->org_id, {}});
      return SignedIn{};
    }
    user->failed_attempts = 0;
    user->locked_until.reset();
    user->last_sign_in_at = now;
    if (!fresh_hash.empty()) user->password_hash = fresh_hash;
    store::SaveSignIn(tx, *user);
    store::DeleteExpired(tx, now);
    SignedIn done;
    done.token = crypto::RandomToken();
    tx.Insert("app_session",
              store::SessionRow{NewUlid(now), crypto::Sha256Hex(done.token), user->id, now, now, now + kSessionFor});
    audit_.Record(tx, who, {"session.begin", "user", user->id, user->org_id, {}});
    BOLE_ASSIGN(done.view, View(tx, user->id));
    return done;
  });
  if (out && !signed_in) return Fail(ErrorCode::kUnauthenticated, "session.bad_credentials");
  return out;
}

Result<> Service::End(Principal const& who) {
  database_.Write([&](db::Tx& tx) {
    store::DeleteSession(tx, who.session_id);
    audit_.Record(tx, who, {"session.end", "user", who.id, {}, {}});
  });
  Forget();
  return {};
}

Result<SessionView> Service::Session(Principal const& who) {
  return database_.Read([&](db::Tx& tx) { return View(tx, who.id); });
}

Result<SessionView> Service::SetLocale(Principal const& who, PatchSession const& input) {
  if (input.locale && *input.locale != "zh-CN" && *input.locale != "en-US") return FailField("/locale", "not_allowed");
  return database_.Write([&](db::Tx& tx) -> Result<SessionView> {
    if (input.locale)
      tx.Execute({"identity.locale", "UPDATE app_user SET locale = ? WHERE id = ?"}, *input.locale, who.id);
    return View(tx, who.id);
  });
}

Result<> Service::SetPassword(Principal const& who, ChangePassword const& input) {
  auto const user = database_.Read([&](db::Tx& tx) { return store::UserById(tx, who.id); });
  if (!user || !passwords_.Verify(input.current_password, user->password_hash))
    return FailField("/current_password", "wrong_password");
  if (input.new_password.find(user->user_name) != std::string::npos)
    return FailField("/new_password", "contains_user_name");
  auto const hash = passwords_.Hash(input.new_password);
  return database_.Write([&](db::Tx& tx) -> Result<> {
    auto const record = audit_.Begin(tx, who, {"user.password", "user", who.id, user->org_id, {}});
    auto changed = *user;
    changed.password_hash = hash;
    ++changed.version;
    if (!store::Update(tx, changed, user->version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    store::DeleteSessions(tx, who.id, who.session_id);
    audit_.Succeeded(tx, record);
    tx.OnCommit([this] { Forget(); });
    return {};
  });
}

std::shared_ptr<Principal const> Service::Recognise(std::string const& token) {
  auto const now = clock_.Now();
  auto const hash = crypto::Sha256Hex(token);
  {
    std::lock_guard const lock(mutex_);
    auto const known = known_.find(hash);
    if (known != known_.end() && known->second.until > now) return known->second.principal;
  }
  bool touch = false;
  auto const principal = database_.Read([&](db::Tx& tx) -> std::shared_ptr<Principal const> {
    auto const session = store::SessionByToken(tx, hash);
    if (!session || session->expires_at <= now || session->last_seen_at + kIdleFor <= now) return nullptr;
    auto const user = store::UserById(tx, session->user_id);
    if (!user || !user->active) return nullptr;
    touch = session->last_seen_at + kTouchEvery <= now;
    return std::make_shared<Principal const>(Load(tx, *user, session->id));
  });
  if (!principal) return nullptr;
  if (touch) database_.Write([&](db::Tx& tx) { store::Touch(tx, principal->session_id, now); });
  std::lock_guard const lock(mutex_);
  if (known_.size() > 10'000) known_.clear();
  known_[hash] = {principal, now + kRememberFor};
  return principal;
}

void Service::Forget() {
  std::lock_guard const lock(mutex_);
  known_.clear();
}

Principal Service::Load(db::Tx& tx, store::UserRow const& user, std::string const& session_id) {
  Principal out{PrincipalKind::user, user.id, session_id, user.name, {}};
  for (auto const& grant : store::Grants(tx, user.id)) {
    auto const* role = FindRole(grant.role);
    if (!role || !InForce(grant, clock_.Now())) continue;
    for (auto const& permission : role->permissions) out.grants.push_back({permission, grant.org_path});
  }
  return out;
}

Result<SessionView> Service::View(db::Tx& tx, std::string const& user_id) {
  auto const user = store::UserById(tx, user_id);
  if (!user) return Fail(ErrorCode::kUnauthenticated, "session.ended");
  BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), user->org_id));
  SessionView out;
  out.user = {user->id, user->user_name, user->name, user->locale, node.zone, node.id, node.name};
  for (auto const& grant : Load(tx, *user, "").grants) out.permissions.push_back(grant.permission);
  std::sort(out.permissions.begin(), out.permissions.end());
  out.permissions.erase(std::unique(out.permissions.begin(), out.permissions.end()), out.permissions.end());
  for (auto const& grant : store::Grants(tx, user->id)) {
    auto const* role = FindRole(grant.role);
    if (role && InForce(grant, clock_.Now()))
      out.roles.push_back({role->key, role->name_zh, role->name_en, grant.org_id, grant.org_name});
  }
  return out;
}

std::shared_ptr<http::Authenticator> Service::Authenticator() { return std::make_shared<CookieAuthenticator>(*this); }

Result<Principal> Service::PrincipalOf(std::string const& user_name) {
  return database_.Read([&](db::Tx& tx) -> Result<Principal> {
    auto const user = store::UserByName(tx, user_name);
    if (!user) return NotFound("user");
    return Load(tx, *user, "");
  });
}

std::optional<UserContact> Service::ContactOf(db::Tx& tx, std::string const& user_id) {
  auto const user = store::UserById(tx, user_id);
  if (!user || !user->active) return std::nullopt;
  return UserContact{user->name, user->email, user->locale};
}

}  // namespace bole::identity
