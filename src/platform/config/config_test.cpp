#include "platform/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace bole::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ConfigTest : public ::testing::Test {
 protected:
  ~ConfigTest() override { std::filesystem::remove(file_); }
  Result<Config> LoadText(std::string const& toml, std::map<std::string, std::string> variables = {}) {
    std::ofstream(file_) << toml;
    return Load(file_, [variables](std::string const& name) -> std::optional<std::string> {
      auto const found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
  }
  std::string Problems(std::string const& toml, std::map<std::string, std::string> variables = {}) {
    auto const config = LoadText(toml, std::move(variables));
    return config ? "" : DescribeProblems(config.error());
  }
  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("bole-" + std::to_string(::getpid()) + ".toml");
};

TEST_F(ConfigTest, DefaultsNeedNoFile) {
  auto const config = Load({}, [](auto const&) { return std::nullopt; });
  ASSERT_TRUE(config) << DescribeProblems(config.error());
  EXPECT_TRUE(config->data_dir.is_absolute());
  EXPECT_EQ(config->PublicUrl(), "http://127.0.0.1:8080");
  EXPECT_EQ(config->InData("bole.db"), config->data_dir / "bole.db");
  EXPECT_EQ(config->InData("/x/bole.db"), "/x/bole.db");
  EXPECT_EQ(config->policy.expression, Expression::kOff);
}

TEST_F(ConfigTest, FileAndEnvironment) {
  auto const config = LoadText(R"(
demo = true
[http]
port = 9000
public_url = "https://bole.example/"
trusted_proxies = ["10.0.0.0/8"]
[mail]
smtp_url = "smtp://mail:587"
password_env = "MAIL_PW"
[policy]
expression = "reference"
)",
                               {{"BOLE_HTTP_PORT", "9001"},
                                {"BOLE_LOG_LEVEL", "debug"},
                                {"MAIL_PW", "hush"},
                                {"BOLE_DATA_DIR", "/srv/bole"},
                                {"BOLE_DEMO", "0"},
                                {"BOLE_HTTP_TRUSTED_PROXIES", "::1, 127.0.0.1"}});
  ASSERT_TRUE(config) << DescribeProblems(config.error());
  EXPECT_EQ(config->http.port, 9001);
  EXPECT_EQ(config->PublicUrl(), "https://bole.example");
  EXPECT_EQ(config->mail.password, "hush");
  EXPECT_EQ(config->log.level, "debug");
  EXPECT_EQ(config->data_dir, "/srv/bole");
  EXPECT_EQ(config->models_dir, "/srv/bole/models");
  EXPECT_FALSE(config->demo);
  EXPECT_THAT(config->http.trusted_proxies, ElementsAre("::1", "127.0.0.1"));
  EXPECT_EQ(config->policy.expression, Expression::kReference);
}

TEST_F(ConfigTest, AllProblemsAtOnceWithKeyReasonAndLine) {
  auto const config =
      LoadText("demo = 1\n[http]\nport = 99999\nprot = 1\nthreads = 0\n[log]\nlevel = \"loud\"\n[nope]\nx = 1\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().key, "config.invalid");
  EXPECT_EQ(config.error().fields.size(), 6U);
  auto const text = DescribeProblems(config.error());
  auto const file = file_.string();
  EXPECT_THAT(text, HasSubstr(file + ":1: demo: must be true or false"));
  EXPECT_THAT(text, HasSubstr(file + ":3: http.port: must be 0 to 65535 (is 99999)"));
  EXPECT_THAT(text, HasSubstr(file + ":4: http.prot: is not a setting"));
  EXPECT_THAT(text, HasSubstr(file + ":5: http.threads: must be 1 to 256 (is 0)"));
  EXPECT_THAT(text, HasSubstr(file + ":7: log.level: must be one of debug, info, warn, error (is loud)"));
  EXPECT_THAT(text, HasSubstr("nope: is not a setting"));
  EXPECT_THAT(Problems("[log]\nkeep_days = 90\n"), HasSubstr("log.keep_days: must be 184 to 3650 (is 90)"));
}

TEST_F(ConfigTest, VariablesAreCheckedToo) {
  EXPECT_THAT(Problems("", {{"BOLE_HTTP_PORT", "80a"}}),
              HasSubstr("BOLE_HTTP_PORT: http.port: must be 0 to 65535 (is 80a)"));
  EXPECT_THAT(Problems("[mail]\npassword_env = \"NOT_SET\""),
              HasSubstr(":2: mail.password: names a variable that is not set"));
}

TEST_F(ConfigTest, RulesOverSeveralSettings) {
  EXPECT_THAT(Problems("[http]\ntls_cert = \"c.pem\""), HasSubstr("tls_cert and tls_key belong together"));
  EXPECT_THAT(Problems("[sms]\nurl = \"https://gateway\""), HasSubstr("sms.secret: is needed with sms.url"));
  EXPECT_THAT(Problems("[policy]\nexpression = \"scored\"\njurisdiction = \"eu\""), HasSubstr("policy.expression"));
  EXPECT_EQ(Problems("[policy]\nexpression = \"scored\"\njurisdiction = \"cn\""), "");
  EXPECT_THAT(Problems("[mail]\nsmtp_url = \"http://mail\""), HasSubstr("smtp://"));
  EXPECT_THAT(Problems("[database]\nurl = \"mysql://x\""), HasSubstr(":2: database.url"));
}

TEST_F(ConfigTest, SecretsAreNotRepeatedInMessages) {
  EXPECT_THAT(Problems("[database]\nurl = \"mysql://user:hush@host\""), Not(HasSubstr("hush")));
  EXPECT_THAT(Problems("", {{"BOLE_MAIL_PASSWORD", "hush\x01"}}), Not(HasSubstr("hush")));
}

TEST_F(ConfigTest, BrokenAndMissingFiles) {
  EXPECT_THAT(Problems("demo = \n"), HasSubstr(file_.string() + ":1: "));
  auto const missing = Load("/nowhere/bole.toml", [](auto const&) { return std::nullopt; });
  ASSERT_FALSE(missing);
  EXPECT_THAT(DescribeProblems(missing.error()), HasSubstr("/nowhere/bole.toml: cannot be read"));
}

}  // namespace
}  // namespace bole::config
