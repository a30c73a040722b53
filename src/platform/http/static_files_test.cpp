#include "platform/http/static_files.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "platform/http/compress.hpp"
#include "platform/http/test_client.hpp"

namespace bole::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing_support::Client;
using testing_support::TestServer;

class StaticTest : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() /
             ("bole_static_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder);
    Write("console/index.html", "<console>");
    Write("console/assets/app-1a2b.js", "let a = 1");
    Write("console/assets/app-1a2b.js.gz", Gzip("let a = 1"));
    Write("console/.env", "secret");
    Write("candidate/index.html", "<candidate>");
    Write("candidate/assets/x-9.css", "a{}");
    Write("secret.txt", "secret");
    fs::create_symlink(folder / "secret.txt", folder / "console/link.txt");
    s.sites = {folder / "console", folder / "candidate"};
    s.Start();
  }
  void TearDown() override { fs::remove_all(folder); }
  void Write(std::string const& name, std::string const& text) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  auto Get(std::string const& target, std::string const& headers = {}) { return Client(s.port()).Get(target, headers); }

  fs::path folder;
  TestServer s;
};

TEST_F(StaticTest, ServesBothApplications) {
  for (auto const* page : {"/", "/interviews", "/interviews/01ABC/report", "/index.html"})
    EXPECT_EQ(Get(page).body, "<console>") << page;
  for (auto const* page : {"/i/some-token", "/my", "/my/", "/candidate/", "/candidate/index.html"})
    EXPECT_EQ(Get(page).body, "<candidate>") << page;
  EXPECT_EQ(Get("/candidate/assets/x-9.css").body, "a{}");
  EXPECT_EQ(Get("/candidate/assets/x-9.css").headers.at("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(Get("/assets/missing.js").status, 404);
  EXPECT_EQ(Client(s.port()).Write("POST", "/", "").status, 405);
}

TEST_F(StaticTest, CachesByContent) {
  auto const asset = Get("/assets/app-1a2b.js");
  EXPECT_EQ(asset.headers.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(asset.body, "let a = 1");
  auto const packed = Get("/assets/app-1a2b.js", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("vary"), "Accept-Encoding");
  EXPECT_NE(packed.headers.at("etag"), asset.headers.at("etag"));
  auto const page = Get("/");
  EXPECT_EQ(page.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(Get("/", "If-None-Match: " + page.headers.at("etag") + "\r\n").status, 304);
}

TEST_F(StaticTest, KeepsTheBrowserStrict) {
  auto const page = Get("/");
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("default-src 'self'"));
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("media-src 'self' blob:"));
  EXPECT_THAT(page.headers.at("content-security-policy"), HasSubstr("frame-ancestors 'self'"));
  EXPECT_THAT(page.headers.at("permissions-policy"), HasSubstr("camera=(self), microphone=(self)"));
  EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(Get("/i/token").headers.at("referrer-policy"), "no-referrer");
  EXPECT_EQ(Get("/my").headers.at("referrer-policy"), "no-referrer");
}

TEST_F(StaticTest, NeverLeavesItsFolders) {
  for (auto const* target : {"/../secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
                             "/assets/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt", "/.env", "/assets//app-1a2b.js",
                             "/./index.html", "/link.txt", "/candidate/../console/.env", "/candidate/%2e%2e/secret.txt",
                             "//etc/passwd", "/%2fetc%2fpasswd", "/C:%5cx.txt"}) {
    auto const answer = Get(target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_EQ(answer.body.find("secret\""), std::string::npos) << target;
  }
}

TEST(StaticWithoutBuild, SaysWhatToDo) {
  TestServer s;
  s.Start();
  auto const answer = Client(s.port()).Get("/");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.Json().at("code"), "page.not_built");
}

}  // namespace
}  // namespace bole::http
