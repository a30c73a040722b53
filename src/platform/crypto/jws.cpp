#include "platform/crypto/jws.hpp"

#include <botan/bigint.h>
#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/exceptn.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/system_rng.h>

namespace bole::crypto {
namespace {

constexpr std::size_t kLeastRsaBits = 2048;
constexpr std::size_t kCoordinate = 32;

bool Verify(Botan::Public_Key const& key, std::string const& padding, std::string_view data, ByteView signature) {
  Botan::PK_Verifier verifier(key, padding);  // for ECDSA the default form is r || s
  verifier.update(reinterpret_cast<std::uint8_t const*>(data.data()), data.size());
  return verifier.check_signature(signature.data(), signature.size());
}

}  // namespace

bool VerifyRs256(ByteView modulus, ByteView exponent, std::string_view data, ByteView signature) {
  try {
    Botan::BigInt const n(modulus.data(), modulus.size());
    Botan::RSA_PublicKey const key(n, Botan::BigInt(exponent.data(), exponent.size()));
    if (n.bits() < kLeastRsaBits || !key.check_key(Botan::system_rng(), false)) return false;
    return Verify(key, "EMSA3(SHA-256)", data, signature);
  } catch (Botan::Exception const&) {
    return false;
  }
}

bool VerifyEs256(ByteView x, ByteView y, std::string_view data, ByteView signature) {
  if (x.size() != kCoordinate || y.size() != kCoordinate || signature.size() != 2 * kCoordinate) return false;
  try {
    Botan::EC_Group const group("secp256r1");
    auto const point = group.point(Botan::BigInt(x.data(), x.size()), Botan::BigInt(y.data(), y.size()));
    Botan::ECDSA_PublicKey const key(group, point);
    if (!key.check_key(Botan::system_rng(), true)) return false;
    return Verify(key, "EMSA1(SHA-256)", data, signature);
  } catch (Botan::Exception const&) {
    return false;
  }
}

}  // namespace bole::crypto
