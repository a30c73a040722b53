#pragma once
#include "platform/db/database.hpp"
#include "platform/reflect/reflect.hpp"
#include "platform/security/principal.hpp"

namespace bole::identity {

struct Shared;

// What the security officer decides about sign-in. A password of at least kLongPassword characters needs no classes.
inline constexpr int kLongPassword = 16;
struct SecurityPolicy {
  std::int64_t version = 0;
  int password_min_length = 10, password_min_classes = 3, password_history = 5;
  int password_max_age_days = 0;  // 0 = for ever
  int lock_attempts = 5, lock_minutes = 15;
  int session_idle_minutes = 120, session_hours = 12;
  int session_limit = 0;               // sessions of a person at a time, 0 = any number; holds from the next sign-in
  std::vector<std::string> mfa_roles;  // whoever holds one of these needs a second factor
};
BOOST_DESCRIBE_STRUCT(SecurityPolicy, (),
                      (version, password_min_length, password_min_classes, password_history, password_max_age_days,
                       lock_attempts, lock_minutes, session_idle_minutes, session_hours, session_limit, mfa_roles))

// What a person must know who chooses a password.
struct PasswordRule {
  int min_length = 10, min_classes = 3, long_length = kLongPassword, history = 5;
};
BOOST_DESCRIBE_STRUCT(PasswordRule, (), (min_length, min_classes, long_length, history))
[[nodiscard]] PasswordRule RuleOf(SecurityPolicy const& policy);

// The policy in force; defaults before anybody changed it.
[[nodiscard]] SecurityPolicy PolicyNow(db::Tx& tx);
[[nodiscard]] SecurityPolicy GetPolicy(Shared& shared);
// Signs an account out that has no second factor, so that it sets one up: for those who need one from now on.
void EndWithoutFactor(db::Tx& tx, std::string const& user_id, std::string const& but_session_id);
// Needs security.write for the whole group. Holds at once, also for sessions that are open.
[[nodiscard]] Result<SecurityPolicy> SetPolicy(Shared& shared, Principal const& who, SecurityPolicy const& input);

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::SecurityPolicy> =
    std::tuple{Field<&identity::SecurityPolicy::version>{{.required = true}},
               Field<&identity::SecurityPolicy::password_min_length>{{.min = 8, .max = 64}},
               Field<&identity::SecurityPolicy::password_min_classes>{{.min = 1, .max = 4}},
               Field<&identity::SecurityPolicy::password_history>{{.min = 0, .max = 24}},
               Field<&identity::SecurityPolicy::password_max_age_days>{{.min = 0, .max = 3650}},
               Field<&identity::SecurityPolicy::lock_attempts>{{.min = 3, .max = 20}},
               Field<&identity::SecurityPolicy::lock_minutes>{{.min = 1, .max = 1440}},
               Field<&identity::SecurityPolicy::session_idle_minutes>{{.min = 5, .max = 1440}},
               Field<&identity::SecurityPolicy::session_hours>{{.min = 1, .max = 168}},
               Field<&identity::SecurityPolicy::session_limit>{{.min = 0, .max = 100}},
               Field<&identity::SecurityPolicy::mfa_roles>{{.max_length = 100}}};
}
