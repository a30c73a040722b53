#include "modules/identity/service.hpp"
#include "platform/config/config.hpp"
#include "platform/http/hooks.hpp"
#include "platform/http/routes.hpp"

namespace bole::identity {
namespace {

// A browser by its cookie, a program by "Authorization: Bearer bole_…". A request with a token is that token's or
// nobody's; a token in an address, which logs and histories keep, is refused.
class Recogniser final : public http::Authenticator {
 public:
  explicit Recogniser(Service& service) : service_(service) {}
  Result<std::shared_ptr<Principal const>> Authenticate(http::Request const& request) override {
    for (auto const& [name, value] : request.query)
      if (name == "access_token" || name == "token" || value.starts_with("bole_"))
        return Fail(ErrorCode::kUnauthenticated, "token.in_address");
    if (auto const header = request.Header("authorization"); !header.empty()) {
      constexpr std::string_view kBearer = "Bearer ";
      auto const token = header.starts_with(kBearer) ? header.substr(kBearer.size()) : std::string_view();
      auto who = token.starts_with("bole_") ? service_.tokens.Recognise(std::string(token)) : nullptr;
      if (!who) return Fail(ErrorCode::kUnauthenticated, "token.unknown");
      return who;
    }
    auto const cookie = request.Cookie("bole_session");
    if (cookie.empty()) return nullptr;
    return service_.sessions.Recognise(std::string(cookie));
  }

 private:
  Service& service_;
};

}  // namespace

Service::Service(AppContext& context, org::Api& org, audit::Api& audit)
    : shared{context, org, audit,
             PasswordRules(context.passwords, context.config.resource_dir / "content" / "common_passwords.txt")} {}

std::shared_ptr<http::Authenticator> Service::Authenticator() { return std::make_shared<Recogniser>(*this); }

std::optional<Principal> Service::RightsOf(db::Tx& tx, std::string const& user_id) {
  auto const user = store::UserById(tx, user_id);
  if (!user || !user->active) return std::nullopt;
  return identity::RightsOf(tx, *user, "", shared.Now()).who;
}

std::optional<UserContact> Service::ContactOf(db::Tx& tx, std::string const& user_id) {
  auto const user = store::UserById(tx, user_id);
  if (!user || !user->active) return std::nullopt;
  return UserContact{user->name, user->email, user->locale};
}

std::vector<Colleague> Service::Named(db::Tx& tx, std::vector<std::string> const& user_ids) {
  std::vector<Colleague> out;
  for (auto const& id : user_ids)
    if (auto const user = store::UserById(tx, id)) out.push_back({user->id, user->user_name, user->name});
  return out;
}

std::vector<RoleView> Service::RolesOf(db::Tx& tx, std::string const& user_id) {
  std::vector<RoleView> out;
  for (auto const& grant : store::Grants(tx, user_id)) {
    auto role = StateOf(grant, shared.Now()) == GrantState::in_force ? FindRole(tx, grant.role) : std::nullopt;
    if (role) out.push_back(*std::move(role));
  }
  return out;
}

std::unique_ptr<Api> Register(AppContext& context, org::Api& org, audit::Api& audit) {
  auto service = std::make_unique<Service>(context, org, audit);
  org.OnMoved([&service = *service] { service.shared.memory.Forget(); });
  org.CountRows("users", store::CountUsers);
  // Accounts get another home; their grants stay where they are.
  org.OnHandOver([&service = *service](db::Tx& tx, org::HandOver const& over) {
    if (over.jobs) return;
    store::MoveUsers(tx, over.from, over.to);
    tx.OnCommit([&service] { service.shared.memory.Forget(); });
  });
  RegisterSignInRoutes(context.routes, *service);
  RegisterOidcRoutes(context.routes, *service);
  RegisterMyRoutes(context.routes, *service);
  RegisterAccountRoutes(context.routes, *service);
  RegisterAccountExport(context, *service);
  RegisterSecurityRoutes(context.routes, *service);
  return service;
}

}  // namespace bole::identity
