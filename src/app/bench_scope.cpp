#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "app/bench.hpp"
#include "app/bench_pool.hpp"
#include "modules/identity/api.hpp"
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

Result<http::Handler> ListRoute(Platform& platform) {
  for (auto const& route : platform.routes.all())
    if (route.method == http::Method::kGet && route.pattern == "/api/v1/candidates") return route.handler;
  return NotFound("route");
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

Result<json::object> Measure(ScopeOptions const& options, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  BOLE_ASSIGN(auto inside, site->Open());
  BOLE_TRY(FillPool(inside, options.rows));
  BOLE_ASSIGN(auto const list, ListRoute(*inside.platform));
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

  std::mt19937_64 random(11);
  for (int i = -options.requests / 10; i < options.requests; ++i) {  // the first tenth fills caches
    auto const query = ListQuery(random());
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
  json::object means;
  double bare = 0, worst = 0, p99 = 0;
  auto const mean = [](Asker const& asker) {
    double sum = 0;
    for (auto const ms : asker.ms) sum += ms;
    return sum / static_cast<double>(asker.ms.size());
  };
  for (auto& asker : askers) {
    means[asker.name] = Rounded(mean(asker), 3);
    if (asker.name == "nobody") {
      bare = mean(asker);
    } else {
      worst = std::max(worst, mean(asker));
      p99 = std::max(p99, Percentile(asker.ms, 0.99));
    }
  }
  return json::object{{"overhead_percent", Rounded((worst / bare - 1) * 100, 1)},
                      {"list_p99_ms", Rounded(p99)},
                      {"mean_ms", std::move(means)},
                      {"candidates", options.rows},
                      {"requests", options.requests}};
}

}  // namespace

int RunScope(ScopeOptions const& options, std::string const& config_file) {
  auto figures = Measure(options, config_file);
  return figures ? Print("scope", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
