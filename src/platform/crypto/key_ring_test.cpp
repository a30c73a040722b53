#include "platform/crypto/key_ring.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "platform/crypto/cipher.hpp"
#include "platform/crypto/random.hpp"

namespace bole::crypto {
namespace {

class KeyRingTest : public ::testing::Test {
 protected:
  KeyRingTest() : directory_(std::filesystem::temp_directory_path() / ("bole-keys-" + RandomToken(9))) {
    std::filesystem::create_directories(directory_);
  }
  ~KeyRingTest() override { std::filesystem::remove_all(directory_); }

  std::shared_ptr<KeyRing> Load(Algorithm algorithm = Algorithm::kAes256Gcm) {
    auto ring = KeyRing::Load({file(), "", algorithm}, clock_);
    EXPECT_TRUE(ring) << ring.error().key;
    return ring.value_or(nullptr);
  }
  std::string KeyOfFailure(std::string const& content) {
    std::ofstream(file(), std::ios::trunc) << content;
    std::filesystem::permissions(file(), std::filesystem::perms(0600));
    auto const ring = KeyRing::Load({file(), "", Algorithm::kAes256Gcm}, clock_);
    return ring ? "" : ring.error().key;
  }
  [[nodiscard]] std::filesystem::path file() const { return directory_ / "keys.toml"; }

  std::filesystem::path directory_;
  ManualClock clock_{*ParseInstant("2026-11-22T08:00:00Z")};
};

TEST_F(KeyRingTest, IsCreatedOnceWithModeSixHundred) {
  auto const first = Load();
  struct stat info {};
  ASSERT_EQ(::stat(file().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  auto const second = Load();
  EXPECT_EQ(first->ActiveId(), "k1");
  EXPECT_EQ(first->Derive("k1", "x", 32).value(), second->Derive("k1", "x", 32).value());
  EXPECT_EQ(first->IndexKey("x"), second->IndexKey("x"));
  EXPECT_NE(first->Derive("k1", "x", 32).value(), first->Derive("k1", "y", 32).value());
}

TEST_F(KeyRingTest, AnotherProcessRotatesAndRetires) {
  auto const server = Load();
  FieldCipher const fields(server);
  auto const old = fields.Encrypt("13800000000", "t");
  auto const command = Load();
  EXPECT_EQ(command->RotateMaster().value(), "k2");
  FieldCipher const other(command);
  EXPECT_EQ(fields.Decrypt(other.Encrypt("x", "t"), "t").value(), "x") << "an unknown key is looked up in the file";
  EXPECT_EQ(server->ActiveId(), "k2");
  EXPECT_TRUE(fields.NeedsRotation(old));
  EXPECT_EQ(fields.Decrypt(old, "t").value(), "13800000000");
  ASSERT_TRUE(command->Retire("k1"));
  ASSERT_TRUE(server->Refresh());
  EXPECT_EQ(fields.Decrypt(old, "t").error().key, "crypto.unknown_key");
  auto const keys = server->Keys();
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_TRUE(keys[0].active);
  EXPECT_EQ(keys[0].created_at, clock_.Now());
}

TEST_F(KeyRingTest, AFileThatBecomesUnreadableChangesNothing) {
  auto const ring = Load();
  std::ofstream(file(), std::ios::trunc) << "active = ";
  EXPECT_FALSE(ring->Refresh());
  EXPECT_EQ(ring->ActiveId(), "k1");
  std::filesystem::remove(file());
  EXPECT_FALSE(ring->Refresh());
  EXPECT_TRUE(ring->Has("k1"));
}

TEST_F(KeyRingTest, SealedTextsTellKeyAndAlgorithm) {
  for (auto const algorithm : {Algorithm::kAes256Gcm, Algorithm::kSm4Gcm}) {
    auto const ring = Load(algorithm);
    for (int i = 0; i < 64; ++i) {  // every nonce that could follow
      auto const sealed = FieldCipher(ring).Encrypt("x", "t");
      auto const with = ReadSealedWith(std::string_view(sealed).substr(0, 8));
      ASSERT_TRUE(with);
      EXPECT_EQ(with->key_id, "k1");
      EXPECT_EQ(with->algorithm, algorithm);
    }
  }
  EXPECT_FALSE(ReadSealedWith("b1:k1:"));
  EXPECT_FALSE(ReadSealedWith("b1:k1:zz"));
  EXPECT_FALSE(ReadSealedWith("text"));
}

TEST_F(KeyRingTest, TwoProcessesAtFirstStartAgreeOnOneKey) {
  std::vector<Bytes> keys(8);
  {
    std::vector<std::jthread> threads;
    for (auto& key : keys) threads.emplace_back([&] { key = Load()->Derive("k1", "x", 32).value(); });
  }
  for (auto const& key : keys) EXPECT_EQ(key, keys.front());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1) << "no temporary files left";
}

TEST_F(KeyRingTest, RefusesAFileThatOthersCanRead) {
  Load();
  std::filesystem::permissions(file(), std::filesystem::perms(0640));
  EXPECT_EQ(KeyRing::Load({file(), "", Algorithm::kAes256Gcm}, clock_).error().key, "keys.bad_mode");
}

TEST_F(KeyRingTest, BrokenFilesAreErrors) {
  auto const key = Base64UrlEncode(Bytes(32, 7));
  EXPECT_EQ(KeyOfFailure(""), "keys.invalid");
  EXPECT_EQ(KeyOfFailure("active = "), "keys.invalid");
  EXPECT_EQ(KeyOfFailure("active='k1'\nindex='" + key + "'"), "keys.invalid");
  EXPECT_EQ(KeyOfFailure("active='k1'\nindex='" + key +
                         "'\n[[key]]\nid='k1'\ncreated_at='2026-01-01T00:00:00Z'\nsecret='short'"),
            "keys.invalid");
  EXPECT_EQ(KeyOfFailure("active='k1'\nindex='" + key +
                         "'\n[[key]]\nid='k1'\ncreated_at='2026-01-01T00:00:00Z'\nsecret='" + key + "'"),
            "");
}

TEST_F(KeyRingTest, RotationKeepsOldDataReadableUntilRetired) {
  auto const ring = Load();
  Cipher const cipher(ring, "test");
  auto const old = cipher.Seal("secret", "row 1");
  auto const wrapped = ring->Wrap(Bytes(32, 5), "blob");
  ASSERT_EQ(ring->RotateMaster().value(), "k2");
  EXPECT_EQ(cipher.Open(old, "row 1").value(), "secret");
  EXPECT_TRUE(cipher.NeedsRotation(old));
  EXPECT_EQ(ring->Unwrap(wrapped, "blob").value(), Bytes(32, 5));
  auto const fresh = cipher.Seal("secret", "row 1");
  EXPECT_FALSE(cipher.NeedsRotation(fresh));
  EXPECT_TRUE(fresh.starts_with("b1:k2:"));

  auto const reloaded = Load();
  EXPECT_EQ(reloaded->ActiveId(), "k2");
  EXPECT_EQ(Cipher(reloaded, "test").Open(old, "row 1").value(), "secret");

  EXPECT_EQ(ring->Retire("k2").error().code, ErrorCode::kConflict);
  ASSERT_TRUE(ring->Retire("k1"));
  EXPECT_EQ(cipher.Open(old, "row 1").error().key, "crypto.unknown_key");
  EXPECT_EQ(ring->Unwrap(wrapped, "blob").error().key, "crypto.unknown_key");
  EXPECT_EQ(Load()->Ids(), std::vector<std::string>{"k2"});
}

TEST_F(KeyRingTest, ACipherServesManyThreads) {
  Cipher const cipher(Load(), "test");
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        auto const text = std::to_string(t * 1000 + i);
        EXPECT_EQ(cipher.Open(cipher.Seal(text, "a"), "a").value(), text);
        EXPECT_FALSE(cipher.Open(cipher.Seal(text, "a"), "b"));
      }
    });
}

TEST_F(KeyRingTest, FromTheEnvironment) {
  auto const a = Base64UrlEncode(Bytes(32, 1)), b = Base64UrlEncode(Bytes(32, 2)),
             index = Base64UrlEncode(Bytes(32, 3));
  auto const load = [&](std::string const& text) { return KeyRing::Load({file(), text, Algorithm::kSm4Gcm}, clock_); };
  auto const ring = load("index=" + index + ", k2=" + b + ",k1=" + a);
  ASSERT_TRUE(ring) << ring.error().key;
  EXPECT_EQ((*ring)->ActiveId(), "k2");
  EXPECT_EQ((*ring)->Ids().size(), 2U);
  EXPECT_FALSE(std::filesystem::exists(file()));
  EXPECT_EQ((*ring)->RotateMaster().error().code, ErrorCode::kUnsupported);
  for (std::string const& bad :
       {"k1=" + a, "index=" + index, std::string("k1"), "index=" + index + ",k1=" + a + ",k1=" + b,
        "index=" + index + ",K 1=" + a, "index=" + index + ",k1=zzz"}) {
    auto const failed = load(bad);
    ASSERT_FALSE(failed) << bad;
    EXPECT_EQ(failed.error().params.at("reason").find(a), std::string::npos) << "no key in a message";
  }
}

TEST_F(KeyRingTest, CipherDetectsEveryChange) {
  for (auto const algorithm : {Algorithm::kAes256Gcm, Algorithm::kSm4Gcm}) {
    Cipher const cipher(Load(algorithm), "test");
    for (auto const* plain : {"", "伯乐", "a longer text that spans more than one block of the cipher"}) {
      auto const sealed = cipher.Seal(plain, "row 1");
      EXPECT_EQ(cipher.Open(sealed, "row 1").value(), plain);
      EXPECT_NE(sealed, cipher.Seal(plain, "row 1")) << "random nonce";
      for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(cipher.Open(changed, "row 1")) << "byte " << i;
        EXPECT_FALSE(cipher.Open(sealed.substr(0, i), "row 1")) << "length " << i;
      }
      EXPECT_EQ(cipher.Open(sealed, "row 2").error().key, "crypto.tampered");
      EXPECT_EQ(Cipher(Load(), "other").Open(sealed, "row 1").error().key, "crypto.tampered");
    }
  }
}

TEST_F(KeyRingTest, AlgorithmMayChangeWithOldDataReadable) {
  auto const sealed = Cipher(Load(Algorithm::kAes256Gcm), "test").Seal("x", "");
  Cipher const sm4(Load(Algorithm::kSm4Gcm), "test");
  EXPECT_EQ(sm4.Open(sealed, "").value(), "x");
  EXPECT_TRUE(sm4.NeedsRotation(sealed));
}

TEST_F(KeyRingTest, FieldsAndBlindIndexes) {
  auto const ring = Load();
  FieldCipher const fields(ring);
  auto const stored = fields.Encrypt("13800138000", "people.phone");
  EXPECT_EQ(fields.Decrypt(stored, "people.phone").value(), "13800138000");
  EXPECT_FALSE(fields.Decrypt(stored, "people.id_number")) << "a value cannot move to another column";
  EXPECT_FALSE(FieldCipher(ring, "other").Decrypt(stored, "people.phone")) << "nor to another tenant";
  EXPECT_EQ(fields.Encrypt("", "people.phone"), "");
  EXPECT_EQ(fields.Decrypt("", "people.phone").value(), "");

  auto const index = fields.BlindIndex("13800138000", "people.phone");
  EXPECT_EQ(index.size(), 32U);
  EXPECT_NE(index, fields.BlindIndex("13800138001", "people.phone"));
  EXPECT_NE(index, fields.BlindIndex("13800138000", "people.id_number"));
  EXPECT_NE(index, FieldCipher(ring, "other").BlindIndex("13800138000", "people.phone"));
  EXPECT_EQ(fields.BlindIndex("", "people.phone"), "");
  ASSERT_TRUE(ring->RotateMaster());
  EXPECT_EQ(index, fields.BlindIndex("13800138000", "people.phone")) << "search survives rotation";
  EXPECT_TRUE(fields.NeedsRotation(stored));
  EXPECT_FALSE(fields.NeedsRotation(""));
}

}  // namespace
}  // namespace bole::crypto
