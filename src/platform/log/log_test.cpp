#include "platform/log/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/clock.hpp"
#include "platform/log/daily_file.hpp"

namespace bole::log {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Log, TextLine) {
  auto const line =
      Render("text", Level::kWarn, "blob.cut", {{"id", "01H"}, {"bytes", 12U}, {"ms", 1.5}, {"ok", true}});
  EXPECT_THAT(line, EndsWith("Z warn  blob.cut id=01H bytes=12 ms=1.5 ok=true"));
}

TEST(Log, JsonLineIsOneObject) {
  auto const line = Render("json", Level::kInfo, "x", {{"text", "a\"\n\\b\xFF"}, {"n", -3}, {"nan", 0.0 / 0.0}});
  auto const value = boost::json::parse(line).as_object();
  EXPECT_EQ(value.at("level"), "info");
  EXPECT_EQ(value.at("text"), "a\"\n\\b\uFFFD");
  EXPECT_EQ(value.at("n"), -3);
  EXPECT_TRUE(value.at("nan").is_string());
  EXPECT_THAT(line, Not(HasSubstr("\n")));
}

TEST(Log, TextCannotForgeALine) {
  auto const line = Render("text", Level::kInfo, "x", {{"agent", "curl\n2026 error forged"}, {"empty", ""}});
  EXPECT_THAT(line, EndsWith(R"(agent="curl\n2026 error forged" empty="")"));
}

TEST(Log, SecretsAreHidden) {
  for (auto const* key : {"password", "smtp_password", "Access-Token", "phone", "id_number", "cookie"})
    EXPECT_THAT(Render("text", Level::kInfo, "x", {{key, "visible"}}), Not(HasSubstr("visible"))) << key;
  EXPECT_THAT(Render("text", Level::kInfo, "x", {{"tokens", 7}, {"code", "storage.full"}}),
              EndsWith("tokens=7 code=storage.full"));
  EXPECT_EQ(Redact("short"), "***");
  EXPECT_EQ(Redact("supersecret89"), "su…89 (13)");
}

TEST(Log, RequestIdNestsAndStaysInItsThread) {
  RequestScope const outer("r1");
  {
    RequestScope const inner("r2");
    EXPECT_THAT(Render("text", Level::kInfo, "x", {}), EndsWith("x request_id=r2"));
  }
  EXPECT_THAT(Render("json", Level::kInfo, "x", {}), HasSubstr(R"("request_id":"r1")"));
  std::jthread([] { EXPECT_THAT(Render("text", Level::kInfo, "x", {}), EndsWith(" x")); });
}

TEST(Log, AFileADayIsKeptForSomeTime) {
  auto const folder = std::filesystem::temp_directory_path() / ("bole-log-" + std::to_string(::getpid()));
  auto const file = [&](std::string const& day) { return folder / ("bole_" + day + ".log"); };
  auto const day = [](int ago) { return FormatInstant(SystemClock().Now() - std::chrono::days(ago)).substr(0, 10); };
  std::filesystem::create_directories(folder);
  for (auto const& each : {file(day(184)), file(day(190)), folder / "bole_notes_of_somebody.log"})
    std::ofstream(each) << "old\n";
  ASSERT_TRUE(AddDailyFile(folder / "bole.log", 184));
  Info("written", {{"n", 1}});
  EXPECT_TRUE(std::filesystem::exists(file(day(184))));
  EXPECT_FALSE(std::filesystem::exists(file(day(190))));
  EXPECT_TRUE(std::filesystem::exists(folder / "bole_notes_of_somebody.log"));
  std::string found;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path());
    found.append(std::istreambuf_iterator<char>(in), {});
  }
  EXPECT_THAT(found, HasSubstr("written n=1"));
  EXPECT_FALSE(AddDailyFile(file(day(184)) / "bole.log", 184)) << "no folder";
  std::filesystem::remove_all(folder);
}

TEST(Log, LevelIsAFilter) {
  ::testing::internal::CaptureStderr();
  Configure({.level = "warn", .format = "json"});
  Info("hidden");
  Error("shown");
  Configure({.level = "info", .format = "text"});
  auto const out = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(out, Not(HasSubstr("hidden")));
  EXPECT_THAT(out, HasSubstr(R"("event":"shown"})"));
}

}  // namespace
}  // namespace bole::log
