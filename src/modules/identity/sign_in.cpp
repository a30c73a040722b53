#include "modules/identity/sign_in.hpp"

#include "base/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

namespace bole::identity {
namespace {

constexpr std::chrono::minutes kPendingFor{10};

Principal Person(store::UserRow const& user) { return {PrincipalKind::user, user.id, "", user.name, {}}; }

Result<> CheckLock(store::UserRow const& user, Instant now) {
  if (!user.locked_until || *user.locked_until <= now) return {};
  return Fail(ErrorCode::kTooMany, "session.locked",
              {{"retry_after_s", std::to_string((*user.locked_until - now) / std::chrono::seconds(1) + 1)}});
}

}  // namespace

Result<SignInFlow::Outcome> SignInFlow::Begin(SignIn const& input, Browser const& browser) {
  auto& database = shared_.context.database;
  auto const& hasher = shared_.passwords.hasher();
  auto const found =
      database.Read([&](db::Tx& tx) { return store::UserByName(tx, AsciiLower(Trim(input.user_name))); });
  if (found) {
    if (auto const open = CheckLock(*found, shared_.Now()); !open) {
      database.Write([&](db::Tx& tx) { RecordRefusal(tx, *found, browser, "locked"); });
      return tl::unexpected<Error>(open.error());
    }
  }
  // Hashing happens outside the transaction: it takes tens of milliseconds.
  // An account without a password answers as slowly as one with it.
  bool const matches = found && !found->password_hash.empty() ? hasher.Verify(input.password, found->password_hash)
                                                              : hasher.VerifyDummy(input.password);
  auto const fresh_hash =
      matches && hasher.NeedsRehash(found->password_hash) ? hasher.Hash(input.password) : std::string();
  bool right = false;
  auto out = database.Write([&](db::Tx& tx) -> Result<Outcome> {
    auto user = found ? store::UserById(tx, found->id) : std::nullopt;
    if (!user) return RecordRefusal(tx, {}, browser, "unknown"), Outcome{};
    right = matches && user->active;
    if (!right) return CountFailure(tx, *user, browser), Outcome{};
    if (!fresh_hash.empty()) user->password_hash = fresh_hash;
    return Next(tx, {*std::move(user)}, browser);
  });
  if (out && !right) return Fail(ErrorCode::kUnauthenticated, "session.bad_credentials");
  return out;
}

// Everything is kept in the account, so attempts from many addresses count together.
void SignInFlow::CountFailure(db::Tx& tx, store::UserRow& user, Browser const& browser) {
  auto const policy = PolicyNow(tx);
  if (++user.failed_attempts >= policy.lock_attempts) {
    user.failed_attempts = 0;
    user.locked_until = shared_.Now() + std::chrono::minutes(policy.lock_minutes);
    store::DeletePending(tx, user.id);
  }
  store::SaveSignIn(tx, user);
  RecordRefusal(tx, user, browser, "wrong");
}

void SignInFlow::RecordRefusal(db::Tx& tx, store::UserRow const& user, Browser const& browser, char const* reason) {
  shared_.audit.Begin(
      tx, Person(user),
      {"session.begin", "user", user.id, user.org_id, {{"address", browser.device.address}, {"reason", reason}}});
}

Result<SignInFlow::Outcome> SignInFlow::Next(db::Tx& tx, Claimant const& claimant, Browser const& browser) {
  auto const& user = claimant.user;
  Outcome out;
  auto const policy = PolicyNow(tx);
  out.view.password_rule = RuleOf(policy);
  if (!claimant.second_factor_given && factor_.IsOn(tx, user.id))
    out.view.step = SignInStep::code;
  else if (!claimant.second_factor_given && factor_.IsRequired(tx, user))
    out.view.step = SignInStep::enrol;
  else if (!claimant.by_provider && PasswordIsDue(user, policy, shared_.Now()))
    out.view.step = SignInStep::password;
  if (out.view.step == SignInStep::done) {
    BOLE_ASSIGN(auto opened, sessions_.Open(tx, user, browser.device, browser.session));
    out.view.session = std::move(opened.view);
    out.view.ended_sessions = opened.ended;
    out.session = std::move(opened.token);
    return out;
  }
  store::SaveSignIn(tx, user);
  store::DeletePending(tx, user.id);
  out.pending = crypto::RandomToken();
  tx.Insert("sign_in_pending", store::PendingRow{NewUlid(shared_.Now()), crypto::Sha256Hex(out.pending), user.id,
                                                 boost::describe::enum_to_string(out.view.step, ""),
                                                 shared_.Now() + kPendingFor, claimant.by_provider});
  return out;
}

Result<SignInFlow::Claimant> SignInFlow::Pending(db::Tx& tx, Browser const& browser, SignInStep step) {
  auto const row = store::PendingByToken(tx, crypto::Sha256Hex(browser.pending));
  if (!row || row->expires_at <= shared_.Now() || row->step != boost::describe::enum_to_string(step, ""))
    return Fail(ErrorCode::kUnauthenticated, "session.begin_again");
  auto user = store::UserById(tx, row->user_id);
  if (!user || !user->active) return Fail(ErrorCode::kUnauthenticated, "session.begin_again");
  BOLE_TRY(CheckLock(*user, shared_.Now()));
  return Claimant{*std::move(user), step == SignInStep::password, row->by_provider};
}

Result<SignInFlow::Outcome> SignInFlow::Code(GiveCode const& input, Browser const& browser) {
  bool right = false;
  auto out = shared_.context.database.Write([&](db::Tx& tx) -> Result<Outcome> {
    BOLE_ASSIGN(auto claimant, Pending(tx, browser, SignInStep::code));
    right = factor_.Accept(tx, claimant.user, input.code);
    if (!right) return CountFailure(tx, claimant.user, browser), Outcome{};
    claimant.second_factor_given = true;
    return Next(tx, claimant, browser);
  });
  if (out && !right) return FailField("/code", "wrong_code");
  return out;
}

Result<EnrolmentView> SignInFlow::Enrol(Browser const& browser) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<EnrolmentView> {
    BOLE_ASSIGN(auto const claimant, Pending(tx, browser, SignInStep::enrol));
    return factor_.Begin(tx, claimant.user);
  });
}

Result<SignInFlow::Outcome> SignInFlow::ConfirmEnrolment(GiveCode const& input, Browser const& browser) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<Outcome> {
    BOLE_ASSIGN(auto claimant, Pending(tx, browser, SignInStep::enrol));
    BOLE_ASSIGN(auto codes, factor_.Confirm(tx, claimant.user, input.code));
    claimant.second_factor_given = true;
    BOLE_ASSIGN(auto out, Next(tx, claimant, browser));
    out.view.recovery_codes = std::move(codes.codes);
    return out;
  });
}

Result<SignInFlow::Outcome> SignInFlow::SetPassword(NewPassword const& input, Browser const& browser) {
  auto& database = shared_.context.database;
  BOLE_ASSIGN(auto const before, database.Read([&](db::Tx& tx) { return Pending(tx, browser, SignInStep::password); }));
  BOLE_ASSIGN(auto const hash, CheckedHash(before.user, input.new_password, "/new_password"));
  return database.Write([&](db::Tx& tx) -> Result<Outcome> {
    BOLE_ASSIGN(auto claimant, Pending(tx, browser, SignInStep::password));
    auto& user = claimant.user;
    auto const record = shared_.audit.Begin(tx, Person(user), {"user.password", "user", user.id, user.org_id, {}});
    auto const expected = user.version;
    Store(tx, user, hash);
    if (!store::Update(tx, user, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
    store::DeleteSessions(tx, user.id, "");
    shared_.audit.Succeeded(tx, record);
    return Next(tx, claimant, browser);
  });
}

Result<SignInFlow::Outcome> SignInFlow::Trusted(std::string const& user_id, bool several_factors,
                                                Browser const& browser) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<Outcome> {
    auto user = store::UserById(tx, user_id);
    if (!user || !user->active) return Fail(ErrorCode::kUnauthenticated, "oidc.no_account");
    return Next(tx, {*std::move(user), several_factors, true}, browser);
  });
}

Result<std::string> SignInFlow::CheckedHash(store::UserRow const& user, std::string const& password,
                                            std::string const& pointer) {
  auto const [policy, history] = shared_.context.database.Read([&](db::Tx& tx) {
    auto const now = PolicyNow(tx);
    return std::pair(now, PasswordHistory(tx, user, now));
  });
  FieldErrors errors;
  shared_.passwords.Check(password, user.user_name, policy, pointer, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  if (shared_.passwords.UsedBefore(password, history)) return FailField(pointer, "password_used");
  return shared_.passwords.hasher().Hash(password);
}

void SignInFlow::Store(db::Tx& tx, store::UserRow& user, std::string const& hash) {
  store::AddPassword(tx, user.id, hash, PolicyNow(tx).password_history, shared_.Now());
  user.password_hash = hash;
  user.password_set_at = shared_.Now();
  user.must_change_password = false;
  ++user.version;
}

Result<> SignInFlow::ChangeMine(Principal const& who, ChangePassword const& input) {
  BOLE_TRY(NeedsBrowser(who));
  auto& database = shared_.context.database;
  auto const before = database.Read([&](db::Tx& tx) { return store::UserById(tx, who.id); });
  if (!before || !shared_.passwords.hasher().Verify(input.current_password, before->password_hash))
    return FailField("/current_password", "wrong_password");
  BOLE_ASSIGN(auto const hash, CheckedHash(*before, input.new_password, "/new_password"));
  return database.Write([&](db::Tx& tx) -> Result<> {
    auto const record = shared_.audit.Begin(tx, who, {"user.password", "user", who.id, before->org_id, {}});
    auto user = *before;
    Store(tx, user, hash);
    if (!store::Update(tx, user, before->version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    store::DeleteSessions(tx, who.id, who.session_id);
    shared_.audit.Succeeded(tx, record);
    shared_.ForgetOnCommit(tx);
    return {};
  });
}

}  // namespace bole::identity
