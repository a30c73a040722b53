#include <gtest/gtest.h>

#include <array>
#include <set>

#include "platform/crypto/aead.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/random.hpp"
#include "platform/crypto/totp.hpp"

namespace bole::crypto {
namespace {

Bytes FromHex(std::string_view hex) { return HexDecode(hex).value(); }

TEST(Encoding, RoundTripsEveryLength) {
  for (std::size_t size = 0; size < 40; ++size) {
    auto const bytes = RandomBytes(size);
    EXPECT_EQ(HexDecode(HexEncode(bytes)), bytes);
    EXPECT_EQ(Base64Decode(Base64Encode(bytes)), bytes);
    EXPECT_EQ(Base64UrlDecode(Base64UrlEncode(bytes)), bytes);
    EXPECT_EQ(Base32Decode(Base32Encode(bytes)), bytes);
  }
}

TEST(Encoding, Rfc4648Vectors) {
  EXPECT_EQ(Base64Encode(AsBytes("foob")), "Zm9vYg==");
  EXPECT_EQ(Base64Encode(AsBytes("fooba")), "Zm9vYmE=");
  EXPECT_EQ(Base32Encode(AsBytes("fooba")), "MZXW6YTB");
  EXPECT_EQ(Base64UrlEncode(FromHex("fbff")), "-_8");
  EXPECT_EQ(HexEncode(FromHex("00FFa5")), "00ffa5");
}

TEST(Encoding, RefusesWhatIsNotCanonical) {
  for (auto const* bad : {"Zm9vYg", "Zm9vYh==", "Zm9=Yg==", "Z===", "Zm9v Yg=", "====", "Zm9vYg=\n"})
    EXPECT_FALSE(Base64Decode(bad)) << bad;
  for (auto const* bad : {"A", "-_9", "Zm9vYg==", "+/8", "AAAAA"}) EXPECT_FALSE(Base64UrlDecode(bad)) << bad;
  for (auto const* bad : {"abc", "0g", "0x"}) EXPECT_FALSE(HexDecode(bad)) << bad;
}

TEST(Hash, KnownAnswers) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231 test case 2
  EXPECT_EQ(HmacSha256Hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 5869 test case 3 has neither salt nor info
  EXPECT_EQ(HexEncode(Hkdf(Bytes(22, 0x0b), "", 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  Sha256Stream stream;
  stream.Update(AsBytes("a"));
  stream.Update(AsBytes("bc"));
  EXPECT_EQ(stream.FinishHex(), Sha256Hex("abc"));
  EXPECT_EQ(stream.FinishHex(), Sha256Hex(""));
}

TEST(Hash, ConstantTimeEqual) {
  EXPECT_TRUE(ConstantTimeEqual("", ""));
  EXPECT_TRUE(ConstantTimeEqual("abc", "abc"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "abcd"));
}

TEST(Random, TokensAndCodes) {
  EXPECT_EQ(RandomToken().size(), 43U);
  EXPECT_NE(RandomToken(), RandomToken());
  std::array<int, 10> counts{};
  for (int i = 0; i < 2000; ++i) {
    auto const code = OneTimeCode();
    ASSERT_EQ(code.size(), 6U);
    for (char const c : code) ++counts.at(static_cast<std::size_t>(c - '0'));
  }
  // 12 000 digits: 1 200 each; ten standard deviations (33) are far outside chance and far inside a biased source.
  for (int const count : counts) EXPECT_NEAR(count, 1200, 330);
}

TEST(Aead, KnownAnswers) {
  // NIST GCM test case 16 (AES-256, 96-bit nonce, associated data)
  auto const key = FromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  auto const nonce = FromHex("cafebabefacedbaddecaf888");
  auto const associated = FromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  auto const plain = FromHex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39");
  Bytes sealed;
  Aead(Algorithm::kAes256Gcm, key).Seal(nonce, associated, plain, sealed);
  EXPECT_EQ(
      HexEncode(sealed),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
      "0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  // RFC 8998 appendix A.2 (SM4-GCM)
  Bytes sm4;
  Aead(Algorithm::kSm4Gcm, FromHex("0123456789ABCDEFFEDCBA9876543210"))
      .Seal(FromHex("00001234567800000000ABCD"), FromHex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"),
            FromHex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEE"
                    "EEEEEEEE"
                    "EEEEEEAAAAAAAAAAAAAAAA"),
            sm4);
  EXPECT_EQ(
      HexEncode(sm4),
      "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c3"
      "97b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec");
}

TEST(Aead, EveryLengthRoundTripsAndEveryBitCounts) {
  for (auto const algorithm : {Algorithm::kAes256Gcm, Algorithm::kSm4Gcm}) {
    Aead aead(algorithm, RandomBytes(KeySize(algorithm)));
    auto const nonce = RandomBytes(kNonceSize);
    Bytes opened;
    for (std::size_t size : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 100U, 65536U}) {
      auto const plain = RandomBytes(size);
      Bytes sealed{9};  // Seal appends
      aead.Seal(nonce, AsBytes("context"), plain, sealed);
      ASSERT_EQ(sealed.size(), 1 + size + kTagSize);
      ASSERT_TRUE(aead.Open(nonce, AsBytes("context"), ByteView(sealed).subspan(1), opened));
      EXPECT_EQ(opened, plain);
      if (size > 100) continue;
      for (std::size_t bit = 0; bit < (sealed.size() - 1) * 8; ++bit) {
        auto changed = Bytes(sealed.begin() + 1, sealed.end());
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        ASSERT_EQ(aead.Open(nonce, AsBytes("context"), changed, opened).error().key, "crypto.tampered");
        ASSERT_TRUE(opened.empty());
      }
      EXPECT_FALSE(aead.Open(nonce, AsBytes("other"), ByteView(sealed).subspan(1), opened));
      EXPECT_TRUE(aead.Open(nonce, AsBytes("context"), ByteView(sealed).subspan(1), opened))
          << "usable after a failure";
    }
    EXPECT_FALSE(aead.Open(nonce, {}, Bytes(15), opened));
    EXPECT_FALSE(aead.Open({}, {}, Bytes(16), opened));
  }
}

TEST(Password, VerifiesOnlyTheRightOne) {
  PasswordHasher const hasher({.memory_kib = 64, .passes = 1, .lanes = 1});
  auto const hash = hasher.Hash("correct horse 伯乐");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << hash;
  EXPECT_TRUE(hasher.Verify("correct horse 伯乐", hash));
  EXPECT_FALSE(hasher.Verify("correct horse", hash));
  EXPECT_FALSE(hasher.VerifyDummy("a password that nobody has"));
  EXPECT_NE(hash, hasher.Hash("correct horse 伯乐")) << "salted";
  for (auto const* bad :
       {"", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$%%%$%%%", "$argon2id$v=19$m=99999999,t=1,p=1$YQ$YQ",
        "$argon2id$v=19$m=1,t=0,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "plain"})
    EXPECT_FALSE(hasher.Verify("plain", bad)) << bad;
}

TEST(Password, NeedsRehashWhenParametersChange) {
  PasswordHasher const old({.memory_kib = 64, .passes = 1, .lanes = 1});
  PasswordHasher const today({.memory_kib = 128, .passes = 1, .lanes = 1});
  auto const hash = old.Hash("x");
  EXPECT_FALSE(old.NeedsRehash(hash));
  EXPECT_TRUE(today.NeedsRehash(hash));
  EXPECT_TRUE(today.Verify("x", hash)) << "old hashes stay good";
  EXPECT_TRUE(today.NeedsRehash("$2b$12$something"));
}

TEST(Totp, Rfc6238Vectors) {
  auto const secret = AsBytes("12345678901234567890");
  auto const at = [](std::int64_t seconds) { return FromMillis(seconds * 1000); };
  EXPECT_EQ(TotpCode(secret, at(59), 8), "94287082");
  EXPECT_EQ(TotpCode(secret, at(1111111109), 8), "07081804");
  EXPECT_EQ(TotpCode(secret, at(20000000000), 8), "65353130");
}

TEST(Totp, DriftAndReplay) {
  auto const secret = NewTotpSecret();
  auto const now = FromMillis(1'800'000'000'000);
  auto const code = TotpCode(secret, now);
  auto const step = VerifyTotp(secret, code, now);
  ASSERT_TRUE(step);
  EXPECT_EQ(*step, 60'000'000);
  EXPECT_FALSE(VerifyTotp(secret, code, now, *step)) << "a code works once";
  EXPECT_EQ(VerifyTotp(secret, code, now + std::chrono::seconds(30)), step);
  EXPECT_FALSE(VerifyTotp(secret, code, now + std::chrono::seconds(90)));
  for (auto const* bad : {"", "12345", "1234567", "abcdef"}) EXPECT_FALSE(VerifyTotp(secret, bad, now));
  EXPECT_TRUE(
      TotpUri(AsBytes("12345678901234567890"), "伯乐", "a b@c")
          .starts_with("otpauth://totp/%E4%BC%AF%E4%B9%90:a%20b@c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="));
}

}  // namespace
}  // namespace bole::crypto
