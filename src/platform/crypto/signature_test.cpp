#include "platform/crypto/signature.hpp"

#include <gtest/gtest.h>

#include "platform/crypto/digest.hpp"

namespace bole::crypto {
namespace {

class Signature : public testing::TestWithParam<SignatureAlgorithm> {};

TEST_P(Signature, AKeyComesBackFromItsBytesAndItsSignaturesHold) {
  auto const made = SigningKey::Generate(GetParam());
  auto const key = SigningKey::Load(GetParam(), made.Private());
  ASSERT_TRUE(key);
  auto const signature = key->Sign(AsBytes("a head"));
  EXPECT_EQ(signature.size(), 64U);
  EXPECT_TRUE(VerifySignature(GetParam(), made.Public(), AsBytes("a head"), signature));
  EXPECT_FALSE(VerifySignature(GetParam(), made.Public(), AsBytes("a heap"), signature));
  EXPECT_FALSE(VerifySignature(GetParam(), SigningKey::Generate(GetParam()).Public(), AsBytes("a head"), signature));
  EXPECT_FALSE(VerifySignature(GetParam(), AsBytes("no key"), AsBytes("a head"), signature));
  EXPECT_EQ(PublicKeyPem(made.Public()).find("-----BEGIN PUBLIC KEY-----\n"), 0U);
}

TEST_P(Signature, AKeyOfAnotherAlgorithmIsRefused) {
  auto const other = GetParam() == SignatureAlgorithm::kSm2 ? SignatureAlgorithm::kEd25519 : SignatureAlgorithm::kSm2;
  auto const key = SigningKey::Generate(other);
  EXPECT_FALSE(SigningKey::Load(GetParam(), key.Private()));
  EXPECT_FALSE(VerifySignature(GetParam(), key.Public(), AsBytes("x"), key.Sign(AsBytes("x"))));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Signature, testing::Values(SignatureAlgorithm::kEd25519, SignatureAlgorithm::kSm2),
                         [](auto const& i) { return i.param == SignatureAlgorithm::kSm2 ? "sm2" : "ed25519"; });

// FIPS 180-2 and GB/T 32905-2016, message "abc".
TEST(Digester, KnownAnswers) {
  Digester sha(DigestAlgorithm::kSha256), sm3(DigestAlgorithm::kSm3);
  EXPECT_EQ(HexEncode(sha.Hash({AsBytes("a"), AsBytes("bc")})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexEncode(sm3.Hash({AsBytes("abc")})), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(sha.Hash({}), Digester(DigestAlgorithm::kSha256).Hash({AsBytes("")}));
}

}  // namespace
}  // namespace bole::crypto
