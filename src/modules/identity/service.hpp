#pragma once
#include <mutex>
#include <unordered_map>

#include "modules/identity/store.hpp"
#include "platform/crypto/password.hpp"

namespace bole::http {
class Routes;
}

namespace bole::identity {

struct SignIn {
  std::string user_name, password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (user_name, password))

struct ChangePassword {
  std::string current_password, new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (current_password, new_password))

struct PatchSession {
  std::optional<std::string> locale;
};
BOOST_DESCRIBE_STRUCT(PatchSession, (), (locale))

struct SessionUser {
  std::string id, user_name, name, locale, zone, org_id, org_name;
};
BOOST_DESCRIBE_STRUCT(SessionUser, (), (id, user_name, name, locale, zone, org_id, org_name))

struct SessionRole {
  std::string key, name_zh, name_en, org_id, org_name;
};
BOOST_DESCRIBE_STRUCT(SessionRole, (), (key, name_zh, name_en, org_id, org_name))

struct SessionView {
  SessionUser user;
  std::vector<std::string> permissions;
  std::vector<SessionRole> roles;
  std::string csrf_header = "X-Bole-Client";
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (user, permissions, roles, csrf_header))

struct SignedIn {
  SessionView view;
  std::string token;  // for the cookie; never stored
};

// Sign-in, sessions, accounts and grants. Thread-safe.
class Service final : public Api {
 public:
  Service(db::Database& database, Clock const& clock, crypto::PasswordHasher const& passwords, org::Api& org,
          audit::Api& audit)
      : database_(database), clock_(clock), passwords_(passwords), org_(org), audit_(audit) {}

  std::vector<RoleView> RolesOf(db::Tx& tx, std::string const& user_id) override;
  Result<SignedIn> Begin(SignIn const& input);
  Result<> End(Principal const& who);
  Result<SessionView> Session(Principal const& who);
  Result<SessionView> SetLocale(Principal const& who, PatchSession const& input);
  Result<> SetPassword(Principal const& who, ChangePassword const& input);
  // The principal behind a session token, or null. Answers are remembered for some seconds; every change of this
  // process is seen at once.
  std::shared_ptr<Principal const> Recognise(std::string const& token);

  Page<UserView> Users(Principal const& who, std::string const& text, int limit, std::string const& cursor);
  Result<UserView> User(Principal const& who, std::string const& id);
  Result<UserView> CreateUser(Principal const& who, identity::CreateUser const& input) override;
  Result<UserView> PatchUser(Principal const& who, std::string const& id, identity::PatchUser const& input);
  Result<UserView> Grant(Principal const& who, std::string const& id, CreateGrant const& input);
  Result<UserView> Revoke(Principal const& who, std::string const& id, std::string const& grant_id);

  std::shared_ptr<http::Authenticator> Authenticator() override;
  Result<Principal> PrincipalOf(std::string const& user_name) override;

 private:
  Principal Load(db::Tx& tx, store::UserRow const& user, std::string const& session_id);
  Result<SessionView> View(db::Tx& tx, std::string const& user_id);
  Result<> CheckGrant(db::Tx& tx, Principal const& who, CreateGrant const& grant, std::string const& at);
  void Forget();

  struct Known {
    std::shared_ptr<Principal const> principal;
    Instant until{};
  };

  db::Database& database_;
  Clock const& clock_;
  crypto::PasswordHasher const& passwords_;
  org::Api& org_;
  audit::Api& audit_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

void RegisterRoutes(http::Routes& routes, Service& service);

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::SignIn> =
    std::tuple{Field<&identity::SignIn::user_name>{{.min_length = 1, .max_length = 60}},
               Field<&identity::SignIn::password>{{.min_length = 1, .max_length = 200, .secret = true}}};
template <>
inline constexpr auto kRules<identity::ChangePassword> =
    std::tuple{Field<&identity::ChangePassword::current_password>{{.min_length = 1, .max_length = 200, .secret = true}},
               Field<&identity::ChangePassword::new_password>{{.min_length = 10, .max_length = 200, .secret = true}}};
}  // namespace bole
