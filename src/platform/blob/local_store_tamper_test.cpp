// What somebody with write access to the disk may try: nothing of it may pass for the original.
#include "platform/blob/format.hpp"
#include "platform/blob/test_support.hpp"

namespace bole::blob {
namespace {

class TamperTest : public StoreTest {
 protected:
  // The key of the first error on the way from the file to the last byte; "unsealed" when the seal is gone; "" when the
  // blob reads as complete, which then must be the original.
  std::string Verdict(std::string const& original) {
    Restart(keys_);
    auto const state = store_->Stat("a");
    if (!state) return state.error().key;
    auto const content = ReadAll(*store_, "a", 1U << 30U);
    if (!content) return content.error().key;
    EXPECT_EQ(original.substr(0, content->size()), *content) << "never other bytes than the original";
    if (!state->sealed) return "unsealed";
    EXPECT_EQ(*content, original);
    return "";
  }

  void Write(std::string const& id, std::vector<std::size_t> const& sizes) {
    ASSERT_TRUE(store_->Create(id));
    for (std::uint32_t i = 0; i < sizes.size(); ++i)
      ASSERT_TRUE(store_->Append(id, i, Noise(sizes[i], static_cast<unsigned>(id[0]) + i)));
    ASSERT_TRUE(store_->Seal(id));
  }
  crypto::Bytes Record(crypto::Bytes const& file, std::size_t offset, std::size_t plain) {
    auto const begin = file.begin() + static_cast<std::ptrdiff_t>(offset);
    return {begin, begin + static_cast<std::ptrdiff_t>(plain + kRecordOverhead)};
  }
  static void Place(crypto::Bytes& file, std::size_t offset, crypto::Bytes const& record) {
    std::copy(record.begin(), record.end(), file.begin() + static_cast<std::ptrdiff_t>(offset));
  }

  std::shared_ptr<crypto::KeyRing> keys_ = TestKeys();
};

TEST_F(TamperTest, EveryByteOfASealedBlob) {
  for (auto const algorithm : {crypto::Algorithm::kAes256Gcm, crypto::Algorithm::kSm4Gcm}) {
    keys_ = TestKeys(algorithm);
    Restart(keys_);
    Write("a", {60, 1, 40});  // every record holds bytes, so that reading the content checks each
    auto const path = files_.Only();
    auto const whole = files_.Content(path);
    auto const original = Read("a");
    auto const seal = whole.size() - kRecordOverhead;
    auto slot_end = kSlotSize;
    while (whole[slot_end - 1] == 0) --slot_end;
    for (std::size_t i = 0; i < whole.size(); ++i)
      for (unsigned const bit : {1U, 128U}) {
        files_.Content(path) = whole;
        files_.Content(path)[i] = static_cast<std::uint8_t>(whole[i] ^ bit);
        auto const verdict = Verdict(original);
        bool const unused = i >= slot_end && i < kHeaderSize;
        if (i < seal)
          ASSERT_EQ(verdict, unused ? "" : "blob.corrupt") << "byte " << i;
        else
          ASSERT_TRUE(verdict == "unsealed" || verdict == "blob.corrupt") << "byte " << i;
      }
    ASSERT_TRUE(store_->Delete("a"));
  }
}

TEST_F(TamperTest, AnAcknowledgedPieceIsNotCutAsTornWhenLaterOnesFollow) {
  ASSERT_TRUE(store_->Create("a"));
  for (std::uint32_t i = 0; i < 4; ++i) ASSERT_TRUE(store_->Append("a", i, Noise(50, i)));
  auto const path = files_.Only();
  auto const whole = files_.Content(path);
  auto const record = 50 + kRecordOverhead;
  for (std::size_t i = kHeaderSize; i < kHeaderSize + 3 * record; ++i) {
    files_.Content(path) = whole;
    files_.Content(path)[i] ^= 4U;
    Restart();
    ASSERT_EQ(KeyOf(store_->Stat("a")), "blob.corrupt") << i;
    ASSERT_EQ(KeyOf(store_->Append("a", 4, Noise(50, 4))), "blob.corrupt");
    ASSERT_EQ(files_.Content(path).size(), whole.size()) << "nothing is cut";
  }
}

TEST_F(TamperTest, RecordsCannotBeMovedDroppedRepeatedOrExchanged) {
  Write("a", {50, 50, 3 * kMaxRecordPlain + 10, 50});
  Write("b", {50, 50, 3 * kMaxRecordPlain + 10, 50});
  auto const original = Read("a");
  auto path = files_.Only(), other = path;
  std::vector<std::filesystem::path> paths;
  for (auto const* id : {"a", "b"})
    for (unsigned fan = 0; fan < 256; ++fan) {
      auto const candidate =
          std::filesystem::path("/blobs") / crypto::HexEncode(std::array{static_cast<std::uint8_t>(fan)}) / id;
      if (files_.Contains(candidate)) paths.push_back(candidate);
    }
  path = paths.at(0), other = paths.at(1);
  auto const whole = files_.Content(path), foreign = files_.Content(other);
  auto const small = 50 + kRecordOverhead, big = kMaxRecordPlain + kRecordOverhead;
  auto const first = kHeaderSize, third = kHeaderSize + 2 * small;
  auto const verdict = [&](auto change) {
    files_.Content(path) = whole;
    change(files_.Content(path));
    return Verdict(original);
  };
  auto const at = [](std::size_t offset) { return static_cast<std::ptrdiff_t>(offset); };

  EXPECT_EQ(verdict([](auto&) {}), "");
  EXPECT_EQ(verdict([&](auto& file) {  // two pieces of one length
              Place(file, first, Record(whole, first + small, 50));
              Place(file, first + small, Record(whole, first, 50));
            }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) {  // their bodies only, heads left in order
              auto one = Record(whole, first + small, 50), two = Record(whole, first, 50);
              std::swap_ranges(one.begin(), one.begin() + kRecordHeadSize, two.begin());
              Place(file, first, one);
              Place(file, first + small, two);
            }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) {  // two full records within a piece: same head, same piece
              Place(file, third, Record(whole, third + big, kMaxRecordPlain));
              Place(file, third + big, Record(whole, third, kMaxRecordPlain));
            }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { file.erase(file.begin() + at(third), file.begin() + at(third + big)); }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) {
              auto const copy = Record(whole, third, kMaxRecordPlain);
              file.insert(file.begin() + at(third), copy.begin(), copy.end());
            }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { file.erase(file.begin() + at(first), file.begin() + at(first + small)); }),
            "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { Place(file, first, Record(foreign, first, 50)); }), "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { std::copy_n(foreign.begin(), kHeaderSize, file.begin()); }), "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { file = foreign; }), "blob.corrupt");
  EXPECT_EQ(verdict([&](auto& file) { file.resize(file.size() - kRecordOverhead); }), "unsealed");
  EXPECT_EQ(verdict([&](auto& file) { file.push_back(0); }), "unsealed");
}

TEST_F(TamperTest, TheWrongMasterKeyOpensNothing) {
  Write("a", {50});
  static SystemClock const clock;
  auto const stranger = crypto::KeyRing::Load({{},
                                               "index=" + crypto::Base64UrlEncode(crypto::Bytes(32, 1)) +
                                                   ",k1=" + crypto::Base64UrlEncode(crypto::Bytes(32, 99)),
                                               crypto::Algorithm::kAes256Gcm},
                                              clock)
                            .value();
  Restart(stranger);
  EXPECT_EQ(KeyOf(store_->Stat("a")), "crypto.tampered");
}

TEST_F(TamperTest, AChangeBehindAnOpenReaderIsSeen) {
  Write("a", {1000, 1000});
  auto const reader = store_->Open("a").value();
  files_.Content(files_.Only())[kHeaderSize + 1000 + kRecordOverhead + 500] ^= 1U;
  crypto::Bytes out(1000);
  EXPECT_TRUE(reader->ReadAt(0, out));
  EXPECT_EQ(reader->ReadAt(1000, out).error().key, "blob.corrupt");
  EXPECT_TRUE(reader->ReadAt(0, out)) << "the other record is still good";
}

}  // namespace
}  // namespace bole::blob
