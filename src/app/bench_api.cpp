#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "app/bench_pool.hpp"

// Lists and details of a large candidate pool, as one branch sees it.
namespace bole::app::bench {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr int kCeilingConnections = 32, kCeilingSeconds = 5;

struct Load {
  asio::io_context io{1};
  std::vector<std::string> details;
  std::vector<double> list_ms, detail_ms;
  std::int64_t errors = 0, answered = 0;
};

// What people do with a list: mostly its first page; names typed, filters chosen, the next page.
std::string ListTarget(std::uint64_t dice, std::string const& cursor) {
  std::string const base = "/api/v1/candidates?limit=50";
  auto const kind = dice % 100;
  auto const pick = dice >> 8U;
  auto const hex = [](std::string const& text) {
    std::string out;
    for (unsigned char const c : text) out += fmt::format("%{:02X}", c);
    return out;
  };
  if (kind < 45) return base;
  if (kind < 60) return cursor.empty() ? base : base + "&cursor=" + cursor;
  if (kind < 80) return base + "&q=" + hex(PoolName(pick).substr(0, 6));
  if (kind < 90) return base + "&source=campus";
  if (kind < 95) return base + "&tag=" + hex(PoolTag(pick));
  return base + "&q=" + fmt::format("1{:010}", 3'000'000'000 + pick % 10'000);
}

asio::awaitable<void> Work(Load& load, Connection connection, int first, int step, int total, double interval,
                           steady_clock::time_point start) {
  asio::steady_timer timer(load.io);
  std::mt19937_64 random(static_cast<std::uint64_t>(first) + 1);
  std::string cursor;
  for (int i = first; i < total; i += step) {
    auto const due =
        start + std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(i * interval));
    timer.expires_at(due);
    co_await timer.async_wait(asio::use_awaitable);
    auto const dice = random();
    bool const list = dice % 2 == 0;
    auto const target = list ? ListTarget(dice >> 4U, cursor)
                             : "/api/v1/candidates/" + load.details[(dice >> 4U) % load.details.size()];
    auto const answer = co_await connection.Ask("GET", target);
    auto const took = std::chrono::duration<double, std::milli>(steady_clock::now() - due).count();
    if (answer.status != 200) {
      ++load.errors;
      continue;
    }
    ++load.answered;
    (list ? load.list_ms : load.detail_ms).push_back(took);
    if (auto const at = answer.body.find("\"next_cursor\":\""); list && at != std::string::npos)
      cursor = answer.body.substr(at + 15, answer.body.find('"', at + 15) - at - 15);
  }
}

asio::awaitable<void> Hammer(Load& load, Connection connection, steady_clock::time_point end) {
  while (steady_clock::now() < end) {
    auto const answer = co_await connection.Ask("GET", "/healthz");
    answer.status == 200 ? ++load.answered : ++load.errors;
  }
}

Result<json::object> Measure(ApiOptions const& options, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  Load load;
  auto const began = steady_clock::now();
  std::unique_ptr<Platform> platform;
  {
    BOLE_ASSIGN(auto inside, site->Open());
    BOLE_ASSIGN(load.details, FillPool(inside, options.rows));
    inside.modules.reset();
    platform = std::move(inside.platform);
  }
  auto const filled = std::chrono::duration<double>(steady_clock::now() - began).count();
  BOLE_ASSIGN(auto const server, site->Serve());
  BOLE_ASSIGN(auto const cookie, SignIn(*platform, server.port, "bj.hr"));
  auto const run = [&](int seconds) {
    int const total = options.rps * seconds;
    auto const start = steady_clock::now() + std::chrono::milliseconds(200);
    for (int c = 0; c < options.connections; ++c)
      asio::co_spawn(load.io,
                     Work(load, Connection(load.io, server.port, {{"Cookie", cookie}}), c, options.connections, total,
                          1.0 / options.rps, start),
                     asio::detached);
    load.io.restart();
    load.io.run();
    return std::chrono::duration<double>(steady_clock::now() - start).count();
  };
  run(2);  // connections, caches
  load.list_ms.clear(), load.detail_ms.clear(), load.answered = load.errors = 0;
  auto const cpu_before = CpuSeconds(server.process->id());
  auto const seconds = run(options.seconds);
  auto const cpu = CpuSeconds(server.process->id()) - cpu_before;
  double const rps = static_cast<double>(load.answered) / seconds;
  auto const errors = load.errors;

  load.answered = 0;
  auto const end = steady_clock::now() + std::chrono::seconds(kCeilingSeconds);
  for (int c = 0; c < kCeilingConnections; ++c)
    asio::co_spawn(load.io, Hammer(load, Connection(load.io, server.port), end), asio::detached);
  load.io.restart();
  load.io.run();
  return json::object{{"list_p99_ms", Rounded(Percentile(load.list_ms, 0.99))},
                      {"detail_p99_ms", Rounded(Percentile(load.detail_ms, 0.99))},
                      {"rps", Rounded(rps, 1)},
                      {"ceiling_rps", Rounded(static_cast<double>(load.answered) / kCeilingSeconds, 0)},
                      {"list_p50_ms", Rounded(Percentile(load.list_ms, 0.5))},
                      {"detail_p50_ms", Rounded(Percentile(load.detail_ms, 0.5))},
                      {"candidates", options.rows},
                      {"errors", errors},
                      {"server_cores", Rounded(cpu / seconds)},
                      {"fill_seconds", Rounded(filled, 1)}};
}

}  // namespace

int RunApi(ApiOptions const& options, std::string const& config_file) {
  auto figures = Measure(options, config_file);
  return figures ? Print("api", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
