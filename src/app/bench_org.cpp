#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <map>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "modules/org/api.hpp"

// The tree of a large group over HTTP.
namespace bole::app::bench {
namespace {

using std::chrono::steady_clock;

constexpr int kReads = 60, kMoves = 10;
constexpr int kWidth = 100;  // outlets below one unit

struct Tree {
  std::string branch;  // what bj.hr sees, a tenth of all units
  std::string here, there;
  std::int64_t nodes = 0;
};

Result<std::string> Add(org::Api& org, std::string const& parent, std::string const& code) {
  BOLE_ASSIGN(auto const made,
              org.CreateNode(Principal::System("bole bench"),
                             {parent, code, "机构" + code, code, org::OrgKind::outlet, "", "Asia/Shanghai", "zh-CN"}));
  return made.id;
}

// Units in hundreds, a tenth of them below the branch of bj.hr.
Result<Tree> Fill(Site::Inside& inside, int nodes) {
  auto& org = *inside.modules->org;
  auto& database = *inside.platform->database;
  Tree out;
  auto const root = database.Read([&](db::Tx& tx) { return org.Root(tx); });
  out.branch = *database.Read([](db::Tx& tx) {
    return tx.Scalar<std::string>({"bench.branch", "SELECT id FROM org_node WHERE code = ?"}, std::string("BJ"));
  });
  BOLE_ASSIGN(out.here, Add(org, root->id, "HERE"));
  BOLE_ASSIGN(out.there, Add(org, root->id, "THERE"));
  std::string group;
  for (int i = 0; i < nodes; ++i) {
    if (i % kWidth == 0) {
      auto const& above = i < nodes / 10 ? out.branch : out.here;
      BOLE_ASSIGN(group, Add(org, above, fmt::format("G{}", i)));
    } else {
      BOLE_TRY(Add(org, group, fmt::format("U{}", i)));
    }
    if (i % 1000 == 0) std::cerr << fmt::format("\r{} of {} units", i, nodes) << std::flush;
  }
  std::cerr << "\n";
  out.nodes = *database.Read([](db::Tx& tx) {
    return tx.Scalar<std::int64_t>({"bench.count", "SELECT COUNT(*) FROM org_node"});
  });
  return out;
}

Result<double> Timed(Client& client, std::string const& method, std::string const& target, std::string const& body,
                     int status) {
  auto const began = steady_clock::now();
  auto const answer = client.Ask(method, target, body);
  auto const took = std::chrono::duration<double, std::milli>(steady_clock::now() - began).count();
  if (answer.status != status)
    return Fail(ErrorCode::kInternal, "bench.unexpected",
                {{"status", std::to_string(answer.status)}, {"body", answer.body.substr(0, 500)}});
  return took;
}

Result<json::object> Measure(int nodes, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  Tree tree;
  std::unique_ptr<Platform> platform;
  auto const began = steady_clock::now();
  {
    BOLE_ASSIGN(auto inside, site->Open());
    BOLE_ASSIGN(tree, Fill(inside, nodes));
    inside.modules.reset();
    platform = std::move(inside.platform);
  }
  auto const filled = std::chrono::duration<double>(steady_clock::now() - began).count();
  BOLE_ASSIGN(auto const server, site->Serve());
  BOLE_ASSIGN(auto const group_cookie, SignIn(*platform, server.port, "hq.hr"));
  BOLE_ASSIGN(auto const branch_cookie, SignIn(*platform, server.port, "bj.hr"));
  Client group(server.port, {{"Cookie", group_cookie}, {"X-Bole-Client", "console"}});
  Client branch(server.port, {{"Cookie", branch_cookie}, {"X-Bole-Client", "console"}});
  std::vector<double> whole, scoped, as_of, moves;
  for (int i = 0; i < kReads; ++i) {
    BOLE_ASSIGN(auto const all, Timed(group, "GET", "/api/v1/org/nodes", "", 200));
    BOLE_ASSIGN(auto const some, Timed(branch, "GET", "/api/v1/org/nodes", "", 200));
    BOLE_ASSIGN(auto const then, Timed(group, "GET", "/api/v1/org/nodes?as_of=2099-01-01", "", 200));
    whole.push_back(all), scoped.push_back(some), as_of.push_back(then);
  }
  for (int i = 0; i < kMoves; ++i) {
    json::object const move{
        {"kind", "move"}, {"node_id", tree.branch}, {"target_id", i % 2 == 0 ? tree.there : tree.here}};
    BOLE_ASSIGN(auto const took, Timed(group, "POST", "/api/v1/org/changes", json::serialize(move), 201));
    moves.push_back(took);
  }
  return json::object{{"nodes", tree.nodes},
                      {"tree_ms_p50", Rounded(Percentile(whole, 0.5))},
                      {"tree_ms_p99", Rounded(Percentile(whole, 0.99))},
                      {"scoped_tree_ms_p99", Rounded(Percentile(scoped, 0.99))},
                      {"as_of_tree_ms_p99", Rounded(Percentile(as_of, 0.99))},
                      {"move_ms", Rounded(Percentile(moves, 0.5))},
                      {"moved_nodes", nodes / 10 + 3},
                      {"fill_seconds", Rounded(filled, 1)}};
}

}  // namespace

int RunOrg(int nodes, std::string const& config_file) {
  auto figures = Measure(nodes, config_file);
  return figures ? Print("org", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
