#pragma once
#include "platform/jobs/jobs.hpp"

namespace bole::jobs {

struct JobRow {
  std::string id, type, lane;
  std::optional<std::string> open_key;
  db::Json<json::object> payload;
  JobState state = JobState::queued;
  Instant run_at{};
  std::int64_t attempts = 0, max_attempts = 8;
  std::optional<std::string> leased_by;
  std::optional<Instant> leased_until;
  bool cancel_asked = false;
  double progress = 0;
  std::string error;
  Instant created_at{};
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, type, lane, open_key, payload, state, run_at, attempts, max_attempts, leased_by,
                       leased_until, cancel_asked, progress, error, created_at, finished_at))

}  // namespace bole::jobs
