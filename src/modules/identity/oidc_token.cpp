#include "modules/identity/oidc_token.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/jws.hpp"

namespace bole::identity {
namespace {

constexpr std::int64_t kLeewaySeconds = 60;

// Authentication methods of RFC 8176 §2 by what they prove: what somebody knows, has, and is.
using Methods = std::array<std::string_view, 6>;
constexpr std::array<Methods, 3> kMethods{
    Methods{"pwd", "pin", "kba"}, {"otp", "hwk", "swk", "sc", "sms", "tel"}, {"face", "fpt", "iris", "retina", "vbm"}};

std::string TextOf(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<std::int64_t> SecondsOf(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  auto const seconds = value->to_number<std::int64_t>(error);
  if (error) return std::nullopt;
  return seconds;
}

std::optional<json::object> ObjectOf(std::string_view base64url) {
  auto const bytes = crypto::Base64UrlDecode(base64url);
  if (!bytes) return std::nullopt;
  auto const value = ParseJson(crypto::AsText(*bytes));
  if (!value || !value->is_object()) return std::nullopt;
  return value->as_object();
}

tl::unexpected<Error> Refuse(char const* key) { return Fail(ErrorCode::kUnauthenticated, key); }

bool IsFor(json::object const& claims, std::string const& client_id) {
  auto const* audience = claims.if_contains("aud");
  if (!audience) return false;
  auto const presenter = TextOf(claims, "azp");
  if (!presenter.empty() && presenter != client_id) return false;
  if (audience->is_string()) return audience->as_string() == client_id;
  if (!audience->is_array()) return false;
  auto const& list = audience->as_array();
  bool const named = std::any_of(list.begin(), list.end(),
                                 [&](auto const& one) { return one.is_string() && one.as_string() == client_id; });
  return named && (list.size() == 1 || presenter == client_id);
}

bool HasValidSignature(Jwk const& key, std::string_view data, crypto::Bytes const& signature) {
  return key.algorithm == "RS256" ? crypto::VerifyRs256(key.a, key.b, data, signature)
                                  : crypto::VerifyEs256(key.a, key.b, data, signature);
}

Result<> CheckClaims(json::object const& claims, ExpectedToken const& expected) {
  if (TextOf(claims, "iss") != expected.issuer) return Refuse("oidc.wrong_issuer");
  if (!IsFor(claims, expected.client_id)) return Refuse("oidc.wrong_audience");
  auto const now = ToMillis(expected.now) / 1000;
  auto const expires = SecondsOf(claims, "exp"), issued = SecondsOf(claims, "iat");
  if (!expires || !issued || TextOf(claims, "sub").empty()) return Refuse("oidc.bad_token");
  if (*expires + kLeewaySeconds <= now || *issued - kLeewaySeconds > now ||
      SecondsOf(claims, "nbf").value_or(now) - kLeewaySeconds > now)
    return Refuse("oidc.expired");
  if (!crypto::ConstantTimeEqual(TextOf(claims, "nonce"), expected.nonce)) return Refuse("oidc.wrong_nonce");
  return {};
}

}  // namespace

Result<std::vector<Jwk>> ReadJwks(std::string const& text) {
  auto const value = ParseJson(text);
  auto const* object = value ? value->if_object() : nullptr;
  auto const* list = object ? object->if_contains("keys") : nullptr;
  if (!list || !list->is_array()) return Fail(ErrorCode::kUnavailable, "oidc.bad_keys");
  std::vector<Jwk> out;
  for (auto const& item : list->as_array()) {
    auto const* key = item.if_object();
    if (!key || (key->contains("use") && TextOf(*key, "use") != "sig")) continue;
    bool const rsa = TextOf(*key, "kty") == "RSA";
    if (!rsa && (TextOf(*key, "kty") != "EC" || TextOf(*key, "crv") != "P-256")) continue;
    std::string const algorithm = rsa ? "RS256" : "ES256";
    if (auto const named = TextOf(*key, "alg"); !named.empty() && named != algorithm) continue;
    auto const a = crypto::Base64UrlDecode(TextOf(*key, rsa ? "n" : "x"));
    auto const b = crypto::Base64UrlDecode(TextOf(*key, rsa ? "e" : "y"));
    if (a && b) out.push_back({TextOf(*key, "kid"), algorithm, *a, *b});
  }
  return out;
}

Result<json::object> VerifyIdToken(std::string_view token, std::span<Jwk const> keys, ExpectedToken const& expected) {
  auto const parts = Split(token, '.');
  if (parts.size() != 3) return Refuse("oidc.bad_token");
  auto const header = ObjectOf(parts[0]);
  auto claims = ObjectOf(parts[1]);
  auto const signature = crypto::Base64UrlDecode(parts[2]);
  if (!header || !claims || !signature || header->contains("crit")) return Refuse("oidc.bad_token");
  // Never by what the token says alone: "none" and HS256 would let anybody sign.
  auto const algorithm = TextOf(*header, "alg");
  if (algorithm != "RS256" && algorithm != "ES256") return Refuse("oidc.algorithm");
  auto const key_id = TextOf(*header, "kid");
  auto const data = token.substr(0, parts[0].size() + 1 + parts[1].size());
  bool known = false, valid = false;
  for (auto const& key : keys) {
    if (key.algorithm != algorithm || (!key_id.empty() && key.key_id != key_id)) continue;
    known = true;
    valid = valid || HasValidSignature(key, data, *signature);
  }
  if (!known) return Refuse("oidc.unknown_key");
  if (!valid) return Refuse("oidc.bad_signature");
  BOLE_TRY(CheckClaims(*claims, expected));
  return *std::move(claims);
}

bool NamesSeveralFactors(json::object const& claims) {
  auto const* methods = claims.if_contains("amr");
  if (!methods || !methods->is_array()) return false;
  std::set<int> kinds;
  for (auto const& method : methods->as_array()) {
    if (!method.is_string()) continue;
    if (method.as_string() == "mfa") return true;
    for (std::size_t kind = 0; kind < kMethods.size(); ++kind)
      if (std::ranges::find(kMethods[kind], std::string_view(method.as_string())) != kMethods[kind].end())
        kinds.insert(static_cast<int>(kind));
  }
  return kinds.size() > 1;
}

}  // namespace bole::identity
