#include "platform/http/server.hpp"

#include <gmock/gmock.h>

#include "platform/http/test_client.hpp"

namespace bole::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::Answer;
using testing_support::Client;
using testing_support::kSigned;
using testing_support::TestServer;

enum class Color { red, green };
BOOST_DESCRIBE_ENUM(Color, red, green)
struct JobView {
  std::string id;
  std::string name;
  int weight = 0;
  BOOST_DESCRIBE_CLASS(JobView, (), (id, name, weight), (), ())
};
struct CreateJob {
  std::string name;
  int weight = 0;
  std::vector<std::string> tags;
  BOOST_DESCRIBE_CLASS(CreateJob, (), (name, weight, tags), (), ())
};
struct JobQuery {
  std::optional<std::string> q;
  int limit = 50;
  std::vector<std::string> tag;
  std::optional<Color> color;
  bool active = true;
  BOOST_DESCRIBE_CLASS(JobQuery, (), (q, limit, tag, color, active), (), ())
};

}  // namespace
}  // namespace bole::http
namespace bole {
template <>
inline constexpr auto kRules<http::CreateJob> =
    std::tuple{Field<&http::CreateJob::name>{{.min_length = 1, .max_length = 20}},
               Field<&http::CreateJob::weight>{{.min = 0, .max = 100}}};
template <>
inline constexpr auto kRules<http::JobQuery> =
    std::tuple{Field<&http::JobQuery::limit>{{.doc = "How many", .min = 1, .max = 200}}};
}  // namespace bole
namespace bole::http {
namespace {

class MemoryIdempotency final : public IdempotencyStore {
 public:
  Result<Claim> Begin(IdempotencyKey const& key) override {
    std::lock_guard const lock(mutex_);
    auto const [entry, fresh] =
        entries_.try_emplace(key.principal + key.route + key.key, key.fingerprint, std::nullopt);
    if (fresh) return Claim{};
    if (entry->second.first != key.fingerprint) return Claim{State::kMismatch};
    if (!entry->second.second) return Claim{State::kBusy};
    return Claim{State::kReplay, entry->second.second};
  }
  Result<> Finish(IdempotencyKey const& key, StoredResponse const& response) override {
    std::lock_guard const lock(mutex_);
    entries_[key.principal + key.route + key.key].second = response;
    return {};
  }
  void Abandon(IdempotencyKey const& key) override {
    std::lock_guard const lock(mutex_);
    entries_.erase(key.principal + key.route + key.key);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::pair<std::string, std::optional<StoredResponse>>> entries_;
};

class ServerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto& routes = s.routes;
    routes.Get<JobView>("/jobs/{id}", {.permission = "job.read", .tag = "jobs", .summary = "One job"},
                        [](Request const& request) -> Result<JobView> {
                          if (request.Param("id") == "none") return NotFound("route");
                          return JobView{request.Param("id"), "名字", 3};
                        });
    routes.Get<JobQuery, Page<JobView>>("/jobs", {.permission = "job.read", .tag = "jobs", .summary = "Jobs"},
                                        [](Request const&, JobQuery const& query) -> Result<Page<JobView>> {
                                          Page<JobView> page;
                                          for (auto const& tag : query.tag)
                                            page.items.push_back({tag, query.q.value_or("-"), query.limit});
                                          page.total = query.active ? 1 : 0;
                                          return page;
                                        });
    routes.Post<CreateJob, JobView>("/jobs", {.permission = "job.write", .tag = "jobs", .status = 201},
                                    [this](Request const&, CreateJob const& input) -> Result<JobView> {
                                      return JobView{std::to_string(++made), input.name, input.weight};
                                    });
    routes.Post<NoBody, NoContent>("/jobs/{id}/archive", {.permission = "job.write"},
                                   [](Request const&) -> Result<> { return {}; });
    routes.Post<NoBody, JobView>(
        "/session", {.permission = "public", .rate_class = "sign_in"}, [](Request const&) -> Result<Reply<JobView>> {
          return Reply<JobView>{.value = {}, .cookies = {{.name = "bole_session", .value = "x"}}};
        });
    routes.Delete<NoContent>("/jobs/{id}", {.permission = "job.write"}, [](Request const&) -> Result<NoContent> {
      throw std::runtime_error("the handler broke");
    });
    routes.Raw(
        Method::kPut, "/pieces/{n}", {.permission = "candidate", .max_body = 100'000}, {.consumes = {"video/*"}},
        [](Request const& request) -> Result<Response> { return Response::Json(std::to_string(request.body.size())); });
    routes.Raw(Method::kPost, "/files", {.permission = "file.write|job.write", .max_body = 8 * kDefaultMaxBody},
               {.consumes = {"video/*"}}, [](Request const& request) -> Result<Response> {
                 return Response::Json(std::to_string(request.body.size()));
               });
    routes.Get<JobView>("/candidate/me", {.permission = "candidate"}, [](Request const& request) -> Result<JobView> {
      return JobView{request.who().id, "", 0};
    });
    routes.Get<JobView>("/person/me", {.permission = "person"}, [](Request const& request) -> Result<JobView> {
      return JobView{request.who().id, "", 0};
    });
    routes.Raw(Method::kGet, "/big", {.permission = "public"}, {.produces = {"application/json"}},
               [](Request const&) -> Result<Response> { return Response::Json("\"" + std::string(5000, 'x') + "\""); });
    s.options.rate_limits["sign_in"] = {0.001, 3};
    s.idempotency = std::make_shared<MemoryIdempotency>();
    s.Start();
  }
  Answer Get(std::string const& target, std::string const& headers = kSigned) {
    return Client(s.port()).Get(target, headers);
  }
  Answer Post(std::string const& target, std::string const& body, std::string const& extra = {}) {
    return Client(s.port()).Write("POST", target, body,
                                  "Cookie: bole_session=job.write\r\nContent-Type: application/json\r\n"
                                  "X-Bole-Client: console\r\n" +
                                      extra);
  }
  static std::string Code(Answer const& answer) { return std::string(answer.Json().at("code").as_string()); }

  int made = 0;
  TestServer s;
};

// What may be large is not read from somebody who may not send it.
TEST_F(ServerTest, ALargeBodyIsReadOnlyFromWhoMaySendIt) {
  std::string const head =
      "POST /api/v1/files HTTP/1.1\r\nHost: x\r\nContent-Type: video/webm\r\nContent-Length: 5000000\r\n";
  auto const asked = [&](std::string const& headers) {
    Client client(s.port());
    auto const answer = client.Ask(head + headers + "\r\n");  // and not one byte of the body
    EXPECT_TRUE(answer.status == 100 || client.AtEnd()) << "closed: what follows is no request";
    return answer;
  };
  std::string const expect = "Expect: 100-continue\r\n", console = "X-Bole-Client: console\r\n";
  EXPECT_EQ(Code(asked(console + expect)), "session.required");
  EXPECT_EQ(Code(asked(console + kSigned)), "forbidden");
  EXPECT_EQ(Code(asked("Cookie: bole_session=job.write\r\n" + expect)), "csrf.missing_header");
  EXPECT_EQ(asked("Cookie: bole_session=job.write\r\n" + console + expect).status, 100);
  EXPECT_EQ(s.refusals, (std::vector<std::string>{"/api/v1/files forbidden", "/api/v1/files csrf.missing_header"}))
      << "what somebody known may not do is told, the rest is not";

  std::string const body(3'000'000, 'x');
  for (auto const* permission : {"file.write", "job.write"}) {
    auto const sent = Client(s.port()).Write(
        "POST", "/api/v1/files", body,
        "Content-Type: video/webm\r\nCookie: bole_session=" + std::string(permission) + "\r\n" + console);
    EXPECT_EQ(sent.body, "3000000") << permission;
  }
}

TEST_F(ServerTest, AnswersTypedRoutes) {
  auto const one = Get("/api/v1/jobs/a%20b");
  EXPECT_EQ(one.status, 200);
  EXPECT_EQ(one.body, R"({"id":"a b","name":"名字","weight":3})");
  EXPECT_EQ(one.headers.at("content-type"), "application/json");
  EXPECT_EQ(one.headers.at("cache-control"), "no-store");
  EXPECT_EQ(one.headers.at("x-content-type-options"), "nosniff");
  auto const list = Get("/api/v1/jobs?q=%E5%BC%A0&limit=7&tag=a,b&tag=c&color=green&active=false");
  EXPECT_EQ(list.status, 200) << list.body;
  EXPECT_EQ(list.Json().at("items").as_array().size(), 3U);
  EXPECT_EQ(list.Json().at("items").at(2).at("weight"), 7);
  EXPECT_EQ(list.Json().at("total"), 0);
  auto const created = Post("/api/v1/jobs", R"({"name":"x","tags":[]})");
  EXPECT_EQ(created.status, 201) << created.body;
  auto const archived = Post("/api/v1/jobs/1/archive", "");
  EXPECT_EQ(archived.status, 204);
  EXPECT_FALSE(archived.headers.contains("content-length"));
}

TEST_F(ServerTest, NamesEveryBrokenField) {
  auto const body = Post("/api/v1/jobs", R"({"name":"","weight":101,"tags":[1],"extra":0})");
  EXPECT_EQ(body.status, 422);
  EXPECT_EQ(body.headers.at("content-type"), "application/problem+json");
  std::set<std::string> found;
  auto const problem = body.Json();
  for (auto const& item : problem.at("errors").as_array()) {
    found.insert(std::string(item.at("pointer").as_string()) + " " + std::string(item.at("code").as_string()));
    EXPECT_FALSE(item.at("message").as_string().empty());
  }
  EXPECT_EQ(found,
            (std::set<std::string>{"/name required", "/weight out_of_range", "/tags/0 wrong_type", "/extra unknown"}));
  auto const query = Get("/api/v1/jobs?limit=0&nonsense=1&color=blue");
  EXPECT_EQ(query.status, 422);
  EXPECT_THAT(query.body, HasSubstr(R"("pointer":"/nonsense","code":"unknown")"));
  EXPECT_EQ(Get("/api/v1/jobs?limit=abc").status, 422);
  EXPECT_EQ(Get("/api/v1/jobs?limit=1&limit=2").status, 422);
  EXPECT_EQ(Get("/api/v1/jobs?limit=201").status, 422);
}

TEST_F(ServerTest, SpeaksTheLanguageOfTheRequest) {
  auto const zh = Get("/api/v1/jobs/none", kSigned + "Accept-Language: zh\r\n");
  auto const en = Get("/api/v1/jobs/none", kSigned + "Accept-Language: zh\r\nX-Bole-Locale: en-US\r\n");
  EXPECT_EQ(zh.status, 404);
  EXPECT_EQ(zh.Json().at("title"), "没有找到");
  EXPECT_EQ(en.Json().at("title"), "Not found");
  EXPECT_EQ(en.headers.at("content-language"), "en-US");
  EXPECT_EQ(en.Json().at("request_id"), json::value(en.headers.at("x-request-id")));
  EXPECT_EQ(en.Json().at("params").at("what"), "route");
}

TEST_F(ServerTest, RefusesBrokenBodies) {
  auto const broken = Post("/api/v1/jobs", R"({"name": )");
  EXPECT_EQ(broken.status, 400);
  EXPECT_EQ(Code(broken), "json.malformed");
  EXPECT_TRUE(broken.Json().at("params").as_object().contains("position"));
  EXPECT_EQ(Post("/api/v1/jobs", "").status, 400);
  EXPECT_EQ(Code(Post("/api/v1/jobs", std::string(40, '[') + std::string(40, ']'))), "json.too_deep");
  auto const large = Post("/api/v1/jobs", "\"" + std::string(2'000'000, 'x') + "\"");
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.Json().at("params").at("max_bytes"), "1048576");
  auto const type = Client(s.port()).Write(
      "POST", "/api/v1/jobs", "{}",
      "Cookie: bole_session=job.write\r\nContent-Type: text/plain\r\nX-Bole-Client: console\r\n");
  EXPECT_EQ(type.status, 415);
}

TEST_F(ServerTest, KnowsPathsAndMethods) {
  EXPECT_EQ(Get("/api/v1/nothing").status, 404);
  EXPECT_EQ(Get("/api").status, 404);
  auto const wrong = Client(s.port()).Write("PUT", "/api/v1/jobs", "{}");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.at("allow"), "GET, HEAD, POST");
  EXPECT_EQ(Client(s.port()).Ask("BREW /api/v1/jobs HTTP/1.1\r\nHost: x\r\n\r\n").status, 405);
  auto const head = Client(s.port()).Ask("HEAD /api/v1/jobs/1 HTTP/1.1\r\nHost: x\r\n" + kSigned + "\r\n", true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(Get("/api/v1/jobs/1").body.size()));
}

TEST_F(ServerTest, ChecksWhoAsks) {
  EXPECT_EQ(Get("/api/v1/jobs", "").status, 401);
  EXPECT_EQ(Get("/api/v1/jobs", "Cookie: bole_session=ended\r\n").status, 401);
  auto const other = Get("/api/v1/jobs", "Cookie: bole_session=org.read\r\n");
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(Code(other), "forbidden");
  EXPECT_EQ(Get("/api/v1/jobs", "Cookie: bole_candidate=7\r\n").status, 401);
  EXPECT_EQ(Get("/api/v1/candidate/me", kSigned).status, 401);
  auto const both = Get("/api/v1/candidate/me", "Cookie: bole_session=job.read; bole_candidate=7\r\n");
  EXPECT_EQ(both.Json().at("id"), "7");
  for (auto const* other_kind : {"bole_candidate=7", "bole_session=job.read"})
    EXPECT_EQ(Get("/api/v1/person/me", std::string("Cookie: ") + other_kind + "\r\n").status, 401) << other_kind;
  EXPECT_EQ(Get("/api/v1/person/me", "Cookie: bole_person=9\r\n").Json().at("id"), "9");
  for (auto const* path : {"/api/v1/jobs", "/api/v1/candidate/me"})
    EXPECT_EQ(Get(path, "Cookie: bole_person=9\r\n").status, 401) << path;
}

TEST_F(ServerTest, GuardsAgainstForgedRequests) {
  std::string const cookie = "Cookie: bole_session=job.write\r\nContent-Type: application/json\r\n";
  auto const forged = Client(s.port()).Write("POST", "/api/v1/jobs", R"({"name":"x"})", cookie);
  EXPECT_EQ(forged.status, 403);
  EXPECT_EQ(Code(forged), "csrf.missing_header");
  EXPECT_EQ(
      Client(s.port()).Write("POST", "/api/v1/jobs", R"({"name":"x"})", cookie + "X-Bole-Client: evil\r\n").status,
      403);
  EXPECT_EQ(made, 0);
}

TEST_F(ServerTest, LimitsRatesPerClass) {
  Client client(s.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.Write("POST", "/api/v1/session", "").status, 200);
  auto const refused = client.Write("POST", "/api/v1/session", "");
  EXPECT_EQ(refused.status, 429);
  EXPECT_GE(std::stoi(refused.headers.at("retry-after")), 1);
  EXPECT_EQ(Get("/api/v1/jobs").status, 200);
}

TEST_F(ServerTest, SetsCookiesSafely) {
  auto const answer = Client(s.port()).Write("POST", "/api/v1/session", "");
  EXPECT_EQ(answer.headers.at("set-cookie"), "bole_session=x; Path=/; HttpOnly; SameSite=Strict");
}

TEST_F(ServerTest, RepeatsAnswersForOneIdempotencyKey) {
  auto const first = Post("/api/v1/jobs", R"({"name":"x"})", "Idempotency-Key: k1\r\n");
  auto const again = Post("/api/v1/jobs", R"({"name":"x"})", "Idempotency-Key: k1\r\n");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(again.headers.at("idempotency-replayed"), "true");
  EXPECT_EQ(made, 1);
  EXPECT_EQ(Code(Post("/api/v1/jobs", R"({"name":"y"})", "Idempotency-Key: k1\r\n")), "idempotency.other_request");
  EXPECT_EQ(Code(Post("/api/v1/jobs", R"({"name":"x"})", "Idempotency-Key: " + std::string(101, 'k') + "\r\n")),
            "idempotency.bad_key");
  EXPECT_EQ(Post("/api/v1/jobs", R"({"name":"x"})", "Idempotency-Key: k2\r\n").status, 201);
  EXPECT_EQ(made, 2);
}

TEST_F(ServerTest, CatchesExceptionsOnce) {
  auto const answer = Client(s.port()).Write("DELETE", "/api/v1/jobs/1", "",
                                             "Cookie: bole_session=job.write\r\nX-Bole-Client: console\r\n");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(Code(answer), "internal");
  EXPECT_THAT(answer.body, Not(HasSubstr("the handler broke")));
  std::lock_guard const lock(s.mutex);
  EXPECT_EQ(s.failures, std::vector<std::string>{"the handler broke"});
}

TEST_F(ServerTest, TakesUploadsOfTheRightKind) {
  std::string const headers = "Cookie: bole_candidate=7\r\nX-Bole-Client: candidate\r\n";
  Client client(s.port());
  std::string const piece(90'000, '\x1a');
  EXPECT_EQ(client.Write("PUT", "/api/v1/pieces/1", piece, headers + "Content-Type: video/webm;codecs=vp8\r\n").body,
            "90000");
  EXPECT_EQ(client.Write("PUT", "/api/v1/pieces/1", piece, headers + "Content-Type: image/png\r\n").status, 415);
  EXPECT_EQ(client
                .Ask("PUT /api/v1/pieces/2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" + headers +
                     "Content-Type: video/mp4\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
                .body,
            "11");
  auto const waits =
      client.Ask("PUT /api/v1/pieces/3 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n" + headers +
                 "Content-Type: video/mp4\r\n\r\n");
  EXPECT_EQ(waits.status, 100);
  EXPECT_EQ(client.Ask("abc").body, "3");
}

TEST_F(ServerTest, PacksLargeJson) {
  auto const packed = Get("/api/v1/big", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_EQ(Get("/api/v1/big").body.size(), 5002U);
}

TEST_F(ServerTest, ReportsHealthAndMetrics) {
  EXPECT_EQ(Get("/healthz").body, "ok\n");
  s.readiness.Add("fine", [] { return Result<>(); });
  EXPECT_EQ(Get("/readyz").status, 200);
  s.readiness.Add("database", []() -> Result<> { return Fail(ErrorCode::kUnavailable, "database.unreachable"); });
  auto const not_ready = Get("/readyz");
  EXPECT_EQ(not_ready.status, 503);
  EXPECT_EQ(not_ready.Json().at("checks").at("database"), "database.unreachable");
  EXPECT_EQ(Get("/api/v1/jobs/secret-token").status, 200);
  auto const text = Get("/metrics").body;
  EXPECT_THAT(text, HasSubstr(R"(bole_http_requests_total{method="GET",route="/api/v1/jobs/{id}",status="200"} 1)"));
  EXPECT_THAT(text, HasSubstr("bole_http_requests_in_flight 1"));
  EXPECT_THAT(text, Not(HasSubstr("secret-token")));
}

TEST_F(ServerTest, LogsTemplatesNotPaths) {
  EXPECT_EQ(Get("/api/v1/jobs?secret=secret-token").status, 422);
  EXPECT_EQ(Get("/api/v1/jobs/secret-token").status, 200);
  s.server->Stop();
  std::lock_guard const lock(s.mutex);
  ASSERT_EQ(s.records.size(), 2U);
  EXPECT_EQ(s.records[1].route, "/api/v1/jobs/{id}");
  EXPECT_EQ(s.records[1].principal_kind, "user");
  for (auto const& record : s.records)
    EXPECT_THAT(record.route + record.error_key + record.principal_id, Not(HasSubstr("secret")));
}

TEST_F(ServerTest, DescribesEveryRoute) {
  auto const answer = Get("/api/v1/openapi.json");
  ASSERT_EQ(answer.status, 200);
  auto const document = answer.Json();
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  for (auto const& route : s.routes.all()) {
    auto const& operation = document.at("paths").at(route.pattern).at(AsciiLower(MethodName(route.method)));
    EXPECT_EQ(operation.at("operationId").as_string(), route.doc.operation_id);
    auto const& responses = operation.at("responses").as_object();
    EXPECT_FALSE(responses.contains("default"));  // which would allow any status
    EXPECT_FALSE(responses.contains("500"));
    EXPECT_EQ(responses.contains("401"), route.doc.permission != "public" || route.method != Method::kGet);
  }
  auto const& schemas = document.at("components").at("schemas").as_object();
  EXPECT_TRUE(schemas.contains("JobView"));
  EXPECT_TRUE(schemas.contains("CreateJob"));
  EXPECT_TRUE(schemas.contains("Problem"));
  // every reference leads somewhere
  auto const text = answer.body;
  for (std::size_t at = 0; (at = text.find("\"#/components/", at)) != std::string::npos; ++at) {
    auto const pointer = text.substr(at + 2, text.find('"', at + 1) - at - 2);
    json::error_code error;
    EXPECT_NE(document.find_pointer(pointer, error), nullptr) << pointer;
  }
  auto const statuses = [&](std::string const& path, std::string const& method) {
    std::string out;
    for (auto const& response : document.at("paths").at("/api/v1" + path).at(method).at("responses").as_object())
      out += std::string(out.empty() ? "" : " ") + std::string(response.key());
    return out;
  };
  EXPECT_EQ(statuses("/jobs", "get"), "200 400 401 403 404 422 429 431 503");
  EXPECT_EQ(statuses("/jobs", "post"), "201 400 401 403 404 409 413 415 422 429 431 503 507");
  auto const& list = document.at("paths").at("/api/v1/jobs").at("get").at("parameters").as_array();
  EXPECT_EQ(list.size(), 5U);
  EXPECT_EQ(OpenApiText(s.routes), OpenApiText(s.routes));
  EXPECT_EQ(Get("/api/v1/openapi.json", "If-None-Match: " + answer.headers.at("etag") + "\r\n").status, 304);
}

}  // namespace
}  // namespace bole::http
