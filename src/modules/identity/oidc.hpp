#pragma once
#include "modules/identity/oidc_token.hpp"
#include "modules/identity/sign_in.hpp"
#include "platform/config/config.hpp"

namespace bole::identity {

// Sign-in by an identity provider: OpenID Connect, authorisation code with PKCE (S256), state and nonce. The account
// must exist; a claim names it. State works once and only in the browser that began. Thread-safe.
class Oidc {
 public:
  Oidc(Shared& shared, SignInFlow& flow);

  [[nodiscard]] bool enabled() const { return !settings_.issuer.empty(); }
  [[nodiscard]] config::Oidc const& settings() const { return settings_; }

  struct Begun {
    std::string address, browser;  // where the browser goes, and the secret of its cookie
  };
  // `return_to` is a path of the console.
  Result<Begun> Begin(std::string const& return_to);

  struct Answer {
    std::string code, state, error;  // as the provider sent them
    std::string browser;             // from the cookie
  };
  struct Done {
    SignInFlow::Outcome outcome;
    std::string return_to;
  };
  // kUnauthenticated or kUnavailable with a key oidc.*.
  Result<Done> Finish(Answer const& answer, SignInFlow::Browser const& browser);

 private:
  struct Provider {
    std::string authorization, token, keys_address;
    std::vector<Jwk> keys;
    Instant until{};
  };
  Result<Provider> Ask();  // discovery and keys, remembered for an hour
  Result<std::vector<Jwk>> FetchKeys(std::string const& address);
  Result<std::string> Redeem(Provider const& provider, std::string const& code, std::string const& verifier);
  Result<json::object> Claims(Provider provider, std::string const& token, ExpectedToken const& expected);
  Result<std::string> AccountOf(json::object const& claims);
  [[nodiscard]] std::string CallbackAddress() const;

  Shared& shared_;
  SignInFlow& flow_;
  config::Oidc const settings_;
  std::mutex mutex_;
  std::optional<Provider> provider_;
};

}  // namespace bole::identity
