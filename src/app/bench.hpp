#pragma once
#include "app/bench_support.hpp"

// bole bench NAME: each runs one measurement, prints one JSON object and returns the exit status.
namespace bole::app::bench {

struct IngestOptions {
  int candidates = 400, seconds = 20;
  bool live_analysis = false;
};
// p99_ms from the moment a piece is due to its acknowledgement; lost: acknowledged, then the server was killed, and not
// there byte for byte.
int RunIngest(IngestOptions const& options, std::string const& config_file);

struct ApiOptions {
  std::int64_t rows = 1'000'000;
  int rps = 500, seconds = 20, connections = 64;
};
// A branch's HR user lists, searches and opens candidates at a steady rate; latency from the moment a request is due.
// ceiling_rps: as many /healthz as the same server answers to 32 connections.
int RunApi(ApiOptions const& options, std::string const& config_file);

struct ScopeOptions {
  std::int64_t rows = 1'000'000;
  int requests = 400;  // by each asker
};
// overhead_percent: mean time of the candidate list with permission and scope over the time without, for the slowest of
// three scopes (group, branch, every node by itself). custom_filter_…: the same lists filtered by a field that HR
// added.
int RunScope(ScopeOptions const& options, std::string const& config_file);

struct ReportOptions {
  int answers = 5, seconds = 120, interviews = 1;
  double speed = 1;  // 1: as fast as people speak
  std::string language = "en";
};
// Seconds from the acknowledgement of an interview's last piece to its report.
int RunReportLatency(ReportOptions const& options, std::string const& config_file);

// The tree of a group with this many units: whole, as one branch sees it, and moving a tenth of it.
int RunOrg(int nodes, std::string const& config_file);

// Seconds from the start of the process to /readyz, and memory after two idle seconds; medians.
int RunColdStart(int runs, std::string const& config_file);

struct ImportOptions {
  std::int64_t rows = 100'000;
};
// Seconds from the upload of a table of candidates, through the check of every row, until the last is written.
// seconds_100k: the same for 100,000 rows.
int RunImport(ImportOptions const& options, std::string const& config_file);

struct AuditOptions {
  std::int64_t records = 10'000'000;
};
// Records per second through the ordinary path until they are sealed; p99 of inclusion proofs at that size; records per
// second of the check of the whole log.
int RunAudit(AuditOptions const& options, std::string const& config_file);

}  // namespace bole::app::bench
