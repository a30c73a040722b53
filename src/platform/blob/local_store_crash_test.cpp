// What a crash, a full disk or a failing medium may leave behind, and that no acknowledged piece is lost by it.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>

#include "platform/blob/format.hpp"
#include "platform/blob/test_support.hpp"
#include "platform/crypto/random.hpp"

namespace bole::blob {
namespace {

class CrashTest : public StoreTest {
 protected:
  // A blob of these pieces; returns the size of the file after each.
  std::vector<std::size_t> Write(std::vector<std::size_t> const& sizes) {
    EXPECT_TRUE(store_->Create("a"));
    std::vector<std::size_t> ends{files_.Content(files_.Only()).size()};
    for (std::uint32_t i = 0; i < sizes.size(); ++i) {
      EXPECT_TRUE(store_->Append("a", i, Noise(sizes[i], i)));
      ends.push_back(files_.Content(files_.Only()).size());
    }
    return ends;
  }
  static std::string Expected(std::vector<std::size_t> const& sizes, std::uint32_t pieces) {
    std::string out;
    for (std::uint32_t i = 0; i < pieces; ++i) out += Text(Noise(sizes[i], i));
    return out;
  }
};

TEST_F(CrashTest, TornTailAtEveryOffset) {
  for (auto const& [sizes, step] :
       std::map<std::vector<std::size_t>, std::size_t>{{{100, 300, 0, 50}, 1}, {{10, 200'000, 70'000}, 997}}) {
    auto const ends = Write(sizes);
    auto const path = files_.Only();
    auto const whole = files_.Content(path);
    for (std::size_t length = 0; length <= whole.size(); length += step) {
      files_.Content(path).assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
      Restart();
      auto const state = store_->Stat("a");
      if (length < kHeaderSize) {
        ASSERT_EQ(KeyOf(state), "not_found") << length;
        continue;
      }
      auto const pieces = static_cast<std::uint32_t>(
          std::count_if(ends.begin() + 1, ends.end(), [&](std::size_t end) { return end <= length; }));
      ASSERT_TRUE(state) << length << " " << state.error().key;
      ASSERT_EQ(state->next_piece, pieces) << length;
      ASSERT_EQ(Read("a"), Expected(sizes, pieces)) << length;
      // The rest is cut and the upload goes on.
      for (auto i = pieces; i < sizes.size(); ++i) ASSERT_TRUE(store_->Append("a", i, Noise(sizes[i], i)));
      ASSERT_TRUE(store_->Seal("a"));
      Restart();
      ASSERT_TRUE(store_->Stat("a")->sealed) << length;
      ASSERT_EQ(Read("a"), Expected(sizes, static_cast<std::uint32_t>(sizes.size()))) << length;
    }
    ASSERT_TRUE(store_->Delete("a"));
  }
}

TEST_F(CrashTest, TheTailMayAlsoBeZerosOrGarbage) {
  std::vector<std::size_t> const sizes{100, 300};
  auto const ends = Write(sizes);
  auto const path = files_.Only();
  auto const whole = files_.Content(path);
  for (auto const& junk : {crypto::Bytes(5000), crypto::Bytes(5000, 0xFF), Noise(5000, 77), crypto::Bytes(10)}) {
    auto& content = files_.Content(path);
    content = whole;
    content.insert(content.end(), junk.begin(), junk.end());
    Restart();
    ASSERT_EQ(store_->Stat("a").value(), (State{2, 400, false}));
    ASSERT_EQ(store_->Append("a", 2, Noise(7, 2)).value(), (State{3, 407, false}));
    Restart();
    ASSERT_EQ(Read("a"), Expected({100, 300, 7}, 3));
  }
}

TEST_F(CrashTest, PowerCutsLoseNothingThatWasAcknowledged) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 120; ++round) {
    std::map<std::string, std::vector<std::size_t>> acknowledged;
    std::map<std::string, bool> sealed;
    for (int life = 0; life < 3; ++life) {
      for (int action = 0; action < 12; ++action) {
        auto const id = std::to_string(random() % 3);
        bool const lost_in_flight = random() % 4 == 0;  // the cut comes before the sync of this call
        files_.failing_syncs = files_.failing_truncates = lost_in_flight ? 1 : 0;
        if (store_->Create(id)) acknowledged.try_emplace(id);
        if (acknowledged.contains(id) && !sealed[id]) {
          auto const next = static_cast<std::uint32_t>(acknowledged[id].size());
          auto const size = random() % 100'000;
          if (store_->Append(id, next, Noise(size, next))) acknowledged[id].push_back(size);
          if (random() % 10 == 0) sealed[id] = store_->Seal(id).has_value();
        }
        files_.failing_syncs = files_.failing_truncates = 0;
        if (lost_in_flight) break;
      }
      store_.reset();
      files_.PowerCut(random);
      Restart();
      for (auto& [id, sizes] : acknowledged) {
        auto const state = store_->Stat(id);
        ASSERT_TRUE(state) << state.error().key;
        ASSERT_GE(state->next_piece, sizes.size());
        ASSERT_LE(state->next_piece, sizes.size() + 1);
        ASSERT_TRUE(state->sealed || !sealed[id]);
        auto const content = Read(id);
        auto const expected = Expected(sizes, static_cast<std::uint32_t>(sizes.size()));
        ASSERT_EQ(content.substr(0, expected.size()), expected);
        if (state->next_piece > sizes.size()) sizes.push_back(content.size() - expected.size());
        sealed[id] = state->sealed;
      }
    }
    for (auto const* id : {"0", "1", "2"}) ASSERT_TRUE(store_->Delete(id));
  }
}

TEST_F(CrashTest, AFullDiskIsReportedAndTheStoreStaysUsable) {
  std::vector<std::size_t> const sizes{1000, 50'000, 2000};
  ASSERT_TRUE(store_->Create("a"));
  ASSERT_TRUE(store_->Append("a", 0, Noise(1000, 0)));
  auto const before = files_.Content(files_.Only());
  for (std::size_t room : {0U, 1U, 500U, 49'999U}) {
    files_.capacity = before.size() + room;
    auto const full = store_->Append("a", 1, Noise(50'000, 1));
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::kStorageFull);
    EXPECT_EQ(full.error().key, "storage.full");
    EXPECT_EQ(files_.Content(files_.Only()), before) << "cut back to what was acknowledged";
    EXPECT_EQ(Read("a"), Expected(sizes, 1)) << "reading goes on";
    if (room >= kHeaderSize) continue;
    EXPECT_EQ(KeyOf(store_->Create("b")), "storage.full");
    EXPECT_EQ(files_.Count(), 1U);
  }
  files_.capacity = UINT64_MAX;
  ASSERT_TRUE(store_->Append("a", 1, Noise(50'000, 1)));
  ASSERT_TRUE(store_->Append("a", 2, Noise(2000, 2)));
  Restart();
  EXPECT_EQ(Read("a"), Expected(sizes, 3));
}

TEST_F(CrashTest, AFailingSyncIsNotAnAcknowledgement) {
  for (int failing_truncates : {0, 1}) {
    ASSERT_TRUE(store_->Create("a"));
    files_.failing_syncs = 1;
    files_.failing_truncates = failing_truncates;
    EXPECT_EQ(KeyOf(store_->Append("a", 0, Noise(100'000, 0))), "storage.io");
    EXPECT_EQ(store_->Stat("a").value(), State{});
    ASSERT_TRUE(store_->Append("a", 0, Noise(10, 0))) << "a shorter piece over what could not be cut";
    Restart();
    EXPECT_EQ(store_->Stat("a").value(), (State{1, 10, false}));
    EXPECT_EQ(Read("a"), Text(Noise(10, 0)));
    ASSERT_TRUE(store_->Delete("a"));
  }
}

// A real process, a real file system, a real SIGKILL at some moment while pieces are written.
TEST(KillTest, EveryAcknowledgedPieceIsThereAfterKillNine) {
  auto const root = std::filesystem::temp_directory_path() / ("bole-kill-" + crypto::RandomToken(9));
  auto const files = MakePosixFileSystem();
  auto const keys = TestKeys();
  std::mt19937 random(7);
  std::uint32_t expected = 0;
  for (int round = 0; round < 15; ++round) {
    int acks[2];
    ASSERT_EQ(::pipe(acks), 0);
    auto const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto const store = MakeLocalStore({.root = root}, *files, keys).value();
      auto next = store->Create("a").value().next_piece;
      for (;;) {
        next = store->Append("a", next, Noise(20'000 + next, next)).value().next_piece;
        if (::write(acks[1], &next, sizeof next) != sizeof next) ::_exit(1);
      }
    }
    ::close(acks[1]);
    std::uint32_t acknowledged = expected;
    for (auto left = 1 + random() % 20; left > 0; --left)
      ASSERT_EQ(::read(acks[0], &acknowledged, sizeof acknowledged), sizeof acknowledged);
    ::kill(child, SIGKILL);
    while (::read(acks[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
    }
    ::close(acks[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));

    auto const store = MakeLocalStore({.root = root}, *files, keys).value();
    expected = store->Stat("a").value().next_piece;
    ASSERT_GE(expected, acknowledged);
    ASSERT_LE(expected, acknowledged + 1);
    std::string content;
    for (std::uint32_t piece = 0; piece < expected; ++piece) content += Text(Noise(20'000 + piece, piece));
    ASSERT_EQ(ReadAll(*store, "a", 1U << 30U).value(), content);
  }
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace bole::blob
