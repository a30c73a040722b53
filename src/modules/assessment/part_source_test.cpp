#include "modules/assessment/part_source.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "platform/blob/fault_file_system.hpp"
#include "platform/blob/local_store.hpp"

namespace bole::assessment {
namespace {

constexpr std::chrono::milliseconds kSoon{1};
constexpr std::chrono::milliseconds kLate{60'000};  // longer than any test: only growth wakes the reader

class PartSourceTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(blobs->Create("part")); }
  void Add(std::uint32_t piece, std::string_view bytes) {
    ASSERT_TRUE(blobs->Append("part", piece,
                              blob::ByteView(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size())));
  }
  PartSource Source(std::function<bool(int)> goes_on, std::chrono::milliseconds ask_after) {
    return {blobs->Open("part").value(), std::move(goes_on), ask_after};
  }
  static Result<std::string> Read(PartSource& source, std::uint64_t offset, std::stop_token stop = {}) {
    std::string out(100, '\0');
    BOLE_ASSIGN(auto const count, source.ReadAt(offset, std::as_writable_bytes(std::span(out)), std::move(stop)));
    out.resize(count);
    return out;
  }

  SystemClock clock;
  std::shared_ptr<crypto::KeyRing> keys =
      crypto::KeyRing::Load({{},
                             "index=" + crypto::Base64UrlEncode(crypto::Bytes(32, 1)) +
                                 ",k1=" + crypto::Base64UrlEncode(crypto::Bytes(32, 2)),
                             crypto::Algorithm::kAes256Gcm},
                            clock)
          .value();
  blob::FaultFileSystem files;
  std::unique_ptr<blob::BlobStore> blobs = blob::MakeLocalStore({.root = "/blobs"}, files, keys).value();
};

TEST_F(PartSourceTest, WaitsForBytesAndEndsWhenThePartIsSealed) {
  auto source = Source([](int) { return true; }, kLate);
  Add(0, "one ");
  EXPECT_EQ(Read(source, 0), "one ");
  EXPECT_FALSE(source.Size()) << "it grows";
  std::string late;
  {
    std::jthread const reader([&] { late = Read(source, 4).value_or("failed"); });
    Add(1, "two");
  }
  EXPECT_EQ(late, "two");
  ASSERT_TRUE(blobs->Seal("part"));
  EXPECT_EQ(Read(source, 7), "");
  EXPECT_EQ(source.Size(), 7U);
  EXPECT_EQ(Read(source, 2), "e two") << "earlier bytes stay readable";
}

TEST_F(PartSourceTest, EndsWhenTheRecorderIsGoneAndCountsOnlyWhatIsSilentInARow) {
  std::vector<int> asked;
  auto source = Source(
      [&](int silent) {
        asked.push_back(silent);
        return silent < 3;
      },
      kSoon);
  Add(0, "one");
  EXPECT_EQ(Read(source, 0), "one");
  EXPECT_EQ(Read(source, 3), "");
  EXPECT_EQ(asked, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(source.Size(), 3U) << "ended although nobody sealed it";
  asked.clear();
  EXPECT_EQ(Read(source, 3), "");
  EXPECT_TRUE(asked.empty()) << "ended stays ended";
}

TEST_F(PartSourceTest, StopsWhenAsked) {
  auto source = Source([](int) { return true; }, kLate);
  std::stop_source stop;
  Result<std::string> got = "nothing";
  {
    std::jthread const reader([&] { got = Read(source, 0, stop.get_token()); });
    stop.request_stop();
  }
  EXPECT_EQ(got, "");
}

TEST_F(PartSourceTest, ADeletedRecordingIsAnErrorAndNotAnEnd) {
  Add(0, "one");
  auto source = Source([](int) { return true; }, kLate);
  ASSERT_TRUE(blobs->Delete("part"));
  EXPECT_EQ(Read(source, 0).error().key, "blob.deleted");
}

}  // namespace
}  // namespace bole::assessment
