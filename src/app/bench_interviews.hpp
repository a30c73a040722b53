#pragma once
#include "app/bench_support.hpp"

// Interviews for benchmarks: made with the services of the program, answered over HTTP.
namespace bole::app::bench {

// A published plan of `stages` questions ("q1", "q2", …) of the shipped bank; returns its id.
[[nodiscard]] Result<std::string> PublishPlan(Site::Inside& inside, std::string const& language, int stages,
                                              int time_limit_seconds);

struct ReadyCandidate {
  std::string interview_id;
  std::string cookie;  // "bole_candidate=…"
};
// New candidates who were invited, showed who they are and gave their consent.
[[nodiscard]] Result<std::vector<ReadyCandidate>> MakeReady(Site::Inside& inside, std::string const& plan_id,
                                                            std::string const& locale, int count);

// Begins the answer to a stage; returns its id.
[[nodiscard]] Result<std::string> StartAnswerAs(std::uint16_t port, std::string const& cookie,
                                                std::string const& stage);
// Signs an account of the demonstration in; returns its cookie.
[[nodiscard]] Result<std::string> SignIn(Platform& platform, std::uint16_t port, std::string const& user_name);

// CPU time of a process so far; 0 when it is gone.
[[nodiscard]] double CpuSeconds(pid_t process);

}  // namespace bole::app::bench
