#include <botan/auto_rng.h>
#include <botan/bigint.h>
#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>

#include "base/text.hpp"
#include "modules/identity/identity_test.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/mail/fake_servers.hpp"

namespace bole::identity {
namespace {

using http::Method;

std::string Encode(Botan::BigInt const& number, std::size_t size) {
  auto const bytes = Botan::BigInt::encode_1363(number, size);
  return crypto::Base64UrlEncode({bytes.data(), bytes.size()});
}

// A key pair of the provider.
class SigningKey {
 public:
  static SigningKey Rsa(std::string id) {
    Botan::AutoSeeded_RNG rng;
    return {std::move(id), std::make_shared<Botan::RSA_PrivateKey>(rng, 2048)};
  }
  static SigningKey Ec(std::string id) {
    Botan::AutoSeeded_RNG rng;
    return {std::move(id), std::make_shared<Botan::ECDSA_PrivateKey>(rng, Botan::EC_Group("secp256r1"))};
  }
  [[nodiscard]] json::object Public() const {
    if (auto const* rsa = dynamic_cast<Botan::RSA_PrivateKey const*>(key_.get()))
      return {{"kty", "RSA"}, {"kid", id_}, {"use", "sig"}, {"n", Encode(rsa->get_n(), 256)}, {"e", "AQAB"}};
    auto const& point = dynamic_cast<Botan::ECDSA_PrivateKey const&>(*key_).public_point();
    return {{"kty", "EC"},
            {"kid", id_},
            {"crv", "P-256"},
            {"x", Encode(point.get_affine_x(), 32)},
            {"y", Encode(point.get_affine_y(), 32)}};
  }
  [[nodiscard]] std::string Sign(json::object const& claims) const {
    bool const rsa = key_->algo_name() == "RSA";
    auto const part = [](json::object const& object) {
      return crypto::Base64UrlEncode(crypto::AsBytes(ToText(object)));
    };
    auto const data = part({{"alg", rsa ? "RS256" : "ES256"}, {"kid", id_}}) + "." + part(claims);
    Botan::AutoSeeded_RNG rng;
    Botan::PK_Signer signer(*key_, rng, rsa ? "EMSA3(SHA-256)" : "EMSA1(SHA-256)");
    auto const signature = signer.sign_message(reinterpret_cast<std::uint8_t const*>(data.data()), data.size(), rng);
    return data + "." + crypto::Base64UrlEncode({signature.data(), signature.size()});
  }

 private:
  SigningKey(std::string id, std::shared_ptr<Botan::Private_Key> key) : id_(std::move(id)), key_(std::move(key)) {}
  std::string id_;
  std::shared_ptr<Botan::Private_Key> key_;
};

// An identity provider on loopback: discovery, keys, and a token endpoint that checks client, code and PKCE.
class Provider final : public mail::FakeServer {
 public:
  Provider() { Start(); }
  ~Provider() override { Stop(); }
  [[nodiscard]] std::string Issuer() const { return "http://" + Address(); }

  std::vector<SigningKey> keys{SigningKey::Ec("k1")};
  std::string announced_issuer;  // empty: the right one
  std::string challenge;         // from the authorisation request
  json::object claims;
  std::function<std::string(json::object const&)> sign = [this](auto const& c) { return keys.front().Sign(c); };
  int key_reads = 0, redeemed = 0;

 private:
  static std::string FormValue(std::string const& body, std::string const& name) {
    for (auto const& pair : Split(body, '&'))
      if (pair.starts_with(name + "=")) return pair.substr(name.size() + 1);
    return "";
  }
  std::string Answer(std::string const& head, std::string const& body, int& status) {
    if (head.starts_with("GET /.well-known/openid-configuration"))
      return ToText(json::object{{"issuer", announced_issuer.empty() ? Issuer() : announced_issuer},
                                 {"authorization_endpoint", Issuer() + "/authorize"},
                                 {"token_endpoint", Issuer() + "/token"},
                                 {"jwks_uri", Issuer() + "/keys"}});
    if (head.starts_with("GET /keys")) {
      ++key_reads;
      json::array list;
      for (auto const& key : keys) list.push_back(key.Public());
      return ToText(json::object{{"keys", list}});
    }
    auto const proof = crypto::Base64UrlEncode(crypto::Sha256(crypto::AsBytes(FormValue(body, "code_verifier"))));
    bool const known =
        head.find("Authorization: Basic " + crypto::Base64Encode(crypto::AsBytes("bole:s3cret"))) != std::string::npos;
    if (!head.starts_with("POST /token") || !known || FormValue(body, "code") != "good" || proof != challenge)
      return status = 400, R"({"error":"invalid_grant"})";
    ++redeemed;
    return ToText(json::object{{"access_token", "a"}, {"token_type", "Bearer"}, {"id_token", sign(claims)}});
  }
  void Serve(mail::tcp::socket& socket) override {
    boost::system::error_code error;
    std::string data;
    auto const end = boost::asio::read_until(socket, boost::asio::dynamic_buffer(data), "\r\n\r\n", error);
    if (error) return;
    auto const length = data.find("Content-Length: ");
    auto const size = length == std::string::npos ? 0 : std::stoul(data.substr(length + 16));
    if (data.size() < end + size)
      boost::asio::read(socket, boost::asio::dynamic_buffer(data),
                        boost::asio::transfer_exactly(end + size - data.size()), error);
    int status = 200;
    auto const answer = Answer(data.substr(0, end), data.substr(end), status);
    boost::asio::write(socket,
                       boost::asio::buffer("HTTP/1.1 " + std::to_string(status) +
                                           " x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                                           "Content-Length: " +
                                           std::to_string(answer.size()) + "\r\n\r\n" + answer),
                       error);
  }
};

class OidcTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    config.oidc = {.issuer = provider.Issuer(), .client_id = "bole", .client_secret = "s3cret"};
    oidc = std::make_unique<Oidc>(service.shared, service.sign_in);
  }
  static std::string Parameter(std::string const& address, std::string const& name) {
    auto const at = address.find(name + "=");
    auto const start = at + name.size() + 1;
    return at == std::string::npos ? "" : address.substr(start, address.find('&', start) - start);
  }
  // The browser goes to the provider and comes back with a code; `change` forges the token's claims.
  Result<Oidc::Done> Go(std::function<void(json::object&)> const& change = {}) {
    auto const begun = oidc->Begin("/candidates?q=x");
    if (!begun) return tl::unexpected<Error>(begun.error());
    state = Parameter(begun->address, "state");
    browser = begun->browser;
    provider.challenge = Parameter(begun->address, "code_challenge");
    auto const now = ToMillis(clock.Now()) / 1000;
    provider.claims = {{"iss", provider.Issuer()},
                       {"aud", "bole"},
                       {"sub", "4711"},
                       {"iat", now},
                       {"exp", now + 300},
                       {"nonce", Parameter(begun->address, "nonce")},
                       {"preferred_username", "HR.bj"},
                       {"email", "hr@example.com"}};
    if (change) change(provider.claims);
    return oidc->Finish({"good", state, "", browser}, {});
  }
  std::string Refused(std::function<void(json::object&)> const& change) {
    auto const done = Go(change);
    return done ? "signed in" : done.error().key;
  }

  Provider provider;
  std::unique_ptr<Oidc> oidc;
  std::string state, browser;
};

TEST_P(OidcTest, SignsInTheAccountThatTheClaimNames) {
  auto const done = Go();
  ASSERT_TRUE(done) << done.error().key;
  EXPECT_EQ(done->return_to, "/candidates?q=x");
  EXPECT_EQ(In(done->outcome.session).id, hr.id);
  EXPECT_EQ(provider.redeemed, 1);
  EXPECT_TRUE(Go());
  EXPECT_EQ(provider.key_reads, 1) << "discovery and keys are remembered";
  EXPECT_EQ(CountAudit("session.begin"), 2);
}

TEST_P(OidcTest, AlsoWithRsaKeys) {
  provider.keys = {SigningKey::Rsa("r1")};
  EXPECT_TRUE(Go());
}

TEST_P(OidcTest, AStateWorksOnceInOneBrowserForTenMinutes) {
  ASSERT_TRUE(Go());
  EXPECT_EQ(oidc->Finish({"good", state, "", browser}, {}).error().key, "oidc.bad_state") << "reused";
  auto const begun = oidc->Begin("/").value();
  auto const second = Parameter(begun.address, "state");
  EXPECT_EQ(oidc->Finish({"good", second, "", "another browser"}, {}).error().key, "oidc.bad_state");
  EXPECT_EQ(oidc->Finish({"good", second, "", begun.browser}, {}).error().key, "oidc.bad_state")
      << "used up by the try";
  auto const late = oidc->Begin("/").value();
  clock.Advance(std::chrono::minutes(10));
  EXPECT_EQ(oidc->Finish({"good", Parameter(late.address, "state"), "", late.browser}, {}).error().key,
            "oidc.bad_state");
  EXPECT_EQ(oidc->Finish({"good", "", "", ""}, {}).error().key, "oidc.bad_state");
}

TEST_P(OidcTest, TokensForOthersOrOtherTimesAreRefused) {
  auto const now = ToMillis(clock.Now()) / 1000;
  EXPECT_EQ(Refused([](auto& c) { c["nonce"] = "of another sign-in"; }), "oidc.wrong_nonce");
  EXPECT_EQ(Refused([](auto& c) { c.erase("nonce"); }), "oidc.wrong_nonce");
  EXPECT_EQ(Refused([](auto& c) { c["iss"] = "https://evil.example.com"; }), "oidc.wrong_issuer");
  EXPECT_EQ(Refused([](auto& c) { c["aud"] = "another client"; }), "oidc.wrong_audience");
  EXPECT_EQ(Refused([](auto& c) { c["aud"] = json::array{"bole", "another"}; }), "oidc.wrong_audience");
  EXPECT_EQ(Refused([](auto& c) { c["azp"] = "another"; }), "oidc.wrong_audience");
  EXPECT_EQ(Refused([&](auto& c) { c["exp"] = now - 61; }), "oidc.expired");
  EXPECT_EQ(Refused([&](auto& c) { c["iat"] = now + 61; }), "oidc.expired") << "made in the future";
  EXPECT_EQ(Refused([&](auto& c) { c["nbf"] = now + 61; }), "oidc.expired");
  EXPECT_EQ(Refused([](auto& c) { c.erase("exp"); }), "oidc.bad_token");
  EXPECT_EQ(Refused([](auto& c) { c.erase("sub"); }), "oidc.bad_token");
  EXPECT_EQ(Refused([&](auto& c) { c["exp"] = now - 59; }), "signed in") << "clocks differ";
}

TEST_P(OidcTest, ForgedSignaturesAreRefused) {
  auto const stranger = SigningKey::Ec("k1");
  provider.sign = [&](auto const& claims) { return stranger.Sign(claims); };
  EXPECT_EQ(Refused({}), "oidc.bad_signature");
  provider.sign = [&](auto const& claims) {
    auto token = provider.keys.front().Sign(claims);
    auto const changed = crypto::Base64UrlEncode(crypto::AsBytes(R"({"alg":"none"})"));
    return changed + token.substr(token.find('.'));
  };
  EXPECT_EQ(Refused({}), "oidc.algorithm");
  provider.sign = [&](auto const& claims) {  // HS256 with what everybody knows
    auto const data = crypto::Base64UrlEncode(crypto::AsBytes(R"({"alg":"HS256","kid":"k1"})")) + "." +
                      crypto::Base64UrlEncode(crypto::AsBytes(ToText(claims)));
    auto const mac = crypto::HmacSha256(crypto::AsBytes("s3cret"), crypto::AsBytes(data));
    return data + "." + crypto::Base64UrlEncode(mac);
  };
  EXPECT_EQ(Refused({}), "oidc.algorithm");
  provider.sign = [&](auto const& claims) {
    auto const token = provider.keys.front().Sign(claims);
    return token.substr(0, token.rfind('.') + 1);
  };
  EXPECT_EQ(Refused({}), "oidc.bad_signature");
  provider.sign = [](auto const&) { return std::string("not a token"); };
  EXPECT_EQ(Refused({}), "oidc.bad_token");
}

TEST_P(OidcTest, NewKeysAreFetchedUnknownOnesRefused) {
  ASSERT_TRUE(Go());
  auto const next = SigningKey::Ec("k2");
  provider.sign = [&](auto const& claims) { return next.Sign(claims); };
  EXPECT_EQ(Refused({}), "oidc.unknown_key");
  EXPECT_EQ(provider.key_reads, 2) << "it could have been new";
  provider.keys = {next};
  EXPECT_EQ(Refused({}), "signed in");
  EXPECT_EQ(provider.key_reads, 3);
}

TEST_P(OidcTest, OnlyExistingActiveAccountsSignIn) {
  EXPECT_EQ(Refused([](auto& c) { c["preferred_username"] = "nobody"; }), "oidc.no_account");
  EXPECT_EQ(Refused([](auto& c) { c.erase("preferred_username"); }), "oidc.no_claim");
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .active = false}));
  EXPECT_EQ(Refused({}), "oidc.no_account");
}

TEST_P(OidcTest, WrongPasswordsOfSomebodyElseDoNotLockOut) {
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(Begin("hr.bj", "wrong"));
  EXPECT_EQ(Begin("hr.bj").error().key, "session.locked");
  EXPECT_EQ(Refused({}), "signed in");
}

TEST_P(OidcTest, ASecondFactorIsAskedForUnlessTheProviderSawOne) {
  Policy([](auto& policy) { policy.mfa_roles = {"branch_hr"}, policy.password_max_age_days = 90; });
  auto const begun = Go().value().outcome;
  ASSERT_EQ(begun.view.step, SignInStep::enrol);
  EXPECT_EQ(begun.session, "");
  auto const enrolment = service.sign_in.Enrol({{}, "", begun.pending}).value();
  auto const secret = *crypto::Base32Decode(enrolment.secret);
  auto const code = [&] { return GiveCode{crypto::TotpCode(secret, clock.Now())}; };
  EXPECT_EQ(service.sign_in.ConfirmEnrolment(code(), {{}, "", begun.pending})->view.step, SignInStep::done);

  clock.Advance(std::chrono::hours(24 * 400));
  auto const again = Go([](auto& c) { c["amr"] = json::array{"pwd", "kba"}; }).value().outcome;
  ASSERT_EQ(again.view.step, SignInStep::code) << "two methods of one kind";
  EXPECT_EQ(service.sign_in.Code({"000000"}, {{}, "", again.pending}).error().fields[0].code, "wrong_code");
  auto const done = service.sign_in.Code(code(), {{}, "", again.pending}).value();
  EXPECT_EQ(done.view.step, SignInStep::done) << "a password that is long out of date is not used here";
  EXPECT_EQ(In(done.session).id, hr.id);

  EXPECT_EQ(Go([](auto& c) { c["amr"] = json::array{"pwd", "otp"}; })->outcome.view.step, SignInStep::done);
  EXPECT_EQ(Go([](auto& c) { c["amr"] = json::array{"mfa"}; })->outcome.view.step, SignInStep::done);
  EXPECT_EQ(Go([](auto& c) { c["amr"] = "mfa"; })->outcome.view.step, SignInStep::code) << "not as RFC 8176 says it";
  config.oidc.second_factor = "trusted";
  oidc = std::make_unique<Oidc>(service.shared, service.sign_in);
  EXPECT_EQ(Go()->outcome.view.step, SignInStep::done);
}

TEST_P(OidcTest, TheServerLeadsThereAndBack) {
  auto const off = Send(Method::kGet, "/session/options?problem=oidc.expired", "", {});
  EXPECT_FALSE(off.body.as_object().contains("oidc_label")) << "the module began without a provider";
  EXPECT_EQ(off.body.at("problem").as_string(), messages.Text(i18n::kDefaultLocale, "error.oidc.expired"));
  auto const other_words = Send(Method::kGet, "/session/options?problem=session.locked", "", {});
  EXPECT_FALSE(other_words.body.as_object().contains("problem")) << "words of this sign-in only";
  auto const start = Send(Method::kGet, "/session/oidc/start?return_to=/plans", "", {});
  EXPECT_EQ(start.status, 302);
  EXPECT_EQ(start.location, "/sign-in?problem=oidc.off");
  auto const back = Send(Method::kGet, "/session/oidc/callback?code=x&state=y&session_state=z", "", {});
  EXPECT_EQ(back.location, "/sign-in?problem=oidc.off");
  ASSERT_EQ(back.cookies.size(), 1U);
  EXPECT_EQ(back.cookies[0].name, "bole_oidc");
  EXPECT_TRUE(back.cookies[0].lax);
  EXPECT_EQ(back.cookies[0].value, "");
}

TEST_P(OidcTest, MatchesVerifiedAddressesWhenConfigured) {
  config.oidc.claim = "email", config.oidc.account_field = "email";
  oidc = std::make_unique<Oidc>(service.shared, service.sign_in);
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), hr.id, {.version = 1, .email = "HR@example.com"}));
  EXPECT_EQ(Refused({}), "oidc.email_not_verified");
  EXPECT_EQ(Refused([](auto& c) { c["email_verified"] = true; }), "signed in");
  ASSERT_TRUE(service.accounts.Patch(Who("admin"), officer.id, {.version = 1, .email = "hr@example.com"}));
  EXPECT_EQ(Refused([](auto& c) { c["email_verified"] = true; }), "oidc.no_account") << "two accounts with it";
}

TEST_P(OidcTest, ProblemsOfTheProviderAreNamed) {
  auto const begun = oidc->Begin("//evil.example.com").value();
  EXPECT_EQ(oidc->Finish({"", Parameter(begun.address, "state"), "access_denied", begun.browser}, {}).error().key,
            "oidc.refused");
  auto const wrong = oidc->Begin("/").value();
  EXPECT_EQ(oidc->Finish({"bad", Parameter(wrong.address, "state"), "", wrong.browser}, {}).error().key,
            "oidc.code_refused");
  provider.announced_issuer = "https://evil.example.com";
  oidc = std::make_unique<Oidc>(service.shared, service.sign_in);
  EXPECT_EQ(oidc->Begin("/").error().key, "oidc.wrong_issuer");
  config.oidc.issuer = "http://127.0.0.1:1";
  oidc = std::make_unique<Oidc>(service.shared, service.sign_in);
  EXPECT_EQ(oidc->Begin("/").error().key, "oidc.unreachable");
  config.oidc.issuer.clear();
  EXPECT_EQ(Oidc(service.shared, service.sign_in).Begin("/").error().key, "oidc.off");
}

TEST_P(OidcTest, NeverLeadsToAnotherSite) {
  for (auto const* path : {"//evil.example.com", "https://evil.example.com", "/\\evil.example.com", "x"}) {
    auto const begun = oidc->Begin(path).value();
    auto const row = db->Write(
        [&](db::Tx& tx) { return store::TakeOidc(tx, crypto::Sha256Hex(Parameter(begun.address, "state"))); });
    EXPECT_EQ(row->return_to, "/") << path;
  }
}

BOLE_STORE_SUITE(OidcTest);

}  // namespace
}  // namespace bole::identity
