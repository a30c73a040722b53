#include "modules/identity/oidc.hpp"

#include "base/text.hpp"
#include "modules/identity/session_store.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/fetch/fetch.hpp"
#include "platform/log/log.hpp"

namespace bole::identity {
namespace {

constexpr std::chrono::minutes kRoundTrip{10};
constexpr std::chrono::hours kProviderFor{1};
constexpr char const* kVerifier = "oidc_request.verifier";

std::string TextOf(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

Result<json::object> GetObject(fetch::Fetch const& request, char const* problem) {
  auto const answer = fetch::Send(request);
  if (!answer) {
    log::Warn("oidc.unreachable", {{"url", request.url}, {"reason", answer.error().params.at("reason")}});
    return Fail(ErrorCode::kUnavailable, "oidc.unreachable");
  }
  auto value = ParseJson(answer->body);
  if (answer->status == 200 && value && value->is_object()) return std::move(value->as_object());
  log::Warn("oidc.refused", {{"url", request.url}, {"status", answer->status}});
  return Fail(ErrorCode::kUnauthenticated, problem);
}

// A path of this site and nothing else: an address elsewhere would be an open redirect.
std::string SafePath(std::string const& path) {
  bool const safe = path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string::npos &&
                    !HasControlCharacters(path) && path.find('\n') == std::string::npos && path.size() <= 500;
  return safe ? path : "/";
}

}  // namespace

Oidc::Oidc(Shared& shared, SignInFlow& flow) : shared_(shared), flow_(flow), settings_(shared.context.config.oidc) {}

std::string Oidc::CallbackAddress() const {
  return shared_.context.config.PublicUrl() + "/api/v1/session/oidc/callback";
}

Result<std::vector<Jwk>> Oidc::FetchKeys(std::string const& address) {
  BOLE_ASSIGN(auto const object,
              GetObject({.url = address, .timeout_seconds = settings_.timeout_seconds}, "oidc.bad_keys"));
  return ReadJwks(ToText(object));
}

Result<Oidc::Provider> Oidc::Ask() {
  {
    std::lock_guard const lock(mutex_);
    if (provider_ && provider_->until > shared_.Now()) return *provider_;
  }
  auto base = settings_.issuer;  // OpenID Connect Discovery 1.0 §4: a slash at the end is left out
  if (base.ends_with('/')) base.pop_back();
  BOLE_ASSIGN(auto const found, GetObject({.url = base + "/.well-known/openid-configuration",
                                           .timeout_seconds = settings_.timeout_seconds},
                                          "oidc.bad_discovery"));
  Provider out{TextOf(found, "authorization_endpoint"),
               TextOf(found, "token_endpoint"),
               TextOf(found, "jwks_uri"),
               {},
               shared_.Now() + kProviderFor};
  if (TextOf(found, "issuer") != settings_.issuer) return Fail(ErrorCode::kUnauthenticated, "oidc.wrong_issuer");
  if (out.authorization.empty() || out.token.empty() || out.keys_address.empty())
    return Fail(ErrorCode::kUnauthenticated, "oidc.bad_discovery");
  BOLE_ASSIGN(out.keys, FetchKeys(out.keys_address));
  std::lock_guard const lock(mutex_);
  provider_ = out;
  return out;
}

Result<Oidc::Begun> Oidc::Begin(std::string const& return_to) {
  if (!enabled()) return Fail(ErrorCode::kUnauthenticated, "oidc.off");
  BOLE_ASSIGN(auto const provider, Ask());
  auto const state = crypto::RandomToken(), nonce = crypto::RandomToken(), verifier = crypto::RandomToken(48);
  Begun out{"", crypto::RandomToken()};
  shared_.context.database.Write([&](db::Tx& tx) {
    store::DeleteExpired(tx, shared_.Now());
    tx.Insert("oidc_request",
              store::OidcRow{NewUlid(shared_.Now()), crypto::Sha256Hex(state), crypto::Sha256Hex(out.browser), nonce,
                             shared_.context.fields.Encrypt(verifier, kVerifier), SafePath(return_to),
                             shared_.Now() + kRoundTrip});
  });
  auto const challenge = crypto::Base64UrlEncode(crypto::Sha256(crypto::AsBytes(verifier)));
  out.address = provider.authorization + (provider.authorization.find('?') == std::string::npos ? "?" : "&") +
                fetch::FormEncode({{"response_type", "code"},
                                   {"client_id", settings_.client_id},
                                   {"redirect_uri", CallbackAddress()},
                                   {"scope", settings_.scopes},
                                   {"state", state},
                                   {"nonce", nonce},
                                   {"code_challenge", challenge},
                                   {"code_challenge_method", "S256"}});
  return out;
}

Result<std::string> Oidc::Redeem(Provider const& provider, std::string const& code, std::string const& verifier) {
  fetch::Fetch request{.url = provider.token,
                       .form = {{"grant_type", "authorization_code"},
                                {"code", code},
                                {"redirect_uri", CallbackAddress()},
                                {"code_verifier", verifier}},
                       .timeout_seconds = settings_.timeout_seconds};
  if (settings_.client_secret.empty()) {
    request.form.emplace_back("client_id", settings_.client_id);
  } else {  // RFC 6749 §2.3.1: form-encoded before they are joined
    request.basic_user = fetch::PercentEncode(settings_.client_id);
    request.basic_password = fetch::PercentEncode(settings_.client_secret);
  }
  BOLE_ASSIGN(auto const answer, GetObject(request, "oidc.code_refused"));
  auto token = TextOf(answer, "id_token");
  if (token.empty()) return Fail(ErrorCode::kUnauthenticated, "oidc.bad_token");
  return token;
}

// A key that we do not know may be new: the set is read once more.
Result<json::object> Oidc::Claims(Provider provider, std::string const& token, ExpectedToken const& expected) {
  auto claims = VerifyIdToken(token, provider.keys, expected);
  if (claims || claims.error().key != "oidc.unknown_key") return claims;
  BOLE_ASSIGN(provider.keys, FetchKeys(provider.keys_address));
  {
    std::lock_guard const lock(mutex_);
    provider_ = provider;
  }
  return VerifyIdToken(token, provider.keys, expected);
}

Result<std::string> Oidc::AccountOf(json::object const& claims) {
  auto const value = AsciiLower(Trim(TextOf(claims, settings_.claim)));
  if (value.empty()) return Fail(ErrorCode::kUnauthenticated, "oidc.no_claim", {{"claim", settings_.claim}});
  if (settings_.claim == "email") {
    auto const* verified = claims.if_contains("email_verified");
    if (!verified || !verified->is_bool() || !verified->as_bool())
      return Fail(ErrorCode::kUnauthenticated, "oidc.email_not_verified");
  }
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<std::string> {
    if (settings_.account_field == "email") {
      auto const found = store::UsersByEmail(tx, value);
      if (found.size() == 1) return found[0].id;
    } else if (auto const found = store::UserByName(tx, value)) {
      return found->id;
    }
    return Fail(ErrorCode::kUnauthenticated, "oidc.no_account");
  });
}

Result<Oidc::Done> Oidc::Finish(Answer const& answer, SignInFlow::Browser const& browser) {
  if (!enabled()) return Fail(ErrorCode::kUnauthenticated, "oidc.off");
  auto const row =
      shared_.context.database.Write([&](db::Tx& tx) { return store::TakeOidc(tx, crypto::Sha256Hex(answer.state)); });
  if (!row || row->expires_at <= shared_.Now() ||
      !crypto::ConstantTimeEqual(row->browser_hash, crypto::Sha256Hex(answer.browser)))
    return Fail(ErrorCode::kUnauthenticated, "oidc.bad_state");
  if (!answer.error.empty() || answer.code.empty()) return Fail(ErrorCode::kUnauthenticated, "oidc.refused");
  BOLE_ASSIGN(auto const verifier, shared_.context.fields.Decrypt(row->verifier, kVerifier));
  BOLE_ASSIGN(auto const provider, Ask());
  BOLE_ASSIGN(auto const token, Redeem(provider, answer.code, verifier));
  BOLE_ASSIGN(auto const claims,
              Claims(provider, token, {settings_.issuer, settings_.client_id, row->nonce, shared_.Now()}));
  BOLE_ASSIGN(auto const account, AccountOf(claims));
  bool const several = settings_.second_factor == "trusted" || NamesSeveralFactors(claims);
  BOLE_ASSIGN(auto outcome, flow_.Trusted(account, several, browser));
  return Done{std::move(outcome), row->return_to};
}

}  // namespace bole::identity
