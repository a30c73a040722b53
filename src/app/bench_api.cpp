#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iostream>
#include <random>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "modules/org/api.hpp"
#include "modules/people/api.hpp"

// Lists and details of a large candidate pool, as one branch sees it.
namespace bole::app::bench {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::int64_t kOriginals = 50'000;  // written as the program writes them; the rest are copies under new ids
constexpr std::size_t kBatch = 10'000;
constexpr std::size_t kSample = 20'000;  // candidates whose details are opened
constexpr int kCeilingConnections = 32, kCeilingSeconds = 5;
constexpr char const* kSurnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                     "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"};
constexpr char const* kGiven[] = {"伟", "芳", "娜", "敏", "静", "秀", "强", "磊", "洋", "艳", "勇", "杰", "涛", "明",
                                  "超", "霞", "平", "刚", "桂", "英", "华", "文", "玲", "丹", "萍", "鹏", "辉", "宇"};
constexpr char const* kTags[] = {"应届生", "现金业务经验", "小微信贷", "数据分析", "英语流利"};
constexpr people::Source kSources[] = {people::Source::job_site, people::Source::referral, people::Source::campus,
                                       people::Source::career_page, people::Source::walk_in};

struct IdRow {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

std::string Name(std::uint64_t random) {
  return fmt::format("{}{}{}", kSurnames[random % 20], kGiven[random / 20 % 28], kGiven[random / 560 % 28]);
}

// Copies of the first rows with their own persons: the same names and sources again, other ids. Cheaper by far than
// encrypting a million contacts, and lists read the same columns.
void Copy(db::Database& database, std::int64_t number, std::int64_t rows) {
  // An id is 10 characters of time and 16 of chance: another time makes another id.
  auto const id = fmt::format("'00{:08}' || substr(%, 11)", number);
  auto const of = [&](char const* column) { return std::string(id).replace(id.find('%'), 1, column); };
  database.Write([&](db::Tx& tx) {
    tx.Execute({"bench.originals",
                "CREATE TABLE IF NOT EXISTS bench_original AS SELECT id AS candidate_id, person_id FROM "
                "candidate ORDER BY id DESC LIMIT " +
                    std::to_string(rows)});
    tx.Execute({"bench.persons",
                "INSERT INTO person SELECT " + of("p.id") +
                    ", name, gender, birth_date, phone, phone_index, phone_masked, email, email_index, email_masked, "
                    "id_number, id_number_index, id_number_masked, created_at FROM person p JOIN (SELECT * FROM "
                    "bench_original LIMIT ?) o ON o.person_id = p.id"},
               rows);
    tx.Execute(
        {"bench.candidates",
         "INSERT INTO candidate SELECT " + of("c.id") + ", " + of("c.person_id") +
             ", org_id, name_key, given_key, source, tags, job_id, locale, note, interviews, last_score, last_band, "
             "created_at, version FROM candidate c JOIN (SELECT * FROM bench_original LIMIT ?) o ON "
             "o.candidate_id = c.id"},
        rows);
    tx.Execute(
        {"bench.tags", "INSERT INTO candidate_tag (tag, candidate_id, org_id) SELECT tag, " + of("t.candidate_id") +
                           ", org_id FROM candidate_tag t JOIN (SELECT * FROM bench_original LIMIT ?) o ON "
                           "o.candidate_id = t.candidate_id"},
        rows);
  });
}

// Fills the pool evenly over all nodes; returns ids that bj.hr may see.
Result<std::vector<std::string>> Fill(Site::Inside& inside, std::int64_t rows) {
  auto& database = *inside.platform->database;
  auto const who = Principal::System("bole bench");
  auto const nodes = database.Read([](db::Tx& tx) {
    return tx.Select<IdRow>({"bench.nodes", "SELECT id FROM org_node ORDER BY id"});
  });
  std::mt19937_64 random(7);
  auto const originals = std::min(rows, kOriginals);
  for (std::int64_t done = 0; done < originals;) {
    std::vector<people::CreateCandidate> batch(
        static_cast<std::size_t>(std::min<std::int64_t>(kBatch, originals - done)));
    for (auto& row : batch) {
      auto const dice = random();
      row.org_id = nodes[dice % nodes.size()].id;
      row.name = Name(dice >> 8U);
      row.phone = fmt::format("1{:010}", 3'000'000'000 + done);
      row.email = fmt::format("p{}@example.com", done);
      row.source = kSources[(dice >> 20U) % 5];
      if ((dice >> 30U) % 3 == 0) row.tags = {kTags[(dice >> 34U) % 5]};
      ++done;
    }
    BOLE_TRY(inside.modules->people->BulkCreate(who, batch));
    std::cerr << fmt::format("\r{} of {} candidates", done, rows) << std::flush;
  }
  for (std::int64_t done = originals, number = 1; done < rows; done += originals, ++number) {
    Copy(database, number, std::min(originals, rows - done));
    std::cerr << fmt::format("\r{} of {} candidates", done, rows) << std::flush;
  }
  std::cerr << "\n";
  std::vector<std::string> ids;
  for (auto const& row : database.Read([](db::Tx& tx) {
         return tx.Select<IdRow>({"bench.seen",
                                  "SELECT c.id FROM candidate c JOIN org_node n ON n.id = c.org_id WHERE "
                                  "n.code LIKE 'BJ%' ORDER BY c.person_id LIMIT ?"},
                                 static_cast<std::int64_t>(kSample));
       }))
    ids.push_back(row.id);
  return ids;
}

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
  if (kind < 80) return base + "&q=" + hex(Name(pick).substr(0, 6));
  if (kind < 90) return base + "&source=campus";
  if (kind < 95) return base + "&tag=" + hex(kTags[pick % 5]);
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
    BOLE_ASSIGN(load.details, Fill(inside, options.rows));
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
