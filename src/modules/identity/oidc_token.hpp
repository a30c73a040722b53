#pragma once
#include <span>

#include "base/clock.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/reflect/json.hpp"

// ID tokens of OpenID Connect Core 1.0 §3.1.3.7: JSON Web Tokens signed with RS256 or ES256. Pure.
namespace bole::identity {

// A public key of a JWK set (RFC 7517).
struct Jwk {
  std::string key_id, algorithm;  // RS256 or ES256
  crypto::Bytes a, b;             // RSA: modulus, exponent; EC: x, y
};
// The signing keys that we can use; others of the set are left out. kInvalid oidc.bad_keys.
[[nodiscard]] Result<std::vector<Jwk>> ReadJwks(std::string const& text);

struct ExpectedToken {
  std::string issuer, client_id, nonce;
  Instant now{};
};
// The claims of a token that is signed by one of `keys` and made for us, now, for this sign-in. kUnauthenticated:
// oidc.bad_token, algorithm, unknown_key, bad_signature, wrong_issuer, wrong_audience, expired, wrong_nonce. Clocks may
// differ by a minute.
[[nodiscard]] Result<json::object> VerifyIdToken(std::string_view token, std::span<Jwk const> keys,
                                                 ExpectedToken const& expected);

// Whether `amr` (RFC 8176) tells of several factors: "mfa", or methods of two kinds of knowledge, possession,
// inherence.
[[nodiscard]] bool NamesSeveralFactors(json::object const& claims);

}  // namespace bole::identity
