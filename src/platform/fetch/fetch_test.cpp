#include "platform/fetch/fetch.hpp"

#include <gtest/gtest.h>

#include "platform/mail/fake_servers.hpp"

namespace bole::fetch {
namespace {

using mail::FakeHttp;

std::string Answer(std::string const& status, std::string const& body, std::string const& headers = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

TEST(Fetch, EncodesForms) {
  EXPECT_EQ(PercentEncode("a b/é~-._"), "a%20b%2F%C3%A9~-._");
  EXPECT_EQ(FormEncode({{"a", "1&2"}, {"b", ""}}), "a=1%262&b=");
}

TEST(Fetch, ReadsAndPosts) {
  FakeHttp server(Answer("200 OK", "{}"));
  auto const read = Send({.url = "http://" + server.Address() + "/x"});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status, 200);
  EXPECT_EQ(read->body, "{}");
  EXPECT_TRUE(server.Head().starts_with("GET /x HTTP/1.1\r\n"));
  ASSERT_TRUE(Send({.url = "http://" + server.Address() + "/t",
                    .form = {{"code", "a+b"}},
                    .basic_user = "me",
                    .basic_password = "secret"}));
  EXPECT_TRUE(server.Head().starts_with("POST /t HTTP/1.1\r\n"));
  EXPECT_EQ(server.Body(), "code=a%2Bb");
  EXPECT_EQ(server.Header("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(server.Header("Authorization"), "Basic bWU6c2VjcmV0");
}

TEST(Fetch, AStatusIsAnAnswerAndRedirectsAreNotFollowed) {
  FakeHttp refused(Answer("404 Not Found", "no"));
  EXPECT_EQ(Send({.url = "http://" + refused.Address()})->status, 404);
  FakeHttp moved(Answer("302 Found", "", "Location: http://127.0.0.1:1/\r\n"));
  EXPECT_EQ(Send({.url = "http://" + moved.Address()})->status, 302);
}

TEST(Fetch, TooMuchNobodyAndOtherProtocolsFail) {
  FakeHttp big(Answer("200 OK", std::string((1U << 20) + 1, 'x')));
  EXPECT_EQ(Send({.url = "http://" + big.Address()}).error().key, "fetch.failed");
  EXPECT_EQ(Send({.url = "http://127.0.0.1:1/"}).error().key, "fetch.failed");
  EXPECT_EQ(Send({.url = "file:///etc/passwd"}).error().key, "fetch.failed");
}

}  // namespace
}  // namespace bole::fetch
