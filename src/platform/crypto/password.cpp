#include "platform/crypto/password.hpp"

#include <botan/argon2.h>
#include <botan/system_rng.h>

#include <cstdio>
#include <exception>
#include <optional>

namespace bole::crypto {
namespace {

constexpr std::size_t kMaxMemoryKib = 1024 * 1024;  // a stored hash must not make us allocate without limit

std::optional<PasswordParameters> Parse(std::string_view hash) {
  PasswordParameters out;
  std::string const text(hash);
  if (std::sscanf(text.c_str(), "$argon2id$v=19$m=%zu,t=%zu,p=%zu$", &out.memory_kib, &out.passes, &out.lanes) != 3)
    return std::nullopt;
  if (out.memory_kib > kMaxMemoryKib || out.passes > 64 || out.lanes > 64) return std::nullopt;
  return out;
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordParameters parameters)
    : parameters_(parameters), dummy_(Hash("a password that nobody has")) {}

std::string PasswordHasher::Hash(std::string_view password) const {
  return Botan::argon2_generate_pwhash(password.data(), password.size(), Botan::system_rng(), parameters_.lanes,
                                       parameters_.memory_kib, parameters_.passes);
}

bool PasswordHasher::Verify(std::string_view password, std::string_view hash) const {
  if (!Parse(hash)) return false;
  try {
    return Botan::argon2_check_pwhash(password.data(), password.size(), std::string(hash));
  } catch (std::exception const&) {  // Botan throws for broken base64 or impossible parameters
    return false;
  }
}

bool PasswordHasher::VerifyDummy(std::string_view password) const {
  static_cast<void>(Verify(password, dummy_));
  return false;
}

bool PasswordHasher::NeedsRehash(std::string_view hash) const {
  auto const parameters = Parse(hash);
  return !parameters || *parameters != parameters_;
}

}  // namespace bole::crypto
