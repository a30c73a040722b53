#pragma once
#include "modules/identity/service.hpp"
#include "platform/app/testing.hpp"
#include "platform/crypto/totp.hpp"
#include "platform/http/dispatcher.hpp"

namespace bole::identity {

// A group with two branches; an administrator and a security officer of the group, HR of Beijing. Requests can go
// through the server's middleware.
class IdentityTest : public bole::testing::ModuleTest {
 protected:
  static constexpr char const* kPassword = "correct horse battery";
  using Step = SignInStep;

  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org", "imports", "identity"});
    root = Node(std::nullopt, "HQ", org::OrgKind::group);
    branch = Node(root.id, "BJ", org::OrgKind::branch);
    other = Node(root.id, "SZ", org::OrgKind::branch);
    admin = Make("admin", {{"administrator", root.id}});
    officer = Make("officer", {{"security_officer", root.id}});
    hr = Make("hr.bj", {{"branch_hr", branch.id}});
    RegisterSignInRoutes(routes, service);
    RegisterOidcRoutes(routes, service);
    RegisterMyRoutes(routes, service);
    RegisterAccountRoutes(routes, service);
    RegisterAccountExport(context, service);
    RegisterSecurityRoutes(routes, service);
  }
  org::OrgNodeView Node(std::optional<std::string> parent, std::string const& code, org::OrgKind kind) {
    return orgs->CreateNode(system, {parent, code, code, code, kind, "", "Asia/Shanghai", "zh-CN"}).value();
  }
  identity::CreateUser Input(std::string name, std::vector<CreateGrant> grants) {
    return {std::move(name), "张三", "", branch.id, "zh-CN", kPassword, std::move(grants)};
  }
  UserView Make(std::string name, std::vector<CreateGrant> grants) {
    return service.CreateUser(system, Input(std::move(name), std::move(grants))).value();
  }
  Principal Who(std::string const& name) { return *service.PrincipalOf(name); }
  // By password alone; the outcome says what comes next.
  Result<SignInFlow::Outcome> Begin(std::string const& name, std::string const& password = kPassword,
                                    SignInFlow::Browser const& browser = {}) {
    return service.sign_in.Begin({name, password}, browser);
  }
  std::string SessionOf(std::string const& name) { return Begin(name).value().session; }
  Principal In(std::string const& token) {
    auto const who = service.sessions.Recognise(token);
    if (!who) throw std::runtime_error("the session has ended");
    return *who;
  }
  // Sets up an authenticator app and gives its secret.
  crypto::Bytes Enrol(std::string const& name) {
    auto const who = In(SessionOf(name));
    auto const secret = *crypto::Base32Decode(service.second_factor.BeginMine(who, {kPassword}).value().secret);
    recovery = service.second_factor.ConfirmMine(who, {crypto::TotpCode(secret, clock.Now())}).value().codes;
    clock.Advance(std::chrono::seconds(30));
    return secret;
  }
  SecurityPolicy Policy(std::function<void(SecurityPolicy&)> const& change) {
    auto policy = GetPolicy(service.shared);
    change(policy);
    return SetPolicy(service.shared, system, policy).value();
  }

  // Through the dispatcher, as a browser or a program sends it: status and body.
  struct Sent {
    int status = 0;
    json::value body;
    std::vector<http::SetCookie> cookies;
    std::string location{};
  };
  Sent Send(http::Method method, std::string const& target, std::string const& body, http::Pairs headers) {
    http::Readiness const readiness;
    http::ServerContext const server{routes, messages, metrics, clock, readiness, {}, {service.Authenticator()}};
    http::Dispatcher dispatcher(server, {});
    http::Request request;
    request.method = method, request.body = body, request.headers = std::move(headers);
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    auto const plan = dispatcher.Prepare(request, "/api/v1" + target);
    auto outcome = dispatcher.Handle(request, *plan);
    auto const& text = std::get<std::string>(outcome.response.body);
    bool const is_json = outcome.response.content_type.find("json") != std::string::npos;
    return {outcome.response.status, is_json ? ParseJson(text).value() : json::value(), outcome.response.cookies,
            std::string(outcome.response.Header("location"))};
  }
  static http::Pairs Browser(std::string const& session) {
    return {{"cookie", "bole_session=" + session}, {"x-bole-client", "console"}};
  }
  static http::Pairs Bearer(std::string const& token) { return {{"authorization", "Bearer " + token}}; }

  std::int64_t CountAudit(std::string const& action, bool succeeded = true) {
    return *db->Read([&](db::Tx& tx) {
      return tx.Scalar<std::int64_t>(
          {"test.audit", "SELECT COUNT(*) FROM audit_record WHERE action = ? AND succeeded = ?"}, action, succeeded);
    });
  }

  Principal system = Principal::System("test");
  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::unique_ptr<org::Api> orgs = org::Register(context, *audits);
  Service service{context, *orgs, *audits};
  org::OrgNodeView root, branch, other;
  UserView admin, officer, hr;
  std::vector<std::string> recovery;
};

}  // namespace bole::identity
