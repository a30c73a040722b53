#include "platform/crypto/digest.hpp"

#include <botan/hash.h>

namespace bole::crypto {

struct Digester::Impl {
  std::unique_ptr<Botan::HashFunction> hash;
};

Digester::Digester(DigestAlgorithm algorithm)
    : impl_(new Impl{Botan::HashFunction::create_or_throw(algorithm == DigestAlgorithm::kSm3 ? "SM3" : "SHA-256")}) {}
Digester::~Digester() = default;
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;

Digest32 Digester::Hash(std::initializer_list<ByteView> parts) {
  for (auto const part : parts) impl_->hash->update(part.data(), part.size());
  Digest32 out;
  impl_->hash->final(out.data());
  return out;
}

}  // namespace bole::crypto
