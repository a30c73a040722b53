#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "platform/crypto/hash.hpp"
#include "platform/mail/fake_servers.hpp"
#include "platform/mail/mail.hpp"

namespace bole::mail {
namespace {

ManualClock const kClock(*ParseInstant("2026-11-22T08:01:02.345Z"));

std::string Answer(std::string const& status, std::string const& headers = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n" + headers + "\r\n{}";
}

Result<> SendTo(FakeHttp const& server, Sms const& sms) {
  config::Sms config;
  config.url = "http://" + server.Address() + "/send";
  config.secret = "shared";
  config.timeout_seconds = 5;
  return MakeSmsSender(config, kClock)->Send(sms);
}

Sms Code() {
  return {.to = "13800138000",
          .text = "验证码 123456",
          .template_key = "code",
          .params = {{"code", "123456"}},
          .id = "01JD8"};
}

TEST(SmsGateway, SendsASignedRequest) {
  FakeHttp server(Answer("202 Accepted"));
  auto const sent = SendTo(server, Code());
  ASSERT_TRUE(sent) << sent.error().key;
  auto const body = boost::json::parse(server.Body()).as_object();
  EXPECT_EQ(body.at("id"), "01JD8");
  EXPECT_EQ(body.at("to"), "13800138000");
  EXPECT_EQ(body.at("text"), "验证码 123456");
  EXPECT_EQ(body.at("template"), "code");
  EXPECT_EQ(body.at("params").at("code"), "123456");
  EXPECT_THAT(server.Head(), ::testing::StartsWith("POST /send HTTP/1.1\r\n"));
  EXPECT_EQ(server.Header("X-Bole-Timestamp"), "1795334462");
  EXPECT_EQ(
      server.Header("X-Bole-Signature"),
      "sha256=" + crypto::HmacSha256Hex("shared", "1795334462." + server.Header("X-Bole-Nonce") + "." + server.Body()));
  auto const nonce = server.Header("X-Bole-Nonce");
  ASSERT_TRUE(SendTo(server, Code()));
  EXPECT_NE(server.Header("X-Bole-Nonce"), nonce);
}

TEST(SmsGateway, WhatIsFinalAndWhatIsNot) {
  struct Case {
    std::string status;
    ErrorCode code;
    std::string key;
  };
  for (auto const& [status, code, key] :
       std::vector<Case>{{"400 Bad Request", ErrorCode::kInvalid, "sms.rejected"},
                         {"422 Unprocessable", ErrorCode::kInvalid, "sms.rejected"},
                         {"401 Unauthorized", ErrorCode::kUnavailable, "sms.login_failed"},
                         {"408 Timeout", ErrorCode::kUnavailable, "sms.deferred"},
                         {"429 Slow Down", ErrorCode::kTooMany, "sms.too_many"},
                         {"302 Found", ErrorCode::kUnavailable, "sms.deferred"},
                         {"500 Oops", ErrorCode::kUnavailable, "sms.deferred"},
                         {"503 Busy", ErrorCode::kUnavailable, "sms.deferred"}}) {
    FakeHttp server(Answer(status));
    auto const sent = SendTo(server, Code());
    ASSERT_FALSE(sent) << status;
    EXPECT_EQ(sent.error().code, code) << status;
    EXPECT_EQ(sent.error().key, key) << status;
    EXPECT_EQ(sent.error().params.at("reply"), status.substr(0, 3));
  }
}

TEST(SmsGateway, RetryAfterIsPassedOn) {
  FakeHttp server(Answer("429 Slow Down", "Retry-After: 17\r\n"));
  EXPECT_EQ(SendTo(server, Code()).error().params.at("retry_after_s"), "17");
  FakeHttp vague(Answer("429 Slow Down"));
  EXPECT_EQ(SendTo(vague, Code()).error().params.at("retry_after_s"), "60");
}

TEST(SmsGateway, BrokenAnswersAreTemporary) {
  FakeHttp server("garbage");
  EXPECT_EQ(SendTo(server, Code()).error().key, "sms.unreachable");
  FakeHttp closing("");
  EXPECT_EQ(SendTo(closing, Code()).error().key, "sms.unreachable");
}

TEST(SmsGateway, RefusesWhatIsNoNumber) {
  FakeHttp server(Answer("200 OK"));
  for (auto const* bad : {"", "123", "+86 138", "1380013800a", "123456789012345678901"}) {
    auto sms = Code();
    sms.to = bad;
    EXPECT_EQ(SendTo(server, sms).error().key, "sms.bad_number") << bad;
  }
  EXPECT_EQ(server.Head(), "");
  EXPECT_EQ(MakeSmsSender({}, kClock)->Send(Code()).error().key, "sms.not_configured");
}

}  // namespace
}  // namespace bole::mail
