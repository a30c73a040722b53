// The pieces that need no socket: addresses, ranges, router, limits, packing, the wire, the hub.
#include <gtest/gtest.h>
#include <zlib.h>

#include "platform/http/compress.hpp"
#include "platform/http/rate_limiter.hpp"
#include "platform/http/router.hpp"
#include "platform/http/url.hpp"
#include "platform/http/wire.hpp"

namespace bole::http {
namespace {

TEST(Url, DecodesAndRefusesBrokenEscapes) {
  EXPECT_EQ(PercentDecode("a%20b%E5%BC%A0"), "a b张");
  EXPECT_EQ(PercentDecode("a+b"), "a+b");
  EXPECT_EQ(PercentDecode("a+b", true), "a b");
  for (auto const* bad : {"%", "%2", "%zz", "%00", "%ff", "%C0%AF"}) EXPECT_FALSE(PercentDecode(bad)) << bad;
  EXPECT_EQ(PercentEncode("a b/张"), "a%20b%2F%E5%BC%A0");
}

TEST(Url, SplitsBeforeDecoding) {
  auto const target = ParseTarget("http://host/a%2Fb/c?x=1&y");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"a/b", "c"}));
  EXPECT_EQ(target->query, "x=1&y");
  EXPECT_FALSE(ParseTarget("a"));
  EXPECT_FALSE(ParseTarget("*"));
  EXPECT_FALSE(ParseTarget(""));
  EXPECT_EQ(ParseQuery("a=1&b=%26&&a=2&c"), (Pairs{{"a", "1"}, {"b", "&"}, {"a", "2"}, {"c", ""}}));
  EXPECT_FALSE(ParseQuery("a=%"));
}

TEST(RequestParts, ReadsCookiesAndTypes) {
  Request request;
  request.headers = {{"cookie", "a=1; bole_session=x=y;b"}, {"content-type", "Application/JSON; charset=utf-8"}};
  EXPECT_EQ(request.Cookie("bole_session"), "x=y");
  EXPECT_EQ(request.Cookie("a"), "1");
  EXPECT_EQ(request.Cookie("bole"), "");
  EXPECT_EQ(request.Cookie("b"), "");
  EXPECT_EQ(request.ContentType(), "application/json");
  EXPECT_THROW((void)request.Param("id"), std::out_of_range);
  EXPECT_EQ(request.who().kind, PrincipalKind::anonymous);
}

struct RangeCase {
  char const* header;
  int status;
  std::uint64_t first;
  std::uint64_t length;
};
class Ranges : public testing::TestWithParam<RangeCase> {};
TEST_P(Ranges, FollowRfc9110) {
  Request request;
  request.headers = {{"range", GetParam().header}};
  auto const source = MakeSource(100, [](std::uint64_t, std::size_t) { return Result<std::string>(""); });
  auto const response = ServeRange(request, source, "video/webm", "tag");
  EXPECT_EQ(response.status, GetParam().status) << GetParam().header;
  if (response.status == 416) {
    EXPECT_EQ(response.Header("Content-Range"), "bytes */100");
    return;
  }
  auto const& body = std::get<StreamBody>(response.body);
  EXPECT_EQ(body.offset, GetParam().first);
  EXPECT_EQ(body.length, GetParam().length);
}
INSTANTIATE_TEST_SUITE_P(All, Ranges,
                         testing::Values(RangeCase{"bytes=0-9", 206, 0, 10}, RangeCase{"bytes=90-", 206, 90, 10},
                                         RangeCase{"bytes=-5", 206, 95, 5}, RangeCase{"bytes=-500", 206, 0, 100},
                                         RangeCase{"bytes=50-1000", 206, 50, 50}, RangeCase{"bytes=100-", 416, 0, 0},
                                         RangeCase{"bytes=-0", 416, 0, 0}, RangeCase{"bytes=5-2", 200, 0, 100},
                                         RangeCase{"bytes=0-1,3-4", 200, 0, 100}, RangeCase{"bytes=a-b", 200, 0, 100},
                                         RangeCase{"bytes=-", 200, 0, 100}, RangeCase{"lines=0-9", 200, 0, 100},
                                         RangeCase{"bytes=99999999999999999999-", 200, 0, 100}));

TEST(RangesOf, ConditionalRequests) {
  auto const source = MakeSource(100, [](std::uint64_t, std::size_t) { return Result<std::string>(""); });
  auto const status = [&](Pairs headers) {
    Request request;
    request.headers = std::move(headers);
    return ServeRange(request, source, "video/webm", "tag").status;
  };
  EXPECT_EQ(status({{"if-none-match", "\"other\", W/\"tag\""}}), 304);
  EXPECT_EQ(status({{"if-none-match", "*"}}), 304);
  EXPECT_EQ(status({{"if-none-match", "\"other\""}}), 200);
  EXPECT_EQ(status({{"range", "bytes=0-1"}, {"if-range", "\"tag\""}}), 206);
  EXPECT_EQ(status({{"range", "bytes=0-1"}, {"if-range", "\"old\""}}), 200);
  EXPECT_EQ(status({{"range", "bytes=0-1"}, {"if-range", "W/\"tag\""}}), 200);  // weak tags never match a range
}

Route Make(Method method, std::string pattern) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  return route;
}

TEST(RouterTest, PrefersFixedTextAndKnowsOtherMethods) {
  std::vector<Route> const routes{Make(Method::kGet, "/a/{id}"),       Make(Method::kGet, "/a/new"),
                                  Make(Method::kPost, "/a/new"),       Make(Method::kPatch, "/a/{id}"),
                                  Make(Method::kGet, "/a/{id}/b/{n}"), Make(Method::kGet, "/f/{path*}")};
  Router const router(routes);
  auto const find = [&](Method method, std::string_view path) {
    return router.Find(method, ParseTarget(path)->segments);
  };
  EXPECT_EQ(find(Method::kGet, "/a/new").route, &routes[1]);
  EXPECT_EQ(find(Method::kHead, "/a/x").route, &routes[0]);
  EXPECT_EQ(find(Method::kPatch, "/a/new").route, &routes[3]);  // falls back to the parameter
  EXPECT_EQ(find(Method::kGet, "/a/1%2F2/b/7").params, (Pairs{{"id", "1/2"}, {"n", "7"}}));
  EXPECT_EQ(find(Method::kGet, "/f/x/y").params, (Pairs{{"path", "x/y"}}));
  auto const wrong = find(Method::kDelete, "/a/x");
  EXPECT_EQ(wrong.route, nullptr);
  EXPECT_EQ(wrong.allowed, (std::vector<Method>{Method::kGet, Method::kPatch}));
  for (auto const* path : {"/a", "/a/", "/a/x/", "/a//b/1", "/", "/A/new"}) {
    EXPECT_EQ(find(Method::kGet, path).route, nullptr) << path;
    EXPECT_TRUE(find(Method::kGet, path).allowed.empty()) << path;
  }
}

TEST(RoutesTest, RefuseDuplicatesAndMissingPermissions) {
  Routes routes;
  auto const handler = [](Request const&) -> Result<Response> { return Response::Text(""); };
  routes.Raw(Method::kGet, "/a/{id}", {.permission = "public"}, {}, handler);
  EXPECT_EQ(routes.all()[0].doc.operation_id, "get_a_by_id");
  EXPECT_THROW(routes.Raw(Method::kGet, "/a/{id}", {.permission = "public"}, {}, handler), std::logic_error);
  EXPECT_THROW(routes.Raw(Method::kGet, "/b", {}, {}, handler), std::logic_error);
  EXPECT_THROW(routes.Raw(Method::kGet, "b", {.permission = "public"}, {}, handler), std::logic_error);
}

TEST(RateLimiterTest, RefillsWithTime) {
  RateLimiter limiter({{"sign_in", {2, 3}}});
  RateLimiter::Time const start{};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Take("sign_in", "a", start), 0);
  EXPECT_DOUBLE_EQ(limiter.Take("sign_in", "a", start), 0.5);
  EXPECT_EQ(limiter.Take("sign_in", "b", start), 0);
  EXPECT_EQ(limiter.Take("other", "a", start), 0);
  EXPECT_EQ(limiter.Take("sign_in", "a", start + std::chrono::milliseconds(500)), 0);
  EXPECT_GT(limiter.Take("sign_in", "a", start + std::chrono::milliseconds(500)), 0);
}

TEST(RateLimiterTest, ForgetsAddressesThatCameBackToFull) {
  RateLimiter limiter({{"c", {1, 1}}});
  RateLimiter::Time now{};
  for (int i = 0; i < 200'000; ++i) {
    now += std::chrono::milliseconds(1);
    EXPECT_EQ(limiter.Take("c", std::to_string(i), now), 0);
  }
  EXPECT_LT(limiter.size(), 70'000U);
}

TEST(CompressTest, PacksOnlyWhatIsWorthItAndWanted) {
  EXPECT_TRUE(AcceptsGzip("deflate, gzip;q=0.5"));
  EXPECT_FALSE(AcceptsGzip("gzip;q=0, br"));
  EXPECT_FALSE(AcceptsGzip("br"));
  Request request;
  request.headers = {{"accept-encoding", "gzip"}};
  std::string const text(5000, 'x');
  auto response = Response::Json(text);
  Compress(request, response);
  EXPECT_EQ(response.Header("content-encoding"), "gzip");
  auto const& packed = std::get<std::string>(response.body);
  EXPECT_LT(packed.size(), 200U);
  std::string plain(6000, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(plain, text);
  auto small = Response::Json("{}");
  Compress(request, small);
  EXPECT_TRUE(small.Header("content-encoding").empty());
  auto video = Response::Download(text, "video/webm", "a.webm");
  Compress(request, video);
  EXPECT_TRUE(video.Header("content-encoding").empty());
}

TEST(Wire, DropsLineBreaksInHeaders) {
  Response response = Response::Text("x");
  response.Set("X-A", "1\r\nX-Evil: 2");
  response.cookies = {{.name = "s", .value = "v", .max_age = std::chrono::seconds(60)}, {.name = "gone", .value = ""}};
  auto const head = SerializeHead(response, {.length = 1, .secure = true});
  EXPECT_EQ(head.find("\r\nX-Evil"), std::string::npos);
  EXPECT_NE(head.find("Set-Cookie: s=v; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure\r\n"), std::string::npos);
  EXPECT_NE(head.find("Set-Cookie: gone=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure\r\n"),
            std::string::npos);
}

TEST(Wire, AttachmentNamesSurviveAnyLanguage) {
  auto const response = Response::Download("", "application/pdf", "报告 \"1\".pdf");
  EXPECT_EQ(response.Header("content-disposition"),
            "attachment; filename=\" _1_.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%221%22.pdf");
}

TEST(Wire, EventDataMayHaveLines) { EXPECT_EQ(EventText({"t", "n", "a\nb"}), "event: n\ndata: a\ndata: b\n\n"); }

TEST(Hub, FiltersAndClosesSlowListeners) {
  EventHub hub(2);
  auto const all = hub.Subscribe("t");
  auto const some = hub.Subscribe("t", [](Event const& event) { return event.scope == "/a/"; });
  int woken = 0;
  all->OnChange([&] { ++woken; });
  hub.Publish({"t", "n", "1", "/a/"});
  hub.Publish({"t", "n", "2", "/b/"});
  hub.Publish("other", "n", "3");
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(some->Next()->data, "1");
  EXPECT_FALSE(some->Next());
  hub.Publish({"t", "n", "4", "/a/"});
  EXPECT_TRUE(all->closed());  // the third one did not fit
  EXPECT_FALSE(some->closed());
  EXPECT_EQ(hub.subscribers("t"), 2U);
}

TEST(Hub, ForgetsWhoLeft) {
  EventHub hub;
  { auto const gone = hub.Subscribe("t"); }
  EXPECT_EQ(hub.subscribers("t"), 0U);
  hub.Publish("t", "n", "1");
}

}  // namespace
}  // namespace bole::http
