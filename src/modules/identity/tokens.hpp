#pragma once
#include "modules/identity/session_store.hpp"
#include "modules/identity/shared.hpp"

namespace bole::identity {

struct CreateToken {
  std::string name;
  int days = 90;
  std::vector<std::string> permissions;  // some of one's own
};
BOOST_DESCRIBE_STRUCT(CreateToken, (), (name, days, permissions))

struct TokenView {
  std::string id, name, prefix;
  std::vector<std::string> permissions;
  Instant created_at{}, expires_at{};
  std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(TokenView, (), (id, name, prefix, permissions, created_at, expires_at, last_used_at))

struct CreatedToken {
  std::string token;  // shown this once
  TokenView view;
};
BOOST_DESCRIBE_STRUCT(CreatedToken, (), (token, view))

// API tokens: "bole_" and 256 random bits, kept as SHA-256. At each request a token has what its owner still may and
// the token names. Thread-safe.
class Tokens {
 public:
  explicit Tokens(Shared& shared) : shared_(shared) {}

  Result<CreatedToken> Create(Principal const& who, CreateToken const& input);
  Result<Items<TokenView>> Mine(Principal const& who);
  Result<> RevokeMine(Principal const& who, std::string const& id);
  Result<Items<TokenView>> Of(Principal const& who, std::string const& user_id);
  Result<> RevokeOf(Principal const& who, std::string const& user_id, std::string const& id);
  // Null when unknown or expired.
  std::shared_ptr<Principal const> Recognise(std::string const& token);

 private:
  [[nodiscard]] Items<TokenView> List(db::Tx& tx, std::string const& user_id);
  Result<> Revoke(db::Tx& tx, Principal const& who, std::string const& user_id, std::string const& id);
  Shared& shared_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::CreateToken> =
    std::tuple{Field<&identity::CreateToken::name>{{.min_length = 1, .max_length = 80}},
               Field<&identity::CreateToken::days>{{.doc = "until it expires", .min = 1, .max = 365}},
               Field<&identity::CreateToken::permissions>{{.max_length = 100, .required = true}}};
}
