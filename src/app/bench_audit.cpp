#include <chrono>
#include <random>

#include "app/bench.hpp"
#include "app/settings.hpp"
#include "base/ids.hpp"
#include "modules/audit/api.hpp"
#include "modules/audit/check.hpp"
#include "platform/log/log.hpp"

namespace bole::app::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::int64_t kRecordsPerTransaction = 500;
constexpr int kProofs = 2000;

double Since(steady_clock::time_point start) {
  return std::chrono::duration<double>(steady_clock::now() - start).count();
}

// Made-up acts of 200 people in 50 nodes.
class Acts {
 public:
  Acts() {
    SystemClock const clock;
    for (int i = 0; i < 200; ++i)
      people_.push_back({PrincipalKind::user, NewUlid(clock.Now()), "s", "person " + std::to_string(i), {}});
    for (int i = 0; i < 50; ++i) nodes_.push_back(NewUlid(clock.Now()));
  }
  void Record(audit::Api& log, db::Tx& tx, Instant now) {
    static constexpr std::array<char const*, 8> kActions{"candidate.read",   "candidate.reveal", "candidate.update",
                                                         "report.read",      "media.read",       "report.export",
                                                         "interview.invite", "session.begin"};
    auto const dice = random_();
    log.Record(tx, people_[dice % people_.size()],
               {kActions[(dice >> 16U) % kActions.size()],
                "candidate",
                NewUlid(now),
                nodes_[(dice >> 32U) % nodes_.size()],
                {{"purpose", "recruiting"}}});
  }

 private:
  std::mt19937_64 random_{7};
  std::vector<Principal> people_;
  std::vector<std::string> nodes_;
};

// Seconds until every record is in the tree and signed; sequencing runs beside, as in the server.
Result<double> Write(Platform& platform, audit::Log& log, std::int64_t records) {
  Acts acts;
  auto const start = steady_clock::now();
  log.Start();
  for (std::int64_t done = 0; done < records; done += kRecordsPerTransaction)
    platform.database->Write([&](db::Tx& tx) {
      auto const now = platform.clock.Now();
      for (std::int64_t i = 0; i < std::min(kRecordsPerTransaction, records - done); ++i) acts.Record(log, tx, now);
    });
  log.Stop();
  auto const seconds = Since(start);
  auto const sealed = platform.database->Read([](db::Tx& tx) { return audit::store::NewestHead(tx); });
  if (!sealed || sealed->size != records) return Fail(ErrorCode::kInternal, "bench.unexpected");
  return seconds;
}

Result<std::vector<double>> Prove(Platform& platform, std::int64_t records) {
  std::vector<double> ms;
  std::mt19937_64 random(11);
  auto const size = static_cast<std::uint64_t>(records);
  for (int i = 0; i < kProofs; ++i) {
    auto const index = random() % size;
    auto const start = steady_clock::now();
    bool const good = platform.database->Read([&](db::Tx& tx) {
      audit::TreeHasher hasher(audit::ParseSuite(audit::store::FindLog(tx)->suite)->digest);
      audit::TileTree tree(hasher, audit::store::Tiles(tx));
      auto const head = audit::store::NewestHead(tx);
      auto const path = tree.Inclusion(index, size);
      return audit::VerifyInclusion(hasher, index, size, tree.Leaf(index), path, *audit::HashFromHex(head->root));
    });
    if (!good) return Fail(ErrorCode::kInternal, "bench.unexpected");
    ms.push_back(Since(start) * 1000);
  }
  return ms;
}

Result<json::object> Measure(std::int64_t records, std::string const& config_file) {
  auto config = LoadSettings(config_file);
  if (!config) return Fail(ErrorCode::kInvalid, "config.invalid");
  log::Configure({"warn", config->log.format});
  TemporaryDirectory const folder;
  config->data_dir = folder.path();
  config->database.url = "sqlite:bole.db";
  config->crypto.keys_file = "keys.toml";
  config->audit = {.suite = config->audit.suite, .interval_seconds = config->audit.interval_seconds};
  BOLE_ASSIGN(auto const platform, Platform::Open(*std::move(config)));
  if (!MigrateDatabase(*platform)) return Fail(ErrorCode::kInternal, "bench.cannot_load");
  auto context = platform->Context();
  auto const log = audit::Register(context);

  BOLE_ASSIGN(auto const writing, Write(*platform, *log, records));
  BOLE_ASSIGN(auto proofs, Prove(*platform, records));
  auto const start = steady_clock::now();
  BOLE_ASSIGN(auto const found, audit::CheckDatabase(*platform->database, platform->fields, {}));
  auto const checking = Since(start);
  if (found.problems_total > 0 || found.records != records) return Fail(ErrorCode::kInternal, "bench.unexpected");
  auto const count = static_cast<double>(records);
  return json::object{
      {"records_per_s", Rounded(count / writing, 0)},
      {"proof_ms", Rounded(Percentile(proofs, 0.99), 3)},
      {"verify_records_per_s", Rounded(count / checking, 0)},
      {"proof_p50_ms", Rounded(Percentile(proofs, 0.5), 3)},
      {"records", records},
      {"heads", found.heads},
      {"suite", platform->config.audit.suite},
      {"database_mb", Rounded(static_cast<double>(std::filesystem::file_size(folder.path() / "bole.db")) / 1e6, 0)}};
}

}  // namespace

int RunAudit(AuditOptions const& options, std::string const& config_file) {
  auto figures = Measure(options.records, config_file);
  return figures ? Print("audit", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
