#pragma once
#include "modules/identity/second_factor.hpp"
#include "modules/identity/sessions.hpp"

namespace bole::identity {

struct SignIn {
  std::string user_name, password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (user_name, password))

struct ChangePassword {
  std::string current_password, new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, new_password))

struct NewPassword {
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (new_password))

// What the person has to do next: give a code, set up a second factor, choose a new password, or nothing.
enum class SignInStep { done, code, enrol, password };
BOOST_DESCRIBE_ENUM(SignInStep, done, code, enrol, password)

struct SignInView {
  SignInStep step = SignInStep::done;
  std::optional<SessionView> session;       // with done
  std::vector<std::string> recovery_codes;  // right after the second factor was set up
  PasswordRule password_rule;
  int ended_sessions = 0;  // with done: others of the person, for the limit
};
BOOST_DESCRIBE_STRUCT(SignInView, (), (step, session, recovery_codes, password_rule, ended_sessions))

// Signing in, in as many steps as policy and account ask for. Between the steps stands a pending token in a cookie of
// this browser (ten minutes, renewed at each step); it gives no right but to go on. Wrong passwords and wrong codes
// count together and are forgotten only when a sign-in is complete, so a known password gives no second run of guesses.
class SignInFlow {
 public:
  SignInFlow(Shared& shared, Sessions& sessions, SecondFactor& factor)
      : shared_(shared), sessions_(sessions), factor_(factor) {}

  struct Browser {
    Device device;
    std::string session, pending;  // secrets of its cookies, empty without
  };
  struct Outcome {
    SignInView view;
    std::string session, pending;  // new secrets for the cookies; empty: none
  };
  Result<Outcome> Begin(SignIn const& input, Browser const& browser);
  Result<Outcome> Code(GiveCode const& input, Browser const& browser);
  Result<EnrolmentView> Enrol(Browser const& browser);
  Result<Outcome> ConfirmEnrolment(GiveCode const& input, Browser const& browser);
  Result<Outcome> SetPassword(NewPassword const& input, Browser const& browser);
  // The identity provider has made sure who it is. Where it has not seen several factors, the second one is asked for
  // here; a password never is. A lock after wrong passwords does not end such a sign-in, only the giving of codes.
  Result<Outcome> Trusted(std::string const& user_id, bool several_factors, Browser const& browser);

  // A signed-in person's own change.
  Result<> ChangeMine(Principal const& who, ChangePassword const& input);

 private:
  // Who is signing in, and what is known of him so far.
  struct Claimant {
    store::UserRow user;
    bool second_factor_given = false, by_provider = false;
  };
  Result<Outcome> Next(db::Tx& tx, Claimant const& claimant, Browser const& browser);
  Result<Claimant> Pending(db::Tx& tx, Browser const& browser, SignInStep step);
  void CountFailure(db::Tx& tx, store::UserRow& user, Browser const& browser);
  // What was typed as a name is not kept: it may be a password. `user` without id: nobody has that name.
  void RecordRefusal(db::Tx& tx, store::UserRow const& user, Browser const& browser, char const* reason);
  Result<std::string> CheckedHash(store::UserRow const& user, std::string const& password, std::string const& pointer);
  void Store(db::Tx& tx, store::UserRow& user, std::string const& hash);
  Shared& shared_;
  Sessions& sessions_;
  SecondFactor& factor_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::SignIn> =
    std::tuple{Field<&identity::SignIn::user_name>{{.min_length = 1, .max_length = 60}},
               Field<&identity::SignIn::password>{{.min_length = 1, .max_length = 200, .secret = true}}};
template <>
inline constexpr auto kRules<identity::ChangePassword> =
    std::tuple{Field<&identity::ChangePassword::current_password>{{.min_length = 1, .max_length = 200, .secret = true}},
               Field<&identity::ChangePassword::new_password>{{.min_length = 1, .max_length = 200, .secret = true}}};
template <>
inline constexpr auto kRules<identity::NewPassword> =
    std::tuple{Field<&identity::NewPassword::new_password>{{.min_length = 1, .max_length = 200, .secret = true}}};
}  // namespace bole
