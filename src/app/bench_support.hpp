#pragma once
#include <sys/types.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/platform.hpp"
#include "app/wiring.hpp"

// What the benchmarks share. They work in a new temporary directory and never touch the data of this installation.
namespace bole::app::bench {

namespace json = boost::json;

// Prints {"bench", "figures", "machine": {cpu, cores, memory_gb, kernel}} and returns 0.
int Print(std::string const& name, json::object figures);
// The same for a bench that printed its own JSON already, without a machine or with less of it.
int PrintWithMachine(std::string const& result);
int PrintFailure(Error const& error);

// Value below which `share` (0..1) of the samples lie; 0 without samples. Sorts.
[[nodiscard]] double Percentile(std::vector<double>& samples, double share);
[[nodiscard]] double Rounded(double value, int digits = 2);

// Removed with everything in it at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory const&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A process of this same program; killed when forgotten.
class Process {
 public:
  // Output goes to `log`. kUnavailable bench.cannot_start.
  static Result<std::unique_ptr<Process>> Start(std::vector<std::string> arguments,
                                                std::map<std::string, std::string> const& environment,
                                                std::filesystem::path const& log);
  ~Process();
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;
  [[nodiscard]] pid_t id() const { return pid_; }
  int Wait();  // exit status
  int Stop();  // asks to end, waits

 private:
  explicit Process(pid_t pid) : pid_(pid) {}
  pid_t pid_;
};

// A fresh installation with the master data of the demonstration group, and servers on it.
class Site {
 public:
  static Result<std::unique_ptr<Site>> Make(std::string const& config_file);

  // Platform and modules on the data, for preparing and checking. Not while a server runs: one process at a time owns
  // the recordings.
  struct Inside {
    std::unique_ptr<Platform> platform;
    std::unique_ptr<Modules> modules;
  };
  Result<Inside> Open() const;

  // `bole serve` on a free port of the loopback interface, ready when this returns.
  struct Server {
    std::unique_ptr<Process> process;
    std::uint16_t port = 0;
    double ready_seconds = 0;
  };
  Result<Server> Serve(std::map<std::string, std::string> settings = {}) const;
  [[nodiscard]] config::Config const& config() const { return config_; }

 private:
  Site(config::Config config, std::string config_file)
      : config_(std::move(config)), config_file_(std::move(config_file)) {}
  [[nodiscard]] std::map<std::string, std::string> Environment() const;

  TemporaryDirectory folder_;
  config::Config config_;
  std::string config_file_;
};

}  // namespace bole::app::bench
