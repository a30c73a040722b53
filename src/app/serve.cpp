#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <iostream>

#include "app/commands.hpp"
#include "app/idempotency.hpp"
#include "app/refusals.hpp"
#include "app/wiring.hpp"
#include "modules/audit/api.hpp"
#include "modules/imports/api.hpp"
#include "modules/keys/api.hpp"
#include "modules/people/files.hpp"
#include "modules/plans/api.hpp"
#include "modules/privacy/api.hpp"
#include "platform/http/server.hpp"
#include "platform/log/daily_file.hpp"
#include "platform/log/log.hpp"

namespace bole::app {
namespace {

http::ServerOptions Options(config::Config const& config) {
  http::ServerOptions out;
  out.address = config.http.listen;
  out.port = config.http.port;
  out.io_threads = static_cast<unsigned>(config.http.threads);
  out.tls_certificate = config.http.tls_cert;
  out.tls_key = config.http.tls_key;
  out.trusted_proxies = config.http.trusted_proxies;
  return out;
}

http::Logs RequestLogs() {
  return {.access =
              [](http::AccessRecord const& r) {
                log::Debug("http.request", {{"request_id", r.request_id},
                                            {"method", r.method},
                                            {"route", r.route},
                                            {"status", r.status},
                                            {"seconds", r.seconds},
                                            {"bytes", r.bytes},
                                            {"principal_kind", r.principal_kind},
                                            {"principal_id", r.principal_id},
                                            {"error", r.error_key}});
              },
          .error =
              [](std::string const& request_id, std::string const& route, std::string const& what) {
                log::Error("http.failure", {{"request_id", request_id}, {"route", route}, {"what", what}});
              }};
}

void KeepLog(config::Config const& config) {
  auto const& file = config.log.file;
  if (!file.empty() && !log::AddDailyFile(config.InData(file), config.log.keep_days))
    log::Error("log.file_refused", {{"file", file.string()}});
}

// Blocks until the process is asked to end.
void WaitForSignal() {
  boost::asio::io_context io;
  boost::asio::signal_set signals(io, SIGINT, SIGTERM);
  signals.async_wait([&](auto const&, int) { io.stop(); });
  io.run();
}

}  // namespace

int Serve(std::unique_ptr<Platform> platform) {
  auto const started = std::chrono::steady_clock::now();
  KeepLog(platform->config);
  if (!MigrateDatabase(*platform)) return 2;
  Modules modules(*platform);
  if (!LoadContent(*platform, modules)) return 2;

  http::Readiness readiness;
  readiness.Add("database", [&]() -> Result<> {
    platform->database->Read([](db::Tx& tx) { (void)tx.Scalar<std::int64_t>({"ready", "SELECT 1"}); });
    return {};
  });
  auto const web = platform->config.web_dir;
  Refusals refusals(*platform->database, *modules.audit, platform->clock);
  auto logs = RequestLogs();
  logs.refused = [&refusals](http::Request const& request, Error const& error) { refusals.Record(request, error); };
  http::Server server(Options(platform->config),
                      {.routes = platform->routes,
                       .messages = platform->messages,
                       .metrics = platform->metrics,
                       .clock = platform->clock,
                       .readiness = readiness,
                       .sites = {web / "console" / "dist", web / "candidate" / "dist"},
                       .authenticators = modules.Authenticators(),
                       .idempotency = MakeIdempotencyStore(*platform->database, platform->clock, platform->fields),
                       .logs = std::move(logs)});
  if (auto const up = server.Start(); !up) return Complain("cannot listen", up.error());
  modules.privacy->ScheduleRetention();
  modules.imports->ScheduleExpiry();
  modules.plans->ScheduleCleaning();
  people::ScheduleFileCleaning(modules.context);
  modules.keys->Resume();
  auto const& jobs = platform->config.jobs;
  bool const embedded = platform->database->dialect() == db::Dialect::sqlite;
  platform->runner.Start({{"default", jobs.workers}, {"live", jobs.live_analysis ? jobs.workers : 1}}, embedded);
  modules.audit->Start();

  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - started;
  log::Info("server.ready", {{"port", static_cast<std::int64_t>(server.port())}, {"seconds", took.count()}});
  std::cout << fmt::format("Bole {} listens on {} (ready in {:.2f} s)\n", BOLE_VERSION, platform->config.PublicUrl(),
                           took.count())
            << std::flush;
  WaitForSignal();
  log::Info("server.stopping");
  platform->hub.CloseAll();
  server.Stop();
  platform->runner.Stop();
  modules.audit->Stop();  // last: what the others did is sealed
  return 0;
}

}  // namespace bole::app
