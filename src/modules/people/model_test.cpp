#include "modules/people/model.hpp"

#include <gtest/gtest.h>

namespace bole::people {
namespace {

Date const kToday = *ParseDate("2026-11-22");

TEST(IdNumberTest, ChecksumFollowsMod112) {
  // Oracle: the published example of GB 11643-1999, 11010519491231002X.
  auto const id = ParseIdNumber("11010519491231002x", kToday);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->number, "11010519491231002X");
  EXPECT_EQ(FormatDate(id->birth_date), "1949-12-31");
  EXPECT_EQ(id->gender, "female");
  EXPECT_EQ(ParseIdNumber("440524188001010014", kToday), std::nullopt) << "1880: too early, though the digits agree";
  for (char last = '0'; last <= '9'; ++last)
    EXPECT_FALSE(ParseIdNumber(std::string("11010519491231002") + last, kToday)) << last;
}

TEST(IdNumberTest, RefusesWhatCannotBe) {
  EXPECT_FALSE(ParseIdNumber("", kToday));
  EXPECT_FALSE(ParseIdNumber("110105491231002", kToday)) << "15 digits are no longer valid";
  EXPECT_FALSE(ParseIdNumber("11010519491331002X", kToday));
  EXPECT_FALSE(ParseIdNumber("1101051949123100XX", kToday));
  EXPECT_FALSE(ParseIdNumber("' OR 1=1 --       ", kToday));
  EXPECT_TRUE(ParseIdNumber("１１０１０５１９４９１２３１００２Ｘ", kToday)) << "full-width digits of an input method";
  EXPECT_FALSE(ParseIdNumber("11010519491231002X", *ParseDate("1949-12-30"))) << "born in the future";
}

TEST(PhoneTest, ComesOutAsE164) {
  EXPECT_EQ(NormalisePhone("138 1234-5678"), "+8613812345678");
  EXPECT_EQ(NormalisePhone("+86 13812345678"), "+8613812345678");
  EXPECT_EQ(NormalisePhone("008613812345678"), "+8613812345678");
  EXPECT_EQ(NormalisePhone("010-62345678"), "+861062345678");
  EXPECT_EQ(NormalisePhone("+44 20 7946 0000"), "+442079460000");
  EXPECT_EQ(NormalisePhone("１３８１２３４５６７８"), "+8613812345678");
  for (auto const* bad :
       {"", "12345", "1381234567", "12812345678", "+86138", "=1+1", "138123456789", "+0123456789", "abc"})
    EXPECT_FALSE(NormalisePhone(bad)) << bad;
}

TEST(EmailTest, KeepsOnlyWhatCanBeSentTo) {
  EXPECT_EQ(NormaliseEmail("  Zhang.San@Example.COM "), "zhang.san@example.com");
  for (auto const* bad :
       {"", "a", "a@b", "@b.cn", "a b@c.cn", "a@b..cn", "a@@b.cn", "a@b.cn\r\nBcc: x@y.cn", "张@b.cn"})
    EXPECT_FALSE(NormaliseEmail(bad)) << bad;
}

TEST(MaskTest, ShowsOnlyTheEnds) {
  EXPECT_EQ(MaskPhone("+8613812341234"), "138****1234");
  EXPECT_EQ(MaskEmail("zhang@example.com"), "z***@example.com");
  EXPECT_EQ(MaskIdNumber("110101199003071234"), "110***********1234");
  EXPECT_EQ(MaskPhone("") + MaskEmail("") + MaskIdNumber(""), "");
}

TEST(FactsTest, IdNumberGivesAndChecksBirthAndGender) {
  FieldErrors errors;
  auto const facts = CheckFacts({" 张三 ", "", {}, "", "", "11010519491231002x"}, kToday, errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(facts.name, "张三");
  EXPECT_EQ(facts.gender, "female");
  EXPECT_EQ(FormatDate(*facts.birth_date), "1949-12-31");
  (void)CheckFacts({"张三", "male", ParseDate("1950-01-01"), "", "", "11010519491231002X"}, kToday, errors);
  EXPECT_EQ(errors, (FieldErrors{{"/birth_date", "id_birth_mismatch"}, {"/gender", "id_gender_mismatch"}}));
}

TEST(NameTest, KeysFindGivenAndLastNames) {
  EXPECT_TRUE(NameKey("张伟明").starts_with(NameKey("张伟")));
  EXPECT_EQ(GivenKey("张伟明"), NameKey("伟明"));
  EXPECT_EQ(GivenKey("John SMITH"), NameKey("smith"));
  EXPECT_EQ(GivenKey("Cher"), "");
}

}  // namespace
}  // namespace bole::people
