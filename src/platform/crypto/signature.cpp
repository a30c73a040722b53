#include "platform/crypto/signature.hpp"

#include <botan/data_src.h>
#include <botan/ed25519.h>
#include <botan/pem.h>
#include <botan/pkcs8.h>
#include <botan/pubkey.h>
#include <botan/sm2.h>
#include <botan/system_rng.h>
#include <botan/x509_key.h>

namespace bole::crypto {
namespace {

char const* NameOf(SignatureAlgorithm algorithm) { return algorithm == SignatureAlgorithm::kSm2 ? "SM2" : "Ed25519"; }

// Botan's parameter of the signature scheme: for SM2 the user id and the hash.
char const* SchemeOf(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::kSm2 ? "1234567812345678,SM3" : "Pure";
}

}  // namespace

struct SigningKey::Impl {
  SignatureAlgorithm algorithm;
  std::unique_ptr<Botan::Private_Key> key;
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey SigningKey::Generate(SignatureAlgorithm algorithm) {
  auto& random = Botan::system_rng();
  std::unique_ptr<Botan::Private_Key> key;
  if (algorithm == SignatureAlgorithm::kSm2)
    key = std::make_unique<Botan::SM2_PrivateKey>(random, Botan::EC_Group("sm2p256v1"));
  else
    key = std::make_unique<Botan::Ed25519_PrivateKey>(random);
  return SigningKey(std::make_unique<Impl>(Impl{algorithm, std::move(key)}));
}

Result<SigningKey> SigningKey::Load(SignatureAlgorithm algorithm, ByteView pkcs8) {
  try {
    Botan::DataSource_Memory source(pkcs8.data(), pkcs8.size());
    auto key = Botan::PKCS8::load_key(source);
    if (key->algo_name() == NameOf(algorithm))
      return SigningKey(std::make_unique<Impl>(Impl{algorithm, std::move(key)}));
  } catch (Botan::Exception const&) {
    return Fail(ErrorCode::kInternal, "crypto.malformed");
  }
  return Fail(ErrorCode::kInternal, "crypto.malformed");
}

Bytes SigningKey::Private() const {
  auto const bytes = Botan::PKCS8::BER_encode(*impl_->key);
  return {bytes.begin(), bytes.end()};
}

Bytes SigningKey::Public() const { return Botan::X509::BER_encode(*impl_->key); }

Bytes SigningKey::Sign(ByteView message) const {
  Botan::PK_Signer signer(*impl_->key, Botan::system_rng(), SchemeOf(impl_->algorithm));
  return signer.sign_message(message.data(), message.size(), Botan::system_rng());
}

bool VerifySignature(SignatureAlgorithm algorithm, ByteView public_key, ByteView message, ByteView signature) {
  try {
    std::unique_ptr<Botan::Public_Key> const key(
        Botan::X509::load_key(std::vector<std::uint8_t>(public_key.begin(), public_key.end())));
    if (key->algo_name() != NameOf(algorithm)) return false;
    Botan::PK_Verifier verifier(*key, SchemeOf(algorithm));
    return verifier.verify_message(message.data(), message.size(), signature.data(), signature.size());
  } catch (Botan::Exception const&) {
    return false;
  }
}

std::string PublicKeyPem(ByteView public_key) {
  return Botan::PEM_Code::encode(public_key.data(), public_key.size(), "PUBLIC KEY");
}

}  // namespace bole::crypto
