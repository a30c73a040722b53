#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "base/ids.hpp"
#include "platform/jobs/job_row.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log/log.hpp"

namespace bole::jobs {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLease{30};
constexpr seconds kRenewEvery{8};
constexpr milliseconds kPollEvery{500};  // finds work of other processes and work that becomes due

// 1, 2, 4, … seconds, at most five minutes.
milliseconds BackOff(std::int64_t attempts) {
  return std::min<milliseconds>(seconds(1LL << std::min<std::int64_t>(attempts - 1, 10)), seconds(300));
}

bool IsTemporary(ErrorCode code) {
  return code == ErrorCode::kUnavailable || code == ErrorCode::kStorageFull || code == ErrorCode::kInternal;
}

class Context final : public JobContext {
 public:
  Context(db::Database& database, JobRow const& row, std::stop_token stop)
      : database_(database), row_(row), stop_(std::move(stop)) {}
  [[nodiscard]] std::string const& id() const override { return row_.id; }
  [[nodiscard]] json::object const& payload() const override { return row_.payload.value; }
  [[nodiscard]] int attempt() const override { return static_cast<int>(row_.attempts); }
  [[nodiscard]] std::stop_token stop() const override { return stop_; }
  void Progress(double fraction) override {
    database_.Write([&](db::Tx& tx) {
      tx.Execute({"job.progress", "UPDATE job SET progress = ? WHERE id = ?"}, std::clamp(fraction, 0.0, 1.0), row_.id);
    });
  }

 private:
  db::Database& database_;
  JobRow const& row_;
  std::stop_token stop_;
};

}  // namespace

class JobRunner::Impl {
 public:
  Impl(db::Database& database, JobQueue& queue, Clock const& clock)
      : database_(database), clock_(clock), name_(NewUlid(clock.Now())) {
    queue.OnWork([this] { Wake(); });
  }
  ~Impl() { Stop(); }

  void Register(std::string type, JobHandler handler) { handlers_[std::move(type)] = std::move(handler); }

  void Start(std::map<std::string, int> const& workers, bool only_process) {
    if (only_process)
      database_.Write([](db::Tx& tx) {
        tx.Execute({"job.free_leases",
                    "UPDATE job SET state = 'queued', leased_by = NULL, leased_until = NULL "
                    "WHERE state = 'running'"});
      });
    for (auto const& [lane, count] : workers)
      for (int i = 0; i < count; ++i)
        threads_.emplace_back([this, lane = lane](std::stop_token const& stop) { Work(lane, stop); });
    threads_.emplace_back([this](std::stop_token const& stop) { RenewLeases(stop); });
  }

  void Stop() {
    for (auto& thread : threads_) thread.request_stop();
    Wake();
    threads_.clear();
  }

  int RunDue() {
    int ran = 0;
    std::stop_source source;
    while (auto row = Lease("")) {
      RunOne(*row, source);
      ++ran;
    }
    return ran;
  }

 private:
  void Wake() {
    {
      std::lock_guard const lock(mutex_);
      ++wakes_;
    }
    changed_.notify_all();
  }

  void Work(std::string const& lane, std::stop_token const& stop) {
    while (!stop.stop_requested()) {
      std::uint64_t seen = 0;
      {
        std::lock_guard const lock(mutex_);
        seen = wakes_;
      }
      try {
        if (auto row = Lease(lane)) {
          std::stop_source source;
          std::stop_callback const forward(stop, [&] { source.request_stop(); });
          RunOne(*row, source);
          continue;
        }
      } catch (std::exception const& error) {
        log::Error("job.worker", {{"what", error.what()}});
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kPollEvery, [&] { return wakes_ != seen || stop.stop_requested(); });
    }
  }

  // Takes the next due job of the lane ("" = any), or none.
  std::optional<JobRow> Lease(std::string const& lane) {
    auto const now = clock_.Now();
    auto const due = [&](db::Tx& tx) {
      return tx.One<JobRow>(
          {"job.due", "SELECT " + db::Columns<JobRow>() +
                          " FROM job WHERE (lane = ? OR ? = '') AND ((state = 'queued' AND run_at <= ?) OR "
                          "(state = 'running' AND leased_until < ?)) ORDER BY run_at, id LIMIT 1"},
          lane, lane, now, now);
    };
    if (!database_.Read(due)) return std::nullopt;  // reading first keeps idle workers out of the writers' queue
    return database_.Write([&](db::Tx& tx) -> std::optional<JobRow> {
      auto row = due(tx);
      if (!row) return std::nullopt;
      auto const taken =
          tx.Execute({"job.lease",
                      "UPDATE job SET state = 'running', leased_by = ?, leased_until = ?, attempts = attempts + 1, "
                      "cancel_asked = 0 WHERE id = ? AND state = ? AND attempts = ?"},
                     name_, now + kLease, row->id, row->state, row->attempts);
      if (taken == 0) return std::nullopt;
      ++row->attempts;
      return row;
    });
  }

  void RunOne(JobRow const& row, std::stop_source& source) {
    {
      std::lock_guard const lock(mutex_);
      running_.emplace(row.id, &source);
    }
    Result<> result;
    try {
      auto const handler = handlers_.find(row.type);
      Context context(database_, row, source.get_token());
      result = handler == handlers_.end() ? Fail(ErrorCode::kInvalid, "job.unknown_type") : handler->second(context);
    } catch (std::exception const& error) {
      log::Error("job.exception",
                 {{"type", row.type}, {"job", row.id}, {"attempt", row.attempts}, {"what", error.what()}});
      result = Fail(ErrorCode::kInternal, "job.exception");
    }
    {
      std::lock_guard const lock(mutex_);
      running_.erase(row.id);
    }
    Finish(row, result, source.stop_requested());
  }

  void Finish(JobRow const& row, Result<> const& result, bool stopped) {
    auto const now = clock_.Now();
    database_.Write([&](db::Tx& tx) {
      auto const set = [&](char const* name, std::string const& assignments, auto const&... args) {
        tx.Execute({name, "UPDATE job SET leased_by = NULL, leased_until = NULL, " + assignments + " WHERE id = ?"},
                   args..., row.id);
      };
      bool const cancelled =
          tx.Scalar<std::int64_t>({"job.asked", "SELECT cancel_asked FROM job WHERE id = ?"}, row.id).value_or(0) != 0;
      if (result) {
        set("job.done", "state = 'done', open_key = NULL, progress = 1, error = '', finished_at = ?", now);
      } else if (cancelled) {
        set("job.cancelled", "state = 'cancelled', open_key = NULL, error = ?, finished_at = ?", result.error().key,
            now);
      } else if (stopped) {  // the program ends: not the job's fault, the attempt does not count
        set("job.again", "state = 'queued', attempts = attempts - 1");
      } else if (IsTemporary(result.error().code) && row.attempts < row.max_attempts) {
        set("job.retry", "state = 'queued', run_at = ?, error = ?", now + BackOff(row.attempts), result.error().key);
      } else {
        auto const what = result.error().params.find("what");
        log::Error("job.dead", {{"type", row.type},
                                {"job", row.id},
                                {"attempts", row.attempts},
                                {"error", result.error().key},
                                {"what", what == result.error().params.end() ? std::string() : what->second}});
        set("job.dead", "state = 'dead', open_key = NULL, error = ?, finished_at = ?", result.error().key, now);
      }
    });
  }

  void RenewLeases(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(renew_mutex_);
        renew_.wait_for(lock, stop, kRenewEvery, [] { return false; });
      }
      std::lock_guard const lock(mutex_);
      for (auto const& [id, source] : running_) RenewOne(id, *source);
    }
  }

  void RenewOne(std::string const& id, std::stop_source& source) {
    try {
      bool const cancel = database_.Write([&](db::Tx& tx) {
        tx.Execute({"job.renew", "UPDATE job SET leased_until = ? WHERE id = ? AND leased_by = ?"},
                   clock_.Now() + kLease, id, name_);
        return tx.Scalar<std::int64_t>({"job.asked", "SELECT cancel_asked FROM job WHERE id = ?"}, id).value_or(0) != 0;
      });
      if (cancel) source.request_stop();
    } catch (std::exception const& error) {
      log::Error("job.lease", {{"job", id}, {"what", error.what()}});
    }
  }

  db::Database& database_;
  Clock const& clock_;
  std::string name_;
  std::map<std::string, JobHandler> handlers_;
  std::mutex mutex_, renew_mutex_;
  std::condition_variable changed_;
  std::condition_variable_any renew_;
  std::uint64_t wakes_ = 0;
  std::map<std::string, std::stop_source*> running_;
  std::vector<std::jthread> threads_;
};

JobRunner::JobRunner(db::Database& database, JobQueue& queue, Clock const& clock)
    : impl_(std::make_unique<Impl>(database, queue, clock)) {}
JobRunner::~JobRunner() = default;
void JobRunner::Register(std::string type, JobHandler handler) { impl_->Register(std::move(type), std::move(handler)); }
void JobRunner::Start(std::map<std::string, int> const& workers, bool only_process) {
  impl_->Start(workers, only_process);
}
void JobRunner::Stop() { impl_->Stop(); }
int JobRunner::RunDue() { return impl_->RunDue(); }

}  // namespace bole::jobs
