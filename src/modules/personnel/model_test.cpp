#include "modules/personnel/model.hpp"

#include <gtest/gtest.h>

namespace bole::personnel {
namespace {

Date Day(char const* text) { return *ParseDate(text); }
std::optional<Date> Maybe(char const* text) { return ParseDate(text); }

TEST(StateTest, FollowsTheDays) {
  Period const period{Day("2026-03-01"), Maybe("2026-08-31"), Maybe("2027-02-28")};
  EXPECT_EQ(StateOf(period, Day("2026-02-28")), EmployeeState::upcoming);
  EXPECT_EQ(StateOf(period, Day("2026-03-01")), EmployeeState::probation);
  EXPECT_EQ(StateOf(period, Day("2026-08-31")), EmployeeState::probation) << "the last day counts";
  EXPECT_EQ(StateOf(period, Day("2026-09-01")), EmployeeState::active);
  EXPECT_EQ(StateOf(period, Day("2027-02-28")), EmployeeState::active) << "works on the last day";
  EXPECT_EQ(StateOf(period, Day("2027-03-01")), EmployeeState::left);
  EXPECT_EQ(StateOf({Day("2026-03-01"), {}, {}}, Day("2026-03-01")), EmployeeState::active);
}

TEST(PeriodTest, EndsDoNotPrecedeTheBeginning) {
  auto const codes = [](Period const& period) {
    FieldErrors errors;
    CheckPeriod(period, Day("2026-11-22"), errors);
    return errors;
  };
  EXPECT_TRUE(codes({Day("2026-11-22"), Maybe("2026-11-22"), Maybe("2026-11-22")}).empty());
  EXPECT_EQ(codes({Day("2026-11-22"), Maybe("2026-11-21"), Maybe("2026-11-21")}),
            (FieldErrors{{"/probation_until", "before_hired"}, {"/left_on", "before_hired"}}));
  EXPECT_TRUE(codes({Day("2027-11-23"), {}, {}}).empty());
  EXPECT_EQ(codes({Day("2027-11-24"), {}, {}}), (FieldErrors{{"/hired_on", "implausible_date"}}));
  EXPECT_EQ(codes({Day("1949-12-31"), {}, {}}), (FieldErrors{{"/hired_on", "implausible_date"}}));
}

TEST(PeriodTest, TwoEmploymentsOfOnePersonShareNoDay) {
  Period const first{Day("2020-01-01"), {}, Maybe("2022-12-31")};
  EXPECT_FALSE(Overlap(first, {Day("2023-01-01"), {}, {}}));
  EXPECT_TRUE(Overlap(first, {Day("2022-12-31"), {}, {}}));
  EXPECT_TRUE(Overlap({Day("2020-01-01"), {}, {}}, {Day("2026-01-01"), {}, {}}));
  EXPECT_FALSE(Overlap({Day("2026-01-01"), {}, {}}, first)) << "either order";
}

TEST(ManagerTest, NobodyStandsAboveHimself) {
  std::map<std::string, std::string> const managers{{"b", "a"}, {"c", "b"}, {"x", "y"}, {"y", "x"}};
  auto const manager_of = [&](std::string const& id) -> std::optional<std::string> {
    auto const found = managers.find(id);
    return found == managers.end() ? std::nullopt : std::optional(found->second);
  };
  EXPECT_TRUE(MakesCircle("a", "a", manager_of));
  EXPECT_TRUE(MakesCircle("a", "c", manager_of));
  EXPECT_FALSE(MakesCircle("c", "a", manager_of));
  EXPECT_FALSE(MakesCircle("d", "x", manager_of)) << "ends in an older circle";
}

TEST(NumberTest, IsTextThatCanBeRead) {
  FieldErrors errors;
  EXPECT_EQ(CheckNumber(" 000123 ", errors), "000123");
  EXPECT_TRUE(errors.empty());
  (void)CheckNumber(" ", errors);
  (void)CheckNumber("1\n2", errors);
  EXPECT_EQ(errors, (FieldErrors{{"/number", "required"}, {"/number", "bad_characters"}}));
}

TEST(KeepingTest, TwoYearsAfterTheLastDay) {
  EXPECT_TRUE(MustKeep(std::nullopt, Day("2026-11-22")));
  EXPECT_TRUE(MustKeep(Maybe("2024-11-22"), Day("2026-11-22")));
  EXPECT_FALSE(MustKeep(Maybe("2024-11-21"), Day("2026-11-22")));
  EXPECT_TRUE(MustKeep(Maybe("2024-02-29"), Day("2026-02-28")));
  EXPECT_FALSE(MustKeep(Maybe("2024-02-29"), Day("2026-03-01")));
}

}  // namespace
}  // namespace bole::personnel
