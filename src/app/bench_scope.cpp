#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "app/bench.hpp"
#include "app/bench_pool.hpp"
#include "modules/fields/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/org/api.hpp"
#include "platform/http/routes.hpp"

// What permission and scope cost a list: the same requests through the list's own route, without HTTP, asked by nobody
// in particular (no scope, no permission) and by people of headquarters, of a branch and of many nodes, in turns.
namespace bole::app::bench {
namespace {

using std::chrono::steady_clock;

constexpr char const* kUsers[] = {"hq.hr", "bj.hr"};

struct Asker {
  std::string name;
  std::shared_ptr<Principal const> principal;
  std::vector<double> ms{};
};

Result<http::Handler> RouteOf(Platform& platform, http::Method method, std::string const& pattern) {
  for (auto const& route : platform.routes.all())
    if (route.method == method && route.pattern == "/api/v1" + pattern) return route.handler;
  return NotFound("route");
}

constexpr char const* kDegrees[] = {"bachelor", "master", "doctor"};

// A field that HR added, with a value for seven of ten candidates: 4, 2 and 1 of them.
Result<> AddCustomField(Site::Inside& inside) {
  BOLE_ASSIGN(auto const create, RouteOf(*inside.platform, http::Method::kPost, "/fields"));
  auto& database = *inside.platform->database;
  auto const root = database.Read([&](db::Tx& tx) { return inside.modules->org->Root(tx); });
  if (!root) return NotFound("org_node");
  json::array options;
  for (auto const* degree : kDegrees) options.push_back({{"key", degree}, {"title_zh", degree}, {"title_en", degree}});
  http::Request request;
  request.principal = std::make_shared<Principal const>(Principal::System("bole bench"));
  request.headers = {{"content-type", "application/json"}};
  request.body = json::serialize(json::value{{"entity", "candidate"},
                                             {"org_id", root->id},
                                             {"key", "degree"},
                                             {"type", "choice"},
                                             {"title_zh", "学历"},
                                             {"title_en", "Degree"},
                                             {"options", options},
                                             {"filterable", true}});
  if (auto const made = create(request); !made) return tl::unexpected<Error>(made.error());
  return database.Write([&](db::Tx& tx) -> Result<> {
    char const* const shares[] = {"BETWEEN 0 AND 3", "BETWEEN 4 AND 5", "= 6"};
    for (std::size_t i = 0; i < std::size(kDegrees); ++i) {
      BOLE_ASSIGN(auto const filter,
                  inside.modules->fields->Filters(tx, Scope::Everything(), "candidate", {{"degree", kDegrees[i]}}));
      tx.Execute({"bench.values", std::string("INSERT INTO field_value (record_id, field_id, n, org_id, value, secret, "
                                              "masked, filter_key) SELECT id, ?, 0, org_id, ?, '', '', ? FROM "
                                              "candidate WHERE rowid % 10 ") +
                                      shares[i]},
                 filter.at(0).field_id, kDegrees[i], filter.at(0).from);
    }
    return {};
  });
}

http::Pairs ListQuery(std::uint64_t dice) {
  http::Pairs out{{"limit", "50"}};
  auto const pick = dice >> 8U;
  switch (dice % 5) {
    case 0:
      out.emplace_back("q", PoolName(pick).substr(0, 6));
      break;
    case 1:
      out.emplace_back("source", "campus");
      break;
    case 2:
      out.emplace_back("tag", PoolTag(pick));
      break;
    default:
      break;
  }
  return out;
}

// By the custom field, alone or with what lists are filtered by otherwise.
http::Pairs CustomQuery(std::uint64_t dice) {
  auto out = ListQuery(dice);
  out.emplace_back("custom.degree", kDegrees[(dice >> 40U) % std::size(kDegrees)]);
  return out;
}

// Each request by each asker, in turns; the first tenth fills caches and does not count.
Result<> AskAll(http::Handler const& list, std::vector<Asker>& askers, int requests,
                http::Pairs (*next)(std::uint64_t dice)) {
  std::mt19937_64 random(11);
  for (auto& asker : askers) asker.ms.clear();
  for (int i = -requests / 10; i < requests; ++i) {
    auto const query = next(random());
    std::rotate(askers.begin(), askers.begin() + 1, askers.end());
    for (auto& asker : askers) {
      http::Request request;
      request.path = request.route = "/api/v1/candidates";
      request.query = query, request.principal = asker.principal;
      auto const start = steady_clock::now();
      auto const answer = list(request);
      auto const took = std::chrono::duration<double, std::milli>(steady_clock::now() - start).count();
      if (!answer) return tl::unexpected<Error>(answer.error());
      if (i >= 0) asker.ms.push_back(took);
    }
  }
  std::sort(askers.begin(), askers.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  return {};
}

double Mean(Asker const& asker) {
  double sum = 0;
  for (auto const ms : asker.ms) sum += ms;
  return sum / static_cast<double>(asker.ms.size());
}

// Means by name, the slowest asker's p99, and how much the slowest mean lies above nobody's.
struct Summary {
  json::object means;
  double p99 = 0, overhead = 0;
};
Summary Summarise(std::vector<Asker>& askers) {
  Summary out;
  double bare = 0, worst = 0;
  for (auto& asker : askers) {
    out.means[asker.name] = Rounded(Mean(asker), 3);
    if (asker.name == "nobody") {
      bare = Mean(asker);
      continue;
    }
    worst = std::max(worst, Mean(asker));
    out.p99 = std::max(out.p99, Percentile(asker.ms, 0.99));
  }
  out.overhead = (worst / bare - 1) * 100;
  return out;
}

Result<json::object> Measure(ScopeOptions const& options, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  BOLE_ASSIGN(auto inside, site->Open());
  BOLE_TRY(FillPool(inside, options.rows));
  BOLE_TRY(AddCustomField(inside));
  BOLE_ASSIGN(auto const list, RouteOf(*inside.platform, http::Method::kGet, "/candidates"));
  std::vector<Asker> askers{{"nobody", std::make_shared<Principal const>(Principal::System("bole bench"))}};
  for (auto const* user : kUsers) {
    BOLE_ASSIGN(auto const principal, inside.modules->identity->PrincipalOf(user));
    askers.push_back({user, std::make_shared<Principal const>(principal)});
  }
  // The same rights granted node by node: the widest scope that is not the whole group.
  auto const paths = inside.platform->database->Read([](db::Tx& tx) {
    return tx.Fetch({"bench.paths", "SELECT path FROM org_node WHERE depth > 0 ORDER BY path"}, {}, {db::Kind::text});
  });
  Principal many = *askers.back().principal;
  auto const right = std::find_if(many.grants.begin(), many.grants.end(),
                                  [](auto const& grant) { return grant.permission == "candidate.read"; });
  if (right == many.grants.end()) return NotFound("user");
  for (auto grant = *right; auto const& path : paths) {
    grant.org_path = std::get<std::string>(path[0]);
    many.grants.push_back(grant);
  }
  askers.push_back({"many nodes", std::make_shared<Principal const>(std::move(many))});

  BOLE_TRY(AskAll(list, askers, options.requests, ListQuery));
  auto ordinary = Summarise(askers);
  BOLE_TRY(AskAll(list, askers, options.requests, CustomQuery));
  auto custom = Summarise(askers);
  return json::object{{"overhead_percent", Rounded(ordinary.overhead, 1)},
                      {"list_p99_ms", Rounded(ordinary.p99)},
                      {"mean_ms", std::move(ordinary.means)},
                      {"custom_filter_p99_ms", Rounded(custom.p99)},
                      {"custom_filter_mean_ms", std::move(custom.means)},
                      {"candidates", options.rows},
                      {"requests", options.requests}};
}

}  // namespace

int RunScope(ScopeOptions const& options, std::string const& config_file) {
  auto figures = Measure(options, config_file);
  return figures ? Print("scope", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
