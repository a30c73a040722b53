#include "platform/blob/local_store.hpp"

#include <rapidcheck.h>

#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "platform/blob/format.hpp"
#include "platform/blob/test_support.hpp"
#include "platform/crypto/random.hpp"

namespace bole::blob {
namespace {

[[maybe_unused]] int const kSeeded = ::setenv("RC_PARAMS", "seed=20261122", 0);

class LocalStoreTest : public StoreTest {};

TEST_F(LocalStoreTest, PiecesComeInOrderAndRepeatsAreHarmless) {
  EXPECT_EQ(KeyOf(store_->Append("a", 0, Noise(10, 1))), "not_found");
  EXPECT_EQ(store_->Create("a").value(), State{});
  EXPECT_EQ(store_->Append("a", 0, Noise(100, 0)).value(), (State{1, 100, false}));
  EXPECT_EQ(store_->Create("a").value(), (State{1, 100, false})) << "creating again changes nothing";

  auto const gap = store_->Append("a", 2, Noise(100, 2));
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, ErrorCode::kConflict);
  EXPECT_EQ(gap.error().key, "piece.out_of_order");
  EXPECT_EQ(gap.error().params.at("next_piece"), "1");

  EXPECT_EQ(store_->Append("a", 1, {}).value(), (State{2, 100, false})) << "an empty piece counts";
  EXPECT_EQ(store_->Append("a", 2, Noise(200'000, 2)).value(), (State{3, 200'100, false}));
  EXPECT_EQ(store_->Append("a", 0, Noise(5, 9)).value(), (State{3, 200'100, false}));
  EXPECT_EQ(store_->Seal("a").value(), (State{3, 200'100, true}));
  EXPECT_EQ(store_->Seal("a").value(), (State{3, 200'100, true}));
  EXPECT_EQ(store_->Append("a", 2, Noise(5, 9)).value().next_piece, 3U) << "a late repeat";
  EXPECT_EQ(KeyOf(store_->Append("a", 3, Noise(5, 9))), "blob.sealed");
  EXPECT_EQ(KeyOf(store_->Append("a", 0, crypto::Bytes(1024 * 1024 + 1))), "piece.too_large");

  auto const expected = Text(Noise(100, 0)) + Text(Noise(200'000, 2));
  EXPECT_EQ(Read("a"), expected);
  Restart();
  EXPECT_EQ(store_->Stat("a").value(), (State{3, 200'100, true}));
  EXPECT_EQ(Read("a"), expected);
}

TEST_F(LocalStoreTest, NothingReadableIsOnTheDisk) {
  std::string const text = "a sentence that must not be found on the disk";
  ASSERT_TRUE(store_->Put("a", crypto::AsBytes(text)));
  EXPECT_EQ(Text(files_.Content(files_.Only())).find("sentence"), std::string::npos);
}

TEST_F(LocalStoreTest, IdsAreNoPaths) {
  for (auto const* bad : {"", "..", "a/b", "../a", "a.b", "ä"}) {
    EXPECT_FALSE(store_->Create(bad)) << bad;
    EXPECT_FALSE(store_->Stat(bad)) << bad;
    EXPECT_FALSE(store_->Delete(bad)) << bad;
  }
  EXPECT_FALSE(store_->Create(std::string(65, 'a')));
  EXPECT_EQ(files_.Count(), 0U);
}

TEST_F(LocalStoreTest, PutIsWholeOrNothing) {
  auto const content = Noise(3'000'000, 1);
  EXPECT_EQ(store_->Put("a", content).value(), (State{3, 3'000'000, true}));
  EXPECT_EQ(Read("a"), Text(content));
  EXPECT_EQ(KeyOf(store_->Put("a", content)), "blob.exists");
  EXPECT_EQ(store_->Put("empty", {}).value(), (State{0, 0, true}));
  EXPECT_EQ(Read("empty"), "");
  files_.capacity = 5'000'000;
  EXPECT_EQ(KeyOf(store_->Put("b", content)), "storage.full");
  EXPECT_EQ(KeyOf(store_->Stat("b")), "not_found");
  EXPECT_EQ(files_.Count(), 2U);
}

TEST_F(LocalStoreTest, RandomRangesEqualThePlaintext) {
  for (auto const algorithm : {crypto::Algorithm::kAes256Gcm, crypto::Algorithm::kSm4Gcm}) {
    Restart(TestKeys(algorithm));
    int round = 0;
    EXPECT_TRUE(rc::check("ReadAt equals the plaintext", [&] {
      auto const id = "r" + std::to_string(static_cast<int>(algorithm)) + "-" + std::to_string(round++);
      auto const sizes = *rc::gen::container<std::vector<std::size_t>>(
          rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 300), rc::gen::inRange<std::size_t>(65'530, 65'545),
                         rc::gen::inRange<std::size_t>(0, 150'000)));
      RC_PRE(sizes.size() < 20);
      RC_ASSERT(store_->Create(id).has_value());
      std::string expected;
      for (std::size_t i = 0; i < sizes.size(); ++i) {
        auto const bytes = Noise(sizes[i], static_cast<unsigned>(i));
        expected += Text(bytes);
        RC_ASSERT(store_->Append(id, static_cast<std::uint32_t>(i), bytes).value().size == expected.size());
      }
      if (*rc::gen::arbitrary<bool>()) RC_ASSERT(store_->Seal(id).has_value());
      if (*rc::gen::arbitrary<bool>()) Restart(TestKeys(algorithm));
      auto const reader = store_->Open(id).value();
      for (int i = 0; i < 20; ++i) {
        auto const offset = *rc::gen::inRange<std::size_t>(0, expected.size() + 10);
        crypto::Bytes out(*rc::gen::inRange<std::size_t>(0, 200'000));
        auto const count = reader->ReadAt(offset, out).value();
        auto const wanted = offset < expected.size() ? expected.substr(offset, out.size()) : "";
        RC_ASSERT(count == wanted.size());
        RC_ASSERT(std::equal(wanted.begin(), wanted.end(), out.begin(),
                             [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));
      }
    }));
  }
}

TEST_F(LocalStoreTest, AFollowerSeesEveryByteWhileTheBlobGrows) {
  ASSERT_TRUE(store_->Create("a"));
  std::string seen;
  std::jthread follower([&](std::stop_token const& stop) {
    auto const reader = store_->Open("a").value();
    crypto::Bytes buffer(10'000);
    for (State state{}; !state.sealed || seen.size() < state.size;) {
      state = reader->WaitForGrowth(seen.size(), std::chrono::seconds(20), stop).value();
      while (auto const count = reader->ReadAt(seen.size(), buffer).value())
        seen.append(reinterpret_cast<char const*>(buffer.data()), count);
    }
  });
  std::string expected;
  for (std::uint32_t piece = 0; piece < 50; ++piece) {
    auto const bytes = Noise(1000 * piece, piece);
    expected += Text(bytes);
    ASSERT_TRUE(store_->Append("a", piece, bytes));
  }
  ASSERT_TRUE(store_->Seal("a"));
  follower.join();
  EXPECT_EQ(seen, expected);
}

TEST_F(LocalStoreTest, WaitingEndsByTimeoutStopOrDeletion) {
  ASSERT_TRUE(store_->Create("a"));
  ASSERT_TRUE(store_->Append("a", 0, Noise(10, 1)));
  auto const reader = store_->Open("a").value();
  EXPECT_EQ(reader->WaitForGrowth(10, std::chrono::milliseconds(1), {}).value().size, 10U);
  std::stop_source source;
  std::jthread stopper([&] { source.request_stop(); });
  EXPECT_EQ(reader->WaitForGrowth(10, std::chrono::minutes(5), source.get_token()).value().size, 10U);
  std::jthread deleter([&] { EXPECT_TRUE(store_->Delete("a")); });
  EXPECT_EQ(KeyOf(reader->WaitForGrowth(10, std::chrono::minutes(5), {})), "blob.deleted");
  crypto::Bytes out(10);
  EXPECT_EQ(reader->ReadAt(0, out).error().code, ErrorCode::kGone);
}

TEST_F(LocalStoreTest, DeleteShredsTheKeyFirst) {
  ASSERT_TRUE(store_->Put("a", Noise(1000, 1)));
  auto const path = files_.Only();
  auto const handle = files_.Open(path, FileSystem::Mode::kExisting).value();  // what a forensic tool still finds
  auto const before = files_.Content(path);
  ASSERT_TRUE(store_->Delete("a"));
  EXPECT_FALSE(files_.Contains(path));
  crypto::Bytes header(kHeaderSize);
  ASSERT_TRUE(handle->ReadAt(0, header));
  EXPECT_FALSE(DecodeSlot(std::span(header).first(kSlotSize)));
  EXPECT_NE(crypto::Bytes(before.begin(), before.begin() + kHeaderSize), header);
  EXPECT_TRUE(store_->Delete("a")) << "a missing blob is success";
  EXPECT_EQ(store_->Create("a").value(), State{}) << "the id can be used again";
}

TEST_F(LocalStoreTest, RotationRewrapsTheKeyAndKeepsTheContent) {
  ASSERT_TRUE(store_->Put("a", Noise(100'000, 1)));
  EXPECT_FALSE(store_->RewrapKey("a").value());
  Restart(TestKeys(crypto::Algorithm::kAes256Gcm, "k2k1"));
  EXPECT_TRUE(store_->RewrapKey("a").value());
  EXPECT_FALSE(store_->RewrapKey("a").value());
  EXPECT_EQ(Read("a"), Text(Noise(100'000, 1)));
  Restart(TestKeys(crypto::Algorithm::kAes256Gcm, "k2"));
  EXPECT_EQ(Read("a"), Text(Noise(100'000, 1))) << "the old master key is no longer needed";
  Restart(TestKeys(crypto::Algorithm::kAes256Gcm, "k1"));
  EXPECT_EQ(KeyOf(store_->Stat("a")), "crypto.unknown_key") << "nor does it open the blob any more";
  EXPECT_TRUE(store_->Delete("a")) << "without its key a blob can still be removed";
}

TEST_F(LocalStoreTest, OldBlobsStayReadableWhenTheAlgorithmChanges) {
  ASSERT_TRUE(store_->Put("aes", Noise(1000, 1)));
  Restart(TestKeys(crypto::Algorithm::kSm4Gcm));
  ASSERT_TRUE(store_->Put("sm4", Noise(1000, 2)));
  Restart(TestKeys(crypto::Algorithm::kAes256Gcm));
  EXPECT_EQ(Read("aes"), Text(Noise(1000, 1)));
  EXPECT_EQ(Read("sm4"), Text(Noise(1000, 2)));
}

TEST_F(LocalStoreTest, RenewWritesSealedBlobsUnderTodaysAlgorithm) {
  ASSERT_TRUE(store_->Create("a"));
  ASSERT_TRUE(store_->Append("a", 0, Noise(150'000, 1)));
  ASSERT_TRUE(store_->Append("a", 1, {}));
  ASSERT_TRUE(store_->Append("a", 2, Noise(10, 2)));
  auto const state = store_->Seal("a").value();
  ASSERT_TRUE(store_->Create("growing"));
  ASSERT_TRUE(store_->Append("growing", 0, Noise(10, 3)));
  EXPECT_FALSE(store_->Renew("a").value());
  EXPECT_TRUE(store_->ProtectionOf("a")->current);
  Restart(TestKeys(crypto::Algorithm::kSm4Gcm, "k2k1"));
  EXPECT_FALSE(store_->ProtectionOf("a")->current);
  auto const reader = store_->Open("a").value();
  EXPECT_TRUE(store_->Renew("a").value());
  EXPECT_FALSE(store_->Renew("a").value());
  auto const now = store_->ProtectionOf("a").value();
  EXPECT_EQ(now.key_id, "k2");
  EXPECT_EQ(now.algorithm, "sm4-gcm");
  EXPECT_TRUE(now.current);
  auto const content = Text(Noise(150'000, 1)) + Text(Noise(10, 2));
  crypto::Bytes seen(content.size());
  EXPECT_EQ(reader->ReadAt(0, seen).value(), content.size()) << "who was reading goes on";
  EXPECT_EQ(Text(seen), content);
  EXPECT_TRUE(store_->Renew("growing").value()) << "the key of one that grows is wrapped anew";
  EXPECT_FALSE(store_->ProtectionOf("growing")->current);
  EXPECT_EQ(files_.Count(), 2U) << "no copy is left";
  Restart(TestKeys(crypto::Algorithm::kAes256Gcm, "k2"));
  EXPECT_EQ(store_->Stat("a").value(), state);
  EXPECT_EQ(Read("a"), content);
  EXPECT_EQ(Read("growing"), Text(Noise(10, 3)));
  EXPECT_EQ(store_->ProtectionOf("b").error().code, ErrorCode::kNotFound);
}

TEST_F(LocalStoreTest, ARenewalThatFailsLeavesTheBlobAsItWas) {
  ASSERT_TRUE(store_->Put("a", Noise(150'000, 1)));
  Restart(TestKeys(crypto::Algorithm::kSm4Gcm));
  files_.capacity = 200'000;
  EXPECT_EQ(store_->Renew("a").error().key, "storage.full");
  EXPECT_EQ(files_.Count(), 1U);
  EXPECT_EQ(Read("a"), Text(Noise(150'000, 1)));
  files_.capacity = UINT64_MAX;
  // What a crash in the middle leaves behind goes with the next attempt, or with the blob.
  auto const copy = files_.Only().string() + "~";
  for (bool const deleted : {false, true}) {
    ASSERT_TRUE(files_.Open(copy, FileSystem::Mode::kCreate).value()->WriteAt(0, Noise(5000, 9)));
    if (deleted)
      EXPECT_TRUE(store_->Delete("a"));
    else
      EXPECT_TRUE(store_->Renew("a").value());
    EXPECT_EQ(files_.Count(), deleted ? 0U : 1U);
  }
}

TEST_F(LocalStoreTest, ListFindsEveryBlob) {
  std::set<std::string> expected, found;
  for (int i = 0; i < 300; ++i) {
    expected.insert("blob-" + std::to_string(i));
    ASSERT_TRUE(store_->Create("blob-" + std::to_string(i)));
  }
  ASSERT_TRUE(store_->List([&](std::string const& id) { return found.insert(id).second; }));
  EXPECT_EQ(found, expected);
  int visited = 0;
  ASSERT_TRUE(store_->List([&](std::string const&) { return ++visited < 5; }));
  EXPECT_EQ(visited, 5);
}

TEST_F(LocalStoreTest, AFewOpenFilesServeManyBlobs) {
  store_ = MakeLocalStore({.root = "/blobs", .max_cached_blobs = 2}, files_, TestKeys()).value();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(store_->Create(std::to_string(i)));
  auto const reader = store_->Open("3").value();
  for (std::uint32_t piece = 0; piece < 3; ++piece)
    for (int i = 0; i < 20; ++i)
      ASSERT_EQ(store_->Append(std::to_string(i), piece, Noise(50, piece)).value().next_piece, piece + 1);
  EXPECT_EQ(reader->state().next_piece, 3U) << "a blob in use is the same object for everybody";
}

// On the real file system, with real threads.
class LocalStoreOnDiskTest : public ::testing::Test {
 protected:
  LocalStoreOnDiskTest() : root_(std::filesystem::temp_directory_path() / ("bole-blobs-" + crypto::RandomToken(9))) {}
  ~LocalStoreOnDiskTest() override { std::filesystem::remove_all(root_); }
  std::filesystem::path root_;
  std::unique_ptr<FileSystem> files_ = MakePosixFileSystem();
};

TEST_F(LocalStoreOnDiskTest, ManyThreadsManyBlobs) {
  auto const store = MakeLocalStore({.root = root_, .max_cached_blobs = 4}, *files_, TestKeys()).value();
  {
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < 8; ++t)
      threads.emplace_back([&, t] {
        for (std::uint32_t piece = 0; piece < 20; ++piece)
          for (unsigned b = 0; b < 3; ++b) {
            auto const id = std::to_string(t) + "-" + std::to_string(b);
            EXPECT_TRUE(store->Create(id));
            EXPECT_TRUE(store->Append(id, piece, Noise(piece * 500, t * 100 + b)));
          }
      });
  }
  for (unsigned t = 0; t < 8; ++t)
    for (unsigned b = 0; b < 3; ++b) {
      std::string expected;
      for (std::uint32_t piece = 0; piece < 20; ++piece) expected += Text(Noise(piece * 500, t * 100 + b));
      EXPECT_EQ(ReadAll(*store, std::to_string(t) + "-" + std::to_string(b), 1 << 20).value(), expected);
    }
}

TEST_F(LocalStoreOnDiskTest, ThreadsThatSendTheSamePiecesOfOneBlob) {
  auto const store = MakeLocalStore({.root = root_}, *files_, TestKeys()).value();
  ASSERT_TRUE(store->Create("a"));
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 6; ++t)
      threads.emplace_back([&] {
        for (std::uint32_t piece = 0; piece < 50;) {
          auto const state = store->Append("a", piece, Noise(piece * 100, piece));
          if (state)
            piece = state->next_piece;
          else
            EXPECT_EQ(state.error().key, "piece.out_of_order");
        }
      });
  }
  std::string expected;
  for (std::uint32_t piece = 0; piece < 50; ++piece) expected += Text(Noise(piece * 100, piece));
  EXPECT_EQ(ReadAll(*store, "a", 1 << 20).value(), expected);
}

}  // namespace
}  // namespace bole::blob
