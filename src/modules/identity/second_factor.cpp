#include "modules/identity/second_factor.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/identity/session_store.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/crypto/totp.hpp"
#include "platform/documents/qr.hpp"

namespace bole::identity {
namespace {

constexpr int kRecoveryCodes = 10;

// Bound to the account: a secret moved to another row does not decrypt.
std::string ContextOf(std::string const& user_id) { return "user_totp.secret:" + user_id; }

std::string HashOf(std::string const& user_id, std::string const& code) {
  std::string plain;
  for (char const c : AsciiLower(code))
    if (c != '-' && c != ' ') plain.push_back(c);
  return crypto::Sha256Hex(user_id + ":" + plain);
}

// abcd-efgh-ijkl-mnop
std::string NewCode() {
  auto const plain = AsciiLower(crypto::Base32Encode(crypto::RandomBytes(10)));
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % 4 == 0) out.push_back('-');
    out.push_back(plain[i]);
  }
  return out;
}

}  // namespace

Result<EnrolmentView> SecondFactor::Begin(db::Tx& tx, store::UserRow const& user) {
  if (IsOn(tx, user.id)) return Fail(ErrorCode::kConflict, "second_factor.already_on");
  auto const secret = crypto::NewTotpSecret();
  auto const text = crypto::Base32Encode(secret);
  store::BeginTotp(tx, {user.id, shared_.context.fields.Encrypt(text, ContextOf(user.id)), false, -1});
  auto const uri = crypto::TotpUri(secret, "Bole", user.user_name);
  BOLE_ASSIGN(auto svg, documents::QrSvg(uri));
  return EnrolmentView{text, uri, std::move(svg)};
}

Result<RecoveryCodes> SecondFactor::Confirm(db::Tx& tx, store::UserRow const& user, std::string const& code) {
  if (IsOn(tx, user.id)) return Fail(ErrorCode::kConflict, "second_factor.already_on");
  if (!store::Totp(tx, user.id)) return Fail(ErrorCode::kConflict, "second_factor.not_begun");
  if (!Accept(tx, user, code)) return FailField("/code", "wrong_code");
  shared_.audit.Record(tx, {PrincipalKind::user, user.id, "", user.name, {}},
                       {"second_factor.on", "user", user.id, user.org_id, {}});
  return RecoveryCodes{FreshCodes(tx, user.id)};
}

bool SecondFactor::Accept(db::Tx& tx, store::UserRow const& user, std::string const& code) {
  auto const row = store::Totp(tx, user.id);
  if (!row) return false;
  std::string const typed(Trim(code));
  if (typed.size() != 6) return row->confirmed && store::UseRecoveryCode(tx, user.id, HashOf(user.id, typed));
  auto const text = shared_.context.fields.Decrypt(row->secret, ContextOf(user.id));
  auto const secret = text ? crypto::Base32Decode(*text) : std::nullopt;
  if (!secret) return false;
  auto const step = crypto::VerifyTotp(*secret, typed, shared_.Now(), row->last_step);
  return step && store::UseStep(tx, user.id, *step);
}

bool SecondFactor::IsOn(db::Tx& tx, std::string const& user_id) {
  auto const row = store::Totp(tx, user_id);
  return row && row->confirmed;
}

bool SecondFactor::IsRequired(db::Tx& tx, store::UserRow const& user) {
  auto const roles = RightsOf(tx, user, "", shared_.Now()).roles;
  auto const policy = PolicyNow(tx);
  return std::any_of(roles.begin(), roles.end(), [&](auto const& role) {
    return std::find(policy.mfa_roles.begin(), policy.mfa_roles.end(), role) != policy.mfa_roles.end();
  });
}

std::vector<std::string> SecondFactor::FreshCodes(db::Tx& tx, std::string const& user_id) {
  std::vector<std::string> codes, hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(NewCode());
    hashes.push_back(HashOf(user_id, codes.back()));
  }
  store::ReplaceRecoveryCodes(tx, user_id, hashes, shared_.Now());
  return codes;
}

Result<ProtectionView> SecondFactor::Protection(Principal const& who) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<ProtectionView> {
    auto const user = store::UserById(tx, who.id);
    if (!user) return Fail(ErrorCode::kUnauthenticated, "session.ended");
    return ProtectionView{IsOn(tx, who.id), IsRequired(tx, *user), store::RecoveryCodesLeft(tx, who.id),
                          RuleOf(PolicyNow(tx)), user->password_set_at};
  });
}

Result<store::UserRow> SecondFactor::Owner(Principal const& who, GivePassword const& input) {
  BOLE_TRY(NeedsBrowser(who));
  auto user = shared_.context.database.Read([&](db::Tx& tx) { return store::UserById(tx, who.id); });
  if (!user || !shared_.passwords.hasher().Verify(input.password, user->password_hash))
    return FailField("/password", "wrong_password");
  return *std::move(user);
}

Result<EnrolmentView> SecondFactor::BeginMine(Principal const& who, GivePassword const& input) {
  BOLE_ASSIGN(auto const user, Owner(who, input));
  return shared_.context.database.Write([&](db::Tx& tx) { return Begin(tx, user); });
}

Result<RecoveryCodes> SecondFactor::ConfirmMine(Principal const& who, GiveCode const& input) {
  BOLE_TRY(NeedsBrowser(who));
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<RecoveryCodes> {
    auto const user = store::UserById(tx, who.id);
    if (!user) return Fail(ErrorCode::kUnauthenticated, "session.ended");
    return Confirm(tx, *user, input.code);
  });
}

Result<RecoveryCodes> SecondFactor::NewCodes(Principal const& who, GivePassword const& input) {
  BOLE_ASSIGN(auto const user, Owner(who, input));
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<RecoveryCodes> {
    if (!IsOn(tx, user.id)) return Fail(ErrorCode::kConflict, "second_factor.not_begun");
    shared_.audit.Record(tx, who, {"second_factor.codes", "user", user.id, user.org_id, {}});
    return RecoveryCodes{FreshCodes(tx, user.id)};
  });
}

Result<> SecondFactor::RemoveMine(Principal const& who, GivePassword const& input) {
  BOLE_ASSIGN(auto const user, Owner(who, input));
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    if (IsRequired(tx, user)) return Fail(ErrorCode::kConflict, "second_factor.required");
    if (!store::DeleteTotp(tx, user.id)) return Fail(ErrorCode::kConflict, "second_factor.not_begun");
    shared_.audit.Record(tx, who, {"second_factor.off", "user", user.id, user.org_id, {}});
    return {};
  });
}

Result<> SecondFactor::RemoveOf(Principal const& who, std::string const& user_id) {
  if (who.id == user_id) return Fail(ErrorCode::kForbidden, "user.own_account");
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_TRY(Manages(shared_, tx, who, user_id));
    auto const record = shared_.audit.Begin(tx, who, {"second_factor.reset", "user", user_id, {}, {}});
    if (!store::DeleteTotp(tx, user_id)) return Fail(ErrorCode::kConflict, "second_factor.not_begun");
    store::DeletePending(tx, user_id);
    shared_.audit.Succeeded(tx, record);
    return {};
  });
}

}  // namespace bole::identity
