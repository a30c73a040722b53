#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace bole::crypto {

// argon2id (RFC 9106). Defaults: 19 MiB, 2 passes, 1 lane — the first recommendation of OWASP's password storage cheat
// sheet. memory_kib × concurrent sign-ins is the memory an attacker can make us use: limit sign-ins before hashing.
struct PasswordParameters {
  std::size_t memory_kib = 19 * 1024;
  std::size_t passes = 2;
  std::size_t lanes = 1;
  friend bool operator==(PasswordParameters const&, PasswordParameters const&) = default;
};

// Thread-safe. Blocks some 50 ms: never on an event loop thread.
class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordParameters parameters = {});

  [[nodiscard]] std::string Hash(std::string_view password) const;  // "$argon2id$v=19$m=…,t=…,p=…$salt$hash"
  // A malformed hash is never verified.
  [[nodiscard]] bool Verify(std::string_view password, std::string_view hash) const;
  // For an unknown user: takes as long as Verify and is false.
  [[nodiscard]] bool VerifyDummy(std::string_view password) const;
  [[nodiscard]] bool NeedsRehash(std::string_view hash) const;  // other parameters than ours

 private:
  PasswordParameters parameters_;
  std::string dummy_;
};

}  // namespace bole::crypto
