#include "modules/identity/identity_test.hpp"

namespace bole::identity {
namespace {

using http::Method;

class TokensTest : public IdentityTest {
 protected:
  std::string Token(std::vector<std::string> permissions, int days = 30) {
    return service.tokens.Create(In(SessionOf("hr.bj")), {"sync", days, std::move(permissions)}).value().token;
  }
};

TEST_P(TokensTest, ATokenHasWhatItsOwnerStillMayAndItNames) {
  auto const token = Token({"org.read", "candidate.read"});
  auto const who = service.tokens.Recognise(token);
  ASSERT_TRUE(who);
  EXPECT_EQ(who->id, hr.id);
  EXPECT_TRUE(who->Can("candidate.read", branch.path));
  EXPECT_FALSE(who->Can("candidate.read", other.path));
  EXPECT_FALSE(who->Can("candidate.write")) << "not named";
  ASSERT_TRUE(service.accounts.Revoke(Who("admin"), hr.id, hr.grants[0].id));
  EXPECT_FALSE(service.tokens.Recognise(token)->Can("candidate.read")) << "no longer the owner's";
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .active = false}));
  EXPECT_FALSE(service.tokens.Recognise(token));
}

TEST_P(TokensTest, ShownOnceKeptAsHashUsedAndRevoked) {
  auto const token = Token({"org.read"});
  EXPECT_TRUE(token.starts_with("bole_"));
  EXPECT_EQ(token.size(), 48U);
  auto const me = In(SessionOf("hr.bj"));
  auto const listed = service.tokens.Mine(me)->items.at(0);
  EXPECT_EQ(listed.prefix, token.substr(0, 10));
  EXPECT_FALSE(listed.last_used_at);
  ASSERT_TRUE(service.tokens.Recognise(token));
  EXPECT_EQ(service.tokens.Mine(me)->items.at(0).last_used_at, clock.Now());
  EXPECT_EQ(service.tokens.RevokeMine(In(SessionOf("admin")), listed.id).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(service.tokens.RevokeMine(me, listed.id));
  EXPECT_FALSE(service.tokens.Recognise(token));
  auto const brief = Token({"org.read"}, 1);
  clock.Advance(std::chrono::hours(24));
  EXPECT_FALSE(service.tokens.Recognise(brief));
  EXPECT_EQ(CountAudit("token.create"), 2);
  EXPECT_EQ(CountAudit("token.revoke"), 1);
}

TEST_P(TokensTest, OnlyOwnPermissionsForAYearAtMost) {
  auto const session = SessionOf("hr.bj");
  auto const refused = service.tokens.Create(In(session), {"x", 30, {"org.read", "user.write"}});
  EXPECT_EQ(refused.error().fields, (FieldErrors{{"/permissions/1", "not_held"}}));
  EXPECT_EQ(
      Send(Method::kPost, "/session/tokens", R"({"name":"x","days":366,"permissions":["org.read"]})", Browser(session))
          .status,
      422);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(service.tokens.Create(In(session), {"x", 1, {"org.read"}}));
  EXPECT_EQ(service.tokens.Create(In(session), {"x", 1, {"org.read"}}).error().key, "token.too_many");
}

TEST_P(TokensTest, ABearerNeedsNoHeaderAgainstForgeryButACookieDoes) {
  auto const session = SessionOf("admin");
  auto const token = service.tokens.Create(In(session), {"x", 1, {"user.read", "user.write"}})->token;
  auto const patch = [&](http::Pairs headers) {
    auto const version = service.accounts.Get(Who("admin"), hr.id)->version;
    return Send(Method::kPatch, "/users/" + hr.id, R"({"name":"李四","version":)" + std::to_string(version) + "}",
                std::move(headers));
  };
  auto const forged = patch({{"cookie", "bole_session=" + session}});
  EXPECT_EQ(forged.status, 403);
  EXPECT_EQ(forged.body.at("code").as_string(), "csrf.missing_header");
  EXPECT_EQ(patch(Bearer(token)).status, 200);
  EXPECT_EQ(patch(Browser(session)).status, 200);
  // A wrong token does not fall back to the cookie that came along, nor past the forgery check.
  EXPECT_EQ(patch({{"cookie", "bole_session=" + session}, {"authorization", "Bearer bole_wrong"}}).status, 403);
  auto const both = Send(Method::kGet, "/session", "",
                         {{"cookie", "bole_session=" + session}, {"authorization", "Bearer bole_wrong"}});
  EXPECT_EQ(both.status, 401);
  EXPECT_EQ(both.body.at("code").as_string(), "token.unknown");
}

TEST_P(TokensTest, ATokenInTheAddressIsRefusedEvenWithASession) {
  auto const token = Token({"org.read"});
  for (auto const& query : {"?token=" + token, std::string("?access_token=x"), "?q=" + token})
    for (auto const& headers : {http::Pairs{}, Browser(SessionOf("hr.bj"))}) {
      auto const sent = Send(Method::kGet, "/roles" + query, "", headers);
      EXPECT_EQ(sent.status, 401) << query;
      EXPECT_EQ(sent.body.at("code").as_string(), "token.in_address") << query;
    }
}

TEST_P(TokensTest, WhatBelongsToAPersonIsClosedToTokens) {
  auto const token = Token({"org.read"});
  for (auto const& [method, path, body] :
       {std::tuple(Method::kPost, "/session/tokens", R"({"name":"x","permissions":["org.read"]})"),
        std::tuple(Method::kGet, "/session/tokens", ""), std::tuple(Method::kGet, "/session/devices", ""),
        std::tuple(Method::kDelete, "/session", ""),
        std::tuple(Method::kPost, "/session/second-factor", R"({"password":"correct horse battery"})"),
        std::tuple(Method::kPost, "/session/password",
                   R"({"current_password":"correct horse battery","new_password":"another long one"})")}) {
    auto const sent = Send(method, path, body, Bearer(token));
    EXPECT_EQ(sent.status, 403) << path;
    EXPECT_EQ(sent.body.at("code").as_string(), "token.browser_only") << path;
  }
}

BOLE_STORE_SUITE(TokensTest);

}  // namespace
}  // namespace bole::identity
