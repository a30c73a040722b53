#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace bole {
namespace {

TEST(Clock, InstantRoundTripsAndRefusesNonsense) {
  auto const at = ParseInstant("2026-02-28T23:59:59.123Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(FormatInstant(*at), "2026-02-28T23:59:59.123Z");
  EXPECT_EQ(FormatInstant(*ParseInstant("1969-12-31T00:00:01Z")), "1969-12-31T00:00:01.000Z");
  for (auto const* bad : {"2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00",
                          "", "2026-01-01T00:00:00.Z"})
    EXPECT_FALSE(ParseInstant(bad)) << bad;
}

TEST(Clock, ZoneOfABranch) {
  EXPECT_EQ(FormatInZone(*ParseInstant("2026-07-01T16:30:00Z"), "Asia/Shanghai", "%F %H:%M"), "2026-07-02 00:30");
  EXPECT_TRUE(IsKnownZone("Asia/Shanghai"));
  EXPECT_FALSE(IsKnownZone("Mars/Olympus"));
}

TEST(Ids, AscendWithinAMillisecond) {
  auto const now = *ParseInstant("2026-07-01T16:30:00Z");
  auto previous = NewUlid(now);
  for (int i = 0; i < 1000; ++i) {
    auto next = NewUlid(now);
    ASSERT_TRUE(IsUlid(next));
    ASSERT_LT(previous, next);
    previous = next;
  }
}

TEST(Text, Utf8) {
  EXPECT_TRUE(IsValidUtf8("伯乐 Bole 😀"));
  EXPECT_FALSE(IsValidUtf8("\xC0\xAF"));
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));
  EXPECT_EQ(EncodeUtf8(DecodeUtf8("伯乐 Bole 😀")), "伯乐 Bole 😀");
  EXPECT_EQ(CountCodePoints("伯乐"), 2U);
  EXPECT_EQ(Trim(" \u3000伯乐\n "), "伯乐");
  EXPECT_TRUE(HasControlCharacters(std::string_view("a\0b", 3)));
}

Result<int> Half(int value) {
  if (value % 2 != 0) return Fail(ErrorCode::kInvalid, "odd");
  return value / 2;
}
Result<int> Quarter(int value) {
  BOLE_ASSIGN(auto half, Half(value));
  BOLE_TRY(Half(half));
  return half / 2;
}

TEST(Result, ErrorsPassThrough) {
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(Quarter(6).error().key, "odd");
}

}  // namespace
}  // namespace bole
