#pragma once
#include <gtest/gtest.h>

#include <random>

#include "platform/blob/fault_file_system.hpp"
#include "platform/blob/local_store.hpp"
#include "platform/crypto/encoding.hpp"

namespace bole::blob {

inline crypto::Bytes Noise(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  crypto::Bytes out(size);
  for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
  return out;
}

inline std::shared_ptr<crypto::KeyRing> TestKeys(crypto::Algorithm algorithm = crypto::Algorithm::kAes256Gcm,
                                                 std::string const& masters = "k1") {
  static SystemClock const clock;
  std::string text = "index=" + crypto::Base64UrlEncode(crypto::Bytes(32, 1));
  for (char const& c : masters)  // "k2k1" names two keys, the first is active
    if (c != 'k')
      text += std::string(",k") + c + "=" + crypto::Base64UrlEncode(crypto::Bytes(32, static_cast<std::uint8_t>(c)));
  return crypto::KeyRing::Load({{}, text, algorithm}, clock).value();
}

// A store in memory. Restart() is a new process over the same files.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() { Restart(); }
  void Restart(std::shared_ptr<crypto::KeyRing> keys = TestKeys()) {
    store_.reset();
    store_ = MakeLocalStore({.root = "/blobs", .max_piece_bytes = 1024 * 1024}, files_, std::move(keys)).value();
  }
  std::string Read(std::string const& id) {
    auto content = ReadAll(*store_, id, 1U << 30U);
    EXPECT_TRUE(content) << content.error().key;
    return content.value_or("");
  }
  std::string KeyOf(Result<State> const& result) { return result ? "" : result.error().key; }

  FaultFileSystem files_;
  std::unique_ptr<BlobStore> store_;
};

inline std::string Text(crypto::Bytes const& bytes) { return std::string(crypto::AsText(bytes)); }

}  // namespace bole::blob
