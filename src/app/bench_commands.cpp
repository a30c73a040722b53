#include <iostream>

#include "app/bench.hpp"
#include "app/cli_groups.hpp"
#include "app/engines.hpp"
#include "app/settings.hpp"
#include "media/analysis/cli.hpp"
#include "platform/blob/bench.hpp"

namespace bole::app {
namespace {

void AddAnalysis(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("analysis", "Media seconds per CPU second: decode, speech, voice, face");
  auto const speech_dir = std::make_shared<std::string>();
  auto const picture = std::make_shared<std::string>();
  auto const language = std::make_shared<std::string>("zh");
  auto const seconds = std::make_shared<double>(60);
  command->add_option("--speech", *speech_dir, "folder with zh/ and en/ WAV files (default: synthesised speech)");
  command->add_option("--picture", *picture, "JPEG with a face");
  command->add_option("--language", *language);
  command->add_option("--seconds", *seconds);
  command->callback([&config_file, &status, speech_dir, picture, language, seconds] {
    auto const config = LoadSettings(config_file);
    if (!config) return void(status = 2);
    media::Engines engines(EngineOptionsOf(*config));
    status = media::RunBenchAnalysis(engines, *speech_dir, *picture, *language, *seconds);
  });
}

void AddReportLatency(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("report-latency", "Seconds from the last piece of an interview to its report");
  auto const in = std::make_shared<bench::ReportOptions>();
  command->add_option("--answers", in->answers)->check(CLI::Range(1, 20));
  command->add_option("--seconds", in->seconds, "of each answer")->check(CLI::Range(5, 600));
  command->add_option("--interviews", in->interviews, "one after the other")->check(CLI::Range(1, 100));
  command->add_option("--speed", in->speed, "1: as fast as people speak")->check(CLI::Range(0.1, 1000.0));
  command->add_option("--language", in->language)->check(CLI::IsMember({"zh", "en"}));
  command->callback([&, in] { status = bench::RunReportLatency(*in, config_file); });
}

void AddIngest(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("ingest", "Many candidates sending pieces at once: acknowledgement and losses");
  auto const in = std::make_shared<bench::IngestOptions>();
  command->add_option("--candidates", in->candidates)->check(CLI::Range(1, 5000));
  command->add_option("--seconds", in->seconds)->check(CLI::Range(1, 600));
  command->add_flag("--live", in->live_analysis, "let the server analyse at the same time");
  command->callback([&, in] { status = bench::RunIngest(*in, config_file); });
}

void AddApi(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("api", "Lists and details of a large candidate pool at a steady rate");
  auto const in = std::make_shared<bench::ApiOptions>();
  command->add_option("--rows", in->rows)->check(CLI::Range(std::int64_t{100}, std::int64_t{10'000'000}));
  command->add_option("--rps", in->rps)->check(CLI::Range(1, 10'000));
  command->add_option("--seconds", in->seconds)->check(CLI::Range(1, 600));
  command->add_option("--connections", in->connections)->check(CLI::Range(1, 1000));
  command->callback([&, in] { status = bench::RunApi(*in, config_file); });
}

void AddScope(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("scope", "What permission and scope cost a list of a large pool");
  auto const in = std::make_shared<bench::ScopeOptions>();
  command->add_option("--rows", in->rows)->check(CLI::Range(std::int64_t{100}, std::int64_t{10'000'000}));
  command->add_option("--requests", in->requests, "by each asker")->check(CLI::Range(10, 100'000));
  command->callback([&, in] { status = bench::RunScope(*in, config_file); });
}

void AddColdStart(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("cold-start", "Process start to ready, and idle memory");
  auto const runs = std::make_shared<int>(5);
  command->add_option("--runs", *runs)->check(CLI::Range(1, 100));
  command->callback([&, runs] { status = bench::RunColdStart(*runs, config_file); });
}

void AddOrg(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("org", "The tree of a large group: reading it, and moving a tenth of it");
  auto const nodes = std::make_shared<int>(10'000);
  command->add_option("--nodes", *nodes)->check(CLI::Range(100, 200'000));
  command->callback([&, nodes] { status = bench::RunOrg(*nodes, config_file); });
}

void AddImport(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("import", "A table of candidates: upload, check, import");
  auto const in = std::make_shared<bench::ImportOptions>();
  command->add_option("--rows", in->rows)->check(CLI::Range(std::int64_t{100}, std::int64_t{150'000}));
  command->callback([&, in] { status = bench::RunImport(*in, config_file); });
}

void AddAudit(CLI::App& group, std::string const& config_file, int& status) {
  auto* command = group.add_subcommand("audit", "The evidence log: writing, proofs, checking");
  auto const in = std::make_shared<bench::AuditOptions>();
  command->add_option("--records", in->records)->check(CLI::Range(std::int64_t{1000}, std::int64_t{100'000'000}));
  command->callback([&, in] { status = bench::RunAudit(*in, config_file); });
}

void AddBlob(CLI::App& group, int& status) {
  auto* command = group.add_subcommand("blob", "The recording store alone, without HTTP");
  auto const in = std::make_shared<blob::BenchOptions>();
  command->add_option("--directory", in->directory, "on the disk to measure (default: the temporary one)");
  command->add_option("--candidates", in->candidates)->check(CLI::Range(1, 10'000));
  command->add_option("--seconds", in->seconds)->check(CLI::Range(1, 600));
  command->callback([&status, in] {
    if (in->directory.empty()) in->directory = std::filesystem::temp_directory_path();
    auto const result = blob::RunBenchBlob(*in);
    status = result ? bench::PrintWithMachine(*result) : bench::PrintFailure(result.error());
  });
}

}  // namespace

void AddBenchCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto* group = app.add_subcommand("bench", "Measurements; each prints one JSON object");
  group->require_subcommand(1);
  AddReportLatency(*group, config_file, status);
  AddAnalysis(*group, config_file, status);
  AddIngest(*group, config_file, status);
  AddApi(*group, config_file, status);
  AddScope(*group, config_file, status);
  AddColdStart(*group, config_file, status);
  AddOrg(*group, config_file, status);
  AddImport(*group, config_file, status);
  AddAudit(*group, config_file, status);
  AddBlob(*group, status);
}

}  // namespace bole::app
