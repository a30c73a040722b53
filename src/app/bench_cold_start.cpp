#include <fstream>
#include <thread>

#include "app/bench.hpp"

namespace bole::app::bench {
namespace {

constexpr std::chrono::seconds kIdle{2};

double ResidentMegabytes(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

Result<json::object> Measure(int runs, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  std::vector<double> ready, memory;
  for (int i = 0; i < runs; ++i) {
    BOLE_ASSIGN(auto const server, site->Serve());
    std::this_thread::sleep_for(kIdle);
    ready.push_back(server.ready_seconds);
    memory.push_back(ResidentMegabytes(server.process->id()));
    server.process->Stop();
  }
  return json::object{{"ready_s", Rounded(Percentile(ready, 0.5), 3)},
                      {"rss_mb", Rounded(Percentile(memory, 0.5), 1)},
                      {"runs", runs},
                      {"slowest_ready_s", Rounded(Percentile(ready, 1), 3)}};
}

}  // namespace

int RunColdStart(int runs, std::string const& config_file) {
  auto figures = Measure(runs, config_file);
  return figures ? Print("cold-start", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
