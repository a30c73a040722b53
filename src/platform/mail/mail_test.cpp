#include "platform/mail/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/mail/address.hpp"
#include "platform/mail/fake_servers.hpp"

namespace bole::mail {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Replies = std::map<std::string, std::string>;
ManualClock const kClock(*ParseInstant("2026-11-22T08:01:02.345Z"));

config::Mail Configured(std::string const& url) {
  config::Mail config;
  config.smtp_url = url;
  config.from = "bole@example.com";
  config.from_name = "伯乐";
  config.timeout_seconds = 5;
  return config;
}

Message Invitation() {
  return {
      .to = "candidate@example.org",
      .to_name = "张三, Manager",
      .subject = "面试邀请 — your interview invitation, with a subject that is longer than one line may be in a header",
      .text = "您好\n.a line that starts with a dot\nGoodbye",
      .html = "<p>您好</p>",
      .id = "01JD8"};
}

// The value of a header with its folds undone and its encoded words decoded.
std::string Decoded(std::string const& mime, std::string const& name) {
  auto const start = mime.find(name + ": ") + name.size() + 2;
  auto end = mime.find("\r\n", start);
  while (end + 2 < mime.size() && mime[end + 2] == ' ') end = mime.find("\r\n", end + 2);
  auto raw = ReplaceAll(mime.substr(start, end - start), "?=\r\n =?UTF-8?B?", "?==?UTF-8?B?");
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    if (raw.compare(at, 10, "=?UTF-8?B?") == 0) {
      auto const stop = raw.find("?=", at + 10);
      out += crypto::AsText(crypto::Base64Decode(raw.substr(at + 10, stop - at - 10)).value());
      at = stop + 2;
    } else {
      out += raw[at++];
    }
  }
  return out;
}

TEST(Mime, HeadersRoundTripAndLinesAreShort) {
  auto const mime = BuildMime(Configured(""), Invitation(), kClock.Now()).value();
  EXPECT_EQ(Decoded(mime, "Subject"), Invitation().subject);
  EXPECT_EQ(Decoded(mime, "To"), "张三, Manager <candidate@example.org>");
  EXPECT_EQ(Decoded(mime, "From"), "伯乐 <bole@example.com>");
  EXPECT_THAT(mime, HasSubstr("\r\nMessage-ID: <01JD8@example.com>\r\n"));
  EXPECT_THAT(mime, StartsWith("Date: Sun, 22 Nov 2026 08:01:02 +0000\r\n"));
  EXPECT_THAT(mime, HasSubstr("multipart/alternative; boundary=\"bole--"));
  for (auto const& line : Split(mime, '\n')) {
    EXPECT_LE(line.size(), 100U) << line;
    EXPECT_TRUE(line.empty() || line.ends_with('\r')) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        << line;
  }
}

TEST(Mime, BodiesAreBase64OfCrlfText) {
  auto message = Invitation();
  auto const mime = BuildMime(Configured(""), message, kClock.Now()).value();
  auto const encoded = crypto::Base64Encode(crypto::AsBytes("您好\r\n.a line that starts with a dot\r\nGoodbye"));
  EXPECT_THAT(ReplaceAll(mime, "\r\n", ""), HasSubstr(encoded));
  EXPECT_THAT(mime, EndsWith("--\r\n"));
  message.html.clear();
  EXPECT_THAT(BuildMime(Configured(""), message, kClock.Now()).value(),
              AllOf(Not(HasSubstr("multipart")), HasSubstr("\r\nContent-Type: text/plain; charset=utf-8\r\n")));
}

TEST(Mime, NobodyCanInjectAHeader) {
  auto const key = [](Message const& message) {
    auto const mime = BuildMime(Configured(""), message, kClock.Now());
    return mime ? "" : mime.error().key;
  };
  for (std::string const evil : {"x\r\nBcc: everybody@example.com", "x\nBcc: y", "x\rBcc: y", "x\x01", "\xFF"}) {
    auto message = Invitation();
    message.subject = evil;
    EXPECT_EQ(key(message), "mail.bad_header");
    message = Invitation();
    message.to_name = evil;
    EXPECT_EQ(key(message), "mail.bad_header");
    message = Invitation();
    message.id = evil;
    EXPECT_EQ(key(message), "mail.bad_header");
    message = Invitation();
    message.to = "a@example.org" + evil;
    EXPECT_EQ(key(message), "mail.bad_address");
  }
}

TEST(Mime, Addresses) {
  for (auto const* good : {"a@b", "first.last+tag@mail.example.com", "x_1-2@example.co"})
    EXPECT_TRUE(IsMailAddress(good)) << good;
  for (auto const* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b>", "<a@b", "a@b,c@d", "张@b", "a@例子",
                          "a@.b", "a@b.", "a@b..c", "\"a\"@b", "-a@b"})
    EXPECT_FALSE(IsMailAddress(bad)) << bad;
}

TEST(Smtp, DeliversTheMessage) {
  FakeSmtp server;
  auto const sender = MakeMailSender(Configured("smtp://" + server.Address()), kClock);
  auto const sent = sender->Send(Invitation());
  ASSERT_TRUE(sent) << sent.error().key;
  EXPECT_THAT(server.Commands(), AllOf(Contains(StartsWith("MAIL FROM:<bole@example.com>")),
                                       Contains(StartsWith("RCPT TO:<candidate@example.org>"))));
  ASSERT_EQ(server.Bodies().size(), 1U);
  EXPECT_EQ(server.Bodies()[0], BuildMime(Configured(""), Invitation(), kClock.Now()).value());
  EXPECT_TRUE(sender->Send(Invitation())) << "a sender serves many messages";
}

TEST(Smtp, SignsIn) {
  FakeSmtp server;
  auto config = Configured("smtp://" + server.Address());
  config.user = "user";
  config.password = "pass";
  ASSERT_TRUE(MakeMailSender(config, kClock)->Send(Invitation()));
  EXPECT_THAT(server.Commands(), Contains("AUTH PLAIN"));
}

TEST(Smtp, WhatIsFinalAndWhatIsNot) {
  struct Case {
    std::string verb, reply;
    ErrorCode code;
    std::string key;
  };
  for (auto const& [verb, reply, code, key] : std::vector<Case>{
           {"RCPT", "550 5.1.1 no such user", ErrorCode::kInvalid, "mail.rejected"},
           {"MAIL", "553 sender refused", ErrorCode::kInvalid, "mail.rejected"},
           {"DATA", "554 no", ErrorCode::kInvalid, "mail.rejected"},
           {"BODY", "552 5.3.4 too big", ErrorCode::kInvalid, "mail.rejected"},
           {"RCPT", "451 4.7.1 greylisted", ErrorCode::kUnavailable, "mail.deferred"},
           {"BODY", "452 4.3.1 disk full", ErrorCode::kUnavailable, "mail.deferred"},
           {"CONNECT", "421 busy", ErrorCode::kUnavailable, "mail.deferred"},
           {"CONNECT", "554 not for you", ErrorCode::kUnavailable, "mail.deferred"},
           {"AUTH", "535 5.7.8 wrong", ErrorCode::kUnavailable, "mail.login_failed"},
           {"MAIL", "530 5.7.0 sign in first", ErrorCode::kUnavailable, "mail.login_failed"},
           {"BODY", "CLOSE", ErrorCode::kUnavailable, "mail.unreachable"},
           {"CONNECT", "CLOSE", ErrorCode::kUnavailable, "mail.unreachable"},
       }) {
    FakeSmtp server(Replies{{verb, reply}});
    auto config = Configured("smtp://" + server.Address());
    if (verb == "AUTH") config.user = "user", config.password = "pass";
    auto const sent = MakeMailSender(config, kClock)->Send(Invitation());
    ASSERT_FALSE(sent) << verb << reply;
    EXPECT_EQ(sent.error().code, code) << verb << " " << reply;
    EXPECT_EQ(sent.error().key, key) << verb << " " << reply;
    auto const& params = sent.error().params;
    bool const told = key == "mail.rejected" || key == "mail.deferred";
    EXPECT_EQ(told ? params.at("reply") : reply, reply);
  }
}

TEST(Smtp, NobodyThereOrNoAnswer) {
  std::string address;
  {
    FakeSmtp gone;
    address = gone.Address();
  }
  EXPECT_EQ(MakeMailSender(Configured("smtp://" + address), kClock)->Send(Invitation()).error().key,
            "mail.unreachable");
  FakeSmtp silent(Replies{{"EHLO", ""}});
  auto config = Configured("smtp://" + silent.Address());
  config.timeout_seconds = 1;
  EXPECT_EQ(MakeMailSender(config, kClock)->Send(Invitation()).error().key, "mail.unreachable");
}

TEST(Smtp, ThePasswordIsNotSentInTheClearWhenEncryptionIsRequired) {
  FakeSmtp server;
  auto config = Configured("smtp://" + server.Address());
  config.user = "user", config.password = "pass", config.require_tls = true;
  EXPECT_EQ(MakeMailSender(config, kClock)->Send(Invitation()).error().key, "mail.tls_failed");
  EXPECT_THAT(server.Commands(), Not(Contains(StartsWith("AUTH"))));
}

TEST(Smtp, WithoutAServerItSaysSo) {
  auto const sent = MakeMailSender(Configured(""), kClock)->Send(Invitation());
  EXPECT_EQ(sent.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(sent.error().key, "mail.not_configured");
}

}  // namespace
}  // namespace bole::mail
