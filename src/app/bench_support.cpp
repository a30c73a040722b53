#include "app/bench_support.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/bench_http.hpp"
#include "app/settings.hpp"
#include "base/ids.hpp"

namespace bole::app::bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

// The value behind `name` in a file of lines "name : value".
std::string Field(char const* file, std::string_view name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(name)) return line.substr(line.find_first_not_of(" \t", line.find(':') + 1));
  return {};
}

json::object Machine() {
  utsname system{};
  ::uname(&system);
  auto const memory = Field("/proc/meminfo", "MemTotal");
  return {{"cpu", Field("/proc/cpuinfo", "model name")},
          {"cores", std::thread::hardware_concurrency()},
          {"memory_gb", Rounded(std::strtod(memory.c_str(), nullptr) / 1024 / 1024, 1)},
          {"kernel", system.release}};
}

// A port that was free a moment ago.
std::uint16_t FreePort() {
  int const socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

}  // namespace

int Print(std::string const& name, json::object figures) {
  std::cout << ToText(json::object{{"bench", name}, {"figures", std::move(figures)}, {"machine", Machine()}})
            << std::endl;
  return 0;
}

int PrintWithMachine(std::string const& result) {
  auto value = json::parse(result).as_object();
  value["machine"] = Machine();
  std::cout << ToText(value) << std::endl;
  return 0;
}

int PrintFailure(Error const& error) {
  json::object params;
  for (auto const& [key, value] : error.params) params[key] = value;
  std::cout << json::serialize(json::object{{"error", error.key}, {"params", params}}) << std::endl;
  return 1;
}

double Percentile(std::vector<double>& samples, double share) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(samples.size())));
  return samples[std::clamp<std::size_t>(rank, 1, samples.size()) - 1];
}

double Rounded(double value, int digits) {
  double const scale = std::pow(10, digits);
  return std::round(value * scale) / scale;
}

TemporaryDirectory::TemporaryDirectory()
    : path_(fs::temp_directory_path() / ("bole-bench-" + NewUlid(SystemClock().Now()))) {
  fs::create_directories(path_);
}
TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Result<std::unique_ptr<Process>> Process::Start(std::vector<std::string> arguments,
                                                std::map<std::string, std::string> const& environment,
                                                fs::path const& log) {
  // Everything that allocates happens before the fork.
  auto program = fs::read_symlink("/proc/self/exe").string();
  std::vector<char*> argv{program.data()};
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string const text = *entry;
    if (!environment.contains(text.substr(0, text.find('=')))) variables.push_back(text);
  }
  for (auto const& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<char*> envp;
  for (auto& variable : variables) envp.push_back(variable.data());
  envp.push_back(nullptr);
  int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_t const pid = ::fork();
  if (pid < 0) return Fail(ErrorCode::kUnavailable, "bench.cannot_start");
  if (pid == 0) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execve(program.c_str(), argv.data(), envp.data());
    ::_exit(127);
  }
  if (out >= 0) ::close(out);
  return std::unique_ptr<Process>(new Process(pid));
}

Process::~Process() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  Wait();
}

int Process::Wait() {
  if (pid_ <= 0) return 0;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int Process::Stop() {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
  return Wait();
}

Result<std::unique_ptr<Site>> Site::Make(std::string const& config_file) {
  auto config = LoadSettings(config_file);
  if (!config) return Fail(ErrorCode::kInvalid, "config.invalid");
  std::unique_ptr<Site> site(new Site(*std::move(config), config_file));
  site->config_.data_dir = site->folder_.path();
  site->config_.database.url = "sqlite:bole.db";
  site->config_.crypto.keys_file = "keys.toml";
  site->config_.http.listen = "127.0.0.1";
  BOLE_ASSIGN(auto loader, Process::Start({"demo", "load", "--without-interviews"}, site->Environment(),
                                          site->folder_.path() / "load.log"));
  if (loader->Wait() != 0) return Fail(ErrorCode::kInternal, "bench.cannot_load");
  return site;
}

std::map<std::string, std::string> Site::Environment() const {
  std::map<std::string, std::string> out{{"BOLE_DATA_DIR", config_.data_dir.string()},
                                         {"BOLE_RESOURCE_DIR", config_.resource_dir.string()},
                                         {"BOLE_WEB_DIR", config_.web_dir.string()},
                                         {"BOLE_DEPS_DIR", config_.deps_dir.string()},
                                         {"BOLE_MODELS_DIR", config_.models_dir.string()},
                                         {"BOLE_DATABASE_URL", config_.database.url},
                                         {"BOLE_CRYPTO_KEYS_FILE", config_.crypto.keys_file.string()},
                                         {"BOLE_HTTP_LISTEN", "127.0.0.1"},
                                         {"BOLE_LOG_LEVEL", "warn"}};
  if (!config_file_.empty()) out["BOLE_CONFIG"] = fs::absolute(config_file_).string();
  return out;
}

Result<Site::Inside> Site::Open() const {
  Inside out;
  BOLE_ASSIGN(out.platform, Platform::Open(config_));
  out.modules = std::make_unique<Modules>(*out.platform);
  return out;
}

Result<Site::Server> Site::Serve(std::map<std::string, std::string> settings) const {
  Server out;
  out.port = FreePort();
  auto environment = Environment();
  environment["BOLE_HTTP_PORT"] = std::to_string(out.port);
  for (auto& [name, value] : settings) environment[name] = value;
  auto const began = steady_clock::now();
  BOLE_ASSIGN(out.process, Process::Start({"serve"}, environment, folder_.path() / "serve.log"));
  Client client(out.port);
  while (client.Get("/readyz").status != 200) {
    if (steady_clock::now() - began > std::chrono::seconds(30)) return Fail(ErrorCode::kUnavailable, "bench.not_ready");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  out.ready_seconds = std::chrono::duration<double>(steady_clock::now() - began).count();
  return out;
}

}  // namespace bole::app::bench
