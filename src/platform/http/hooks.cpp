#include "platform/http/hooks.hpp"

#include "platform/log/log.hpp"

namespace bole::http {

RateLimits DefaultRateLimits() {
  // A branch shares one address, so `default` only stops floods; guessing is limited per person by the services.
  return {{"default", {2000, 4000}}, {"sign_in", {5, 60}}, {"media", {0, 0}}};
}

Logs ProgramLogs() {
  Logs out;
  out.access = [](AccessRecord const& r) {
    log::Info("http.request", {{"request_id", r.request_id},
                               {"method", r.method},
                               {"route", r.route},
                               {"status", r.status},
                               {"ms", r.seconds * 1000},
                               {"bytes", r.bytes},
                               {"remote", r.remote_address},
                               {"who", r.principal_kind},
                               {"who_id", r.principal_id},
                               {"error", r.error_key}});
  };
  out.error = [](std::string const& request_id, std::string const& route, std::string const& what) {
    log::Error("http.failed", {{"request_id", request_id}, {"route", route}, {"what", what}});
  };
  return out;
}

void Readiness::Add(std::string name, Check check) {
  std::lock_guard const lock(mutex_);
  checks_.emplace_back(std::move(name), std::move(check));
}

std::vector<Readiness::Item> Readiness::Run() const {
  std::vector<std::pair<std::string, Check>> checks;
  {
    std::lock_guard const lock(mutex_);
    checks = checks_;
  }
  std::vector<Item> out;
  for (auto const& [name, check] : checks) {
    auto const result = check();
    out.push_back({name, result.has_value(), result ? std::string() : result.error().key});
  }
  return out;
}

}  // namespace bole::http
