#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "platform/db/database.hpp"

// Durable background work: written in the transaction that causes it, done at least once. Handlers must be idempotent.
namespace bole::jobs {

enum class JobState { queued, running, done, dead, cancelled };
BOOST_DESCRIBE_ENUM(JobState, queued, running, done, dead, cancelled)

struct JobRequest {
  std::string type;
  json::object payload;
  // While a job with this key is queued or running, asking again is a no-op. Empty: no such check.
  std::string key{};
  std::string lane = "default";  // workers serve one lane: "default", "live"
  Instant run_at{};              // not before; the past means now
  int max_attempts = 8;
};

struct JobView {
  std::string id, type, lane;
  JobState state = JobState::queued;
  std::int64_t attempts = 0;
  double progress = 0;
  std::string error;
  Instant created_at{};
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobView, (), (id, type, lane, state, attempts, progress, error, created_at, finished_at))

// What a handler sees of its job. Used on the worker's thread only.
class JobContext {
 public:
  virtual ~JobContext() = default;
  [[nodiscard]] virtual std::string const& id() const = 0;
  [[nodiscard]] virtual json::object const& payload() const = 0;
  [[nodiscard]] virtual int attempt() const = 0;  // 1 for the first
  virtual void Progress(double fraction) = 0;     // 0..1
  // Asked to stop: cancelled by a person, or the program ends (then the job starts again later).
  [[nodiscard]] virtual std::stop_token stop() const = 0;
};

// kUnavailable, kStorageFull and kInternal errors and exceptions are tried again with back-off; other errors are final.
using JobHandler = std::function<Result<>(JobContext&)>;

// Thread-safe.
class JobQueue {
 public:
  explicit JobQueue(Clock const& clock) : clock_(clock) {}
  // Becomes visible to workers when `tx` commits. Returns the id, also of an open job with the same key.
  std::string Enqueue(db::Tx& tx, JobRequest const& request);
  // A queued job never starts; a running one is asked to stop.
  void Cancel(db::Tx& tx, std::string const& id);
  static std::optional<JobView> Find(db::Tx& tx, std::string const& id);
  static std::vector<JobView> Latest(db::Tx& tx, std::optional<JobState> state, int limit);
  // `wake` is called after a commit that added work.
  void OnWork(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  Clock const& clock_;
  std::function<void()> wake_;
};

// Runs handlers on its own threads. Stop() (or destruction) asks running handlers to stop and waits for them.
class JobRunner {
 public:
  JobRunner(db::Database& database, JobQueue& queue, Clock const& clock);
  ~JobRunner();
  void Register(std::string type, JobHandler handler);  // before Start
  // workers per lane; `only_process`: no other process works on this database, so leases left behind are freed at once.
  void Start(std::map<std::string, int> const& workers, bool only_process);
  void Stop();
  // Runs everything due on the calling thread; for tests and commands. Returns how many ran.
  int RunDue();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::jobs
