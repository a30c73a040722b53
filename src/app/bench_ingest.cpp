#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <random>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "modules/interviews/api.hpp"
#include "modules/people/api.hpp"
#include "platform/blob/blob_store.hpp"

// Many candidates at once, each sending what a recorder makes: a piece of 62.5 kB a second.
namespace bole::app::bench {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t kPieceBytes = 62'500;  // 500 kbit/s
constexpr int kTries = 3;

// Bytes that no other piece has, cheap to make again for the comparison.
class Pieces {
 public:
  Pieces() : noise_(1 << 20, '\0') {
    std::mt19937 random(1);
    for (auto& c : noise_) c = static_cast<char>(random());
  }
  [[nodiscard]] std::string Make(std::uint32_t candidate, std::uint32_t piece) const {
    auto const from = (candidate * 7919U + piece * 104'729U) % (noise_.size() - kPieceBytes);
    auto out = noise_.substr(from, kPieceBytes);
    std::uint32_t const mark[] = {candidate, piece};
    std::memcpy(out.data(), mark, sizeof mark);
    return out;
  }

 private:
  std::string noise_;
};

struct Sender {
  ReadyCandidate who;
  std::string answer_id;
  std::uint32_t acknowledged = 0;
};

struct Load {
  asio::io_context io{1};
  Pieces pieces;
  std::vector<Sender> senders;
  std::vector<double> milliseconds;
  std::int64_t refused = 0;
  int seconds = 0;
};

asio::awaitable<void> Send(Load& load, std::size_t index, std::uint16_t port, steady_clock::time_point start) {
  auto& sender = load.senders[index];
  Connection connection(load.io, port, {{"Cookie", sender.who.cookie}, {"X-Bole-Client", "candidate"}});
  asio::steady_timer timer(load.io);
  auto const phase = std::chrono::microseconds(1'000'000 * index / load.senders.size());
  for (int second = 0; second < load.seconds; ++second) {
    auto const due = start + phase + std::chrono::seconds(second);
    timer.expires_at(due);
    co_await timer.async_wait(asio::use_awaitable);
    auto const number = sender.acknowledged;
    auto const bytes = load.pieces.Make(static_cast<std::uint32_t>(index), number);
    auto const target = "/api/v1/candidate/answers/" + sender.answer_id + "/parts/0/pieces/" + std::to_string(number);
    for (int attempt = 0; attempt < kTries; ++attempt) {
      auto const answer = co_await connection.Ask("PUT", target, bytes, "application/octet-stream");
      if (answer.status == 200) {
        ++sender.acknowledged;
        // From the moment the piece was due: a server that falls behind cannot hide it.
        load.milliseconds.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - due).count());
        break;
      }
      ++load.refused;
    }
  }
}

// Pieces that were acknowledged and are not there, byte for byte.
Result<std::int64_t> CountLost(blob::BlobStore& blobs, Load const& load) {
  std::int64_t lost = 0;
  std::vector<std::uint8_t> found(kPieceBytes);
  for (std::size_t index = 0; index < load.senders.size(); ++index) {
    auto const& sender = load.senders[index];
    BOLE_ASSIGN(auto const reader, blobs.Open(interviews::BlobOf(sender.answer_id, 0)));
    for (std::uint32_t piece = 0; piece < sender.acknowledged; ++piece) {
      auto const read = reader->ReadAt(std::uint64_t{piece} * kPieceBytes, found);
      auto const sent = load.pieces.Make(static_cast<std::uint32_t>(index), piece);
      if (!read || *read != kPieceBytes || std::memcmp(sent.data(), found.data(), kPieceBytes) != 0) ++lost;
    }
  }
  return lost;
}

Result<json::object> Measure(IngestOptions const& options, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  Load load;
  load.seconds = options.seconds;
  {
    BOLE_ASSIGN(auto inside, site->Open());
    BOLE_ASSIGN(auto const plan, PublishPlan(inside, "zh-CN", 1, 600));
    BOLE_ASSIGN(auto ready, MakeReady(inside, plan, "zh-CN", options.candidates));
    for (auto& who : ready) load.senders.push_back({std::move(who), "", 0});
  }
  BOLE_ASSIGN(auto server, site->Serve({{"BOLE_JOBS_LIVE_ANALYSIS", options.live_analysis ? "true" : "false"}}));
  for (auto& sender : load.senders) {
    BOLE_ASSIGN(sender.answer_id, StartAnswerAs(server.port, sender.who.cookie, "q1"));
  }
  auto const cpu_before = CpuSeconds(server.process->id());
  auto const start = steady_clock::now() + std::chrono::seconds(1);
  for (std::size_t i = 0; i < load.senders.size(); ++i)
    asio::co_spawn(load.io, Send(load, i, server.port, start), asio::detached);
  load.io.run();
  auto const cpu = CpuSeconds(server.process->id()) - cpu_before;
  server.process.reset();  // killed without a chance to write anything more
  BOLE_ASSIGN(auto const inside, site->Open());
  BOLE_ASSIGN(auto const lost, CountLost(*inside.platform->blobs, load));
  auto const pieces = std::ssize(load.milliseconds);
  return json::object{{"candidates", options.candidates},
                      {"p99_ms", Rounded(Percentile(load.milliseconds, 0.99))},
                      {"lost", lost},
                      {"p50_ms", Rounded(Percentile(load.milliseconds, 0.5))},
                      {"max_ms", Rounded(Percentile(load.milliseconds, 1))},
                      {"pieces", pieces},
                      {"refused", load.refused},
                      {"seconds", options.seconds},
                      {"server_cores", Rounded(cpu / options.seconds)},
                      {"live_analysis", options.live_analysis}};
}

}  // namespace

int RunIngest(IngestOptions const& options, std::string const& config_file) {
  auto figures = Measure(options, config_file);
  return figures ? Print("ingest", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
