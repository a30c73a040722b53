#include "modules/identity/policy.hpp"

#include <algorithm>

#include "modules/identity/credential_store.hpp"
#include "modules/identity/session_store.hpp"
#include "modules/identity/shared.hpp"

namespace bole::identity {
PasswordRule RuleOf(SecurityPolicy const& policy) {
  return {policy.password_min_length, policy.password_min_classes, kLongPassword, policy.password_history};
}

SecurityPolicy PolicyNow(db::Tx& tx) { return store::Policy(tx).value_or(SecurityPolicy{}); }

SecurityPolicy GetPolicy(Shared& shared) {
  return shared.context.database.Read([](db::Tx& tx) { return PolicyNow(tx); });
}

void EndWithoutFactor(db::Tx& tx, std::string const& user_id, std::string const& but) {
  auto const factor = store::Totp(tx, user_id);
  if (!factor || !factor->confirmed) store::DeleteSessions(tx, user_id, but);
}

Result<SecurityPolicy> SetPolicy(Shared& shared, Principal const& who, SecurityPolicy const& input) {
  return shared.context.database.Write([&](db::Tx& tx) -> Result<SecurityPolicy> {
    BOLE_TRY(NeedsGroupWide(shared, tx, who, "security.write"));
    FieldErrors errors;
    for (std::size_t i = 0; i < input.mfa_roles.size(); ++i)
      if (!FindRole(tx, input.mfa_roles[i])) errors.push_back({"/mfa_roles/" + std::to_string(i), "not_allowed"});
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const before = PolicyNow(tx);
    if (before.version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto after = input;
    after.version = before.version + 1;
    auto const record = shared.audit.Begin(
        tx, who,
        {"security.policy", "policy", "sign_in", {}, {{"before", WriteJson(before)}, {"after", WriteJson(after)}}});
    if (!store::SavePolicy(tx, after)) return Fail(ErrorCode::kConflict, "conflict.stale");
    for (auto const& role : after.mfa_roles)
      if (std::find(before.mfa_roles.begin(), before.mfa_roles.end(), role) == before.mfa_roles.end())
        for (auto const& user_id : store::HoldersOf(tx, role)) EndWithoutFactor(tx, user_id, who.session_id);
    shared.audit.Succeeded(tx, record);
    shared.ForgetOnCommit(tx);
    return after;
  });
}

}  // namespace bole::identity
