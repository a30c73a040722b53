#include "platform/i18n/messages.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace bole::i18n {
namespace {

TEST(Locale, NegotiatesTheBestKnownLanguage) {
  EXPECT_EQ(Negotiate("en-US", "zh-CN"), Locale::kEnUs);
  EXPECT_EQ(Negotiate("fr-FR", "en-GB;q=0.5, zh;q=0.8"), Locale::kZhCn);
  EXPECT_EQ(Negotiate("", "fr, en;q=0.3"), Locale::kEnUs);
  EXPECT_EQ(Negotiate("", "en;q=0, zh-Hans-CN;q=0.001"), Locale::kZhCn);
  EXPECT_EQ(Negotiate("", "de, fr", Locale::kEnUs), Locale::kEnUs);
  EXPECT_EQ(Negotiate("", "en-US,en;q=0.9,zh-CN;q=0.8"), Locale::kEnUs);
  EXPECT_EQ(Negotiate("", ";;q=,,,"), kDefaultLocale);
}

TEST(Messages, FillsPlaceholdersAndLeavesUnknownOnes) {
  EXPECT_EQ(FillPlaceholders("{a} and {b}, {c", {{"a", "1"}}), "1 and {b}, {c");
  EXPECT_EQ(FillPlaceholders("{a}", {{"a", "{b}"}, {"b", "x"}}), "{b}");  // a value is never expanded again
  EXPECT_EQ(FillPlaceholders("{x{a}", {{"a", "1"}}), "{x1");
}

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    path = std::filesystem::temp_directory_path() /
           ("bole_i18n_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  void TearDown() override { std::filesystem::remove_all(path); }
  void Write(std::string const& name, std::string const& text) const { std::ofstream(path / name) << text; }
  std::filesystem::path path;
};

TEST_F(Folder, MissingKeyIsItsOwnTextAndCounts) {
  Write("a.zh-CN.json", R"({"error.x": "没有 {what}"})");
  Write("a.en-US.json", R"({"error.x": "No {what}"})");
  auto const messages = Messages::Load(path);
  ASSERT_TRUE(messages);
  EXPECT_EQ(messages->Text(Locale::kEnUs, "error.x", {{"what", "job"}}), "No job");
  EXPECT_EQ(messages->Text(Locale::kZhCn, "error.x", {{"what", "岗位"}}), "没有 岗位");
  EXPECT_EQ(messages->missing(), 0U);
  EXPECT_EQ(messages->Text(Locale::kZhCn, "error.y"), "error.y");
  EXPECT_EQ(messages->missing(), 1U);
}

TEST_F(Folder, RefusesBrokenFiles) {
  auto const refused = [&](std::string const& name, std::string const& text) {
    Write(name, text);
    auto const result = Messages::Load(path);
    std::filesystem::remove(path / name);
    return !result && result.error().key == "i18n.bad_file";
  };
  EXPECT_TRUE(refused("a.zh-CN.json", "{"));
  EXPECT_TRUE(refused("a.zh-CN.json", "[]"));
  EXPECT_TRUE(refused("a.zh-CN.json", R"({"a": 1})"));
  EXPECT_TRUE(refused("a.json", "{}"));
  Write("a.zh-CN.json", R"({"k": "1"})");
  Write("b.zh-CN.json", R"({"k": "2"})");
  auto const twice = Messages::Load(path);
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->duplicates(), std::vector<std::string>{"b.zh-CN.json: k"});
  EXPECT_EQ(twice->Text(Locale::kZhCn, "k"), "1");
  EXPECT_FALSE(Messages::Load(path / "nowhere"));
}

}  // namespace
}  // namespace bole::i18n
