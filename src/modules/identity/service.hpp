#pragma once
#include "modules/identity/access_review.hpp"
#include "modules/identity/accounts.hpp"
#include "modules/identity/oidc.hpp"
#include "modules/identity/role_service.hpp"
#include "modules/identity/sign_in.hpp"
#include "modules/identity/tokens.hpp"

namespace bole::http {
class Routes;
}

namespace bole::identity {

// The use cases of the module, each in its own class, around what they share. Thread-safe.
class Service final : public Api {
 public:
  Service(AppContext& context, org::Api& org, audit::Api& audit);

  Shared shared;
  Sessions sessions{shared};
  SecondFactor second_factor{shared};
  SignInFlow sign_in{shared, sessions, second_factor};
  Oidc oidc{shared, sign_in};
  Accounts accounts{shared};
  Roles roles{shared};
  Tokens tokens{shared};
  AccessReview access{shared};

  Result<UserView> CreateUser(Principal const& who, identity::CreateUser const& input) override {
    return accounts.Create(who, input);
  }
  void FindSubjects(std::string kind, SubjectFinder finder) override {
    access.FindSubjects(std::move(kind), std::move(finder));
  }
  std::shared_ptr<http::Authenticator> Authenticator() override;
  Result<Principal> PrincipalOf(std::string const& user_name) override { return accounts.PrincipalOf(user_name); }
  std::optional<Principal> RightsOf(db::Tx& tx, std::string const& user_id) override;
  std::optional<UserContact> ContactOf(db::Tx& tx, std::string const& user_id) override;
  std::vector<Colleague> Colleagues(db::Tx& tx, std::string_view permission, std::string const& org_path,
                                    std::string const& text) override {
    return accounts.Colleagues(tx, permission, org_path, text);
  }
  std::vector<Colleague> Named(db::Tx& tx, std::vector<std::string> const& user_ids) override;
  std::vector<std::string> ManagersOf(db::Tx& tx, std::vector<std::string> const& user_ids) override {
    return store::ManagersOf(tx, user_ids);
  }
  std::vector<RoleView> RolesOf(db::Tx& tx, std::string const& user_id) override;
};

void RegisterSignInRoutes(http::Routes& routes, Service& service);
void RegisterOidcRoutes(http::Routes& routes, Service& service);
void RegisterMyRoutes(http::Routes& routes, Service& service);
void RegisterAccountRoutes(http::Routes& routes, Service& service);
void RegisterAccountExport(AppContext& context, Service& service);
void RegisterSecurityRoutes(http::Routes& routes, Service& service);

}  // namespace bole::identity
