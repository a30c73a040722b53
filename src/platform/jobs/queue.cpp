#include "base/ids.hpp"
#include "platform/jobs/job_row.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::jobs {

std::string JobQueue::Enqueue(db::Tx& tx, JobRequest const& request) {
  auto const now = clock_.Now();
  if (!request.key.empty()) {
    auto const open =
        tx.Scalar<std::string>({"job.open", "SELECT id FROM job WHERE open_key = ?"}, request.type + ":" + request.key);
    if (open) return *open;
  }
  JobRow row;
  row.id = NewUlid(now);
  row.type = request.type;
  row.lane = request.lane;
  if (!request.key.empty()) row.open_key = request.type + ":" + request.key;
  row.payload.value = request.payload;
  row.run_at = std::max(request.run_at, now);
  row.max_attempts = request.max_attempts;
  row.created_at = now;
  tx.Insert("job", row);
  tx.OnCommit([this] {
    if (wake_) wake_();
  });
  return row.id;
}

void JobQueue::Cancel(db::Tx& tx, std::string const& id) {
  tx.Execute({"job.cancel_queued",
              "UPDATE job SET state = 'cancelled', open_key = NULL, finished_at = ? WHERE id = ? AND state = 'queued'"},
             clock_.Now(), id);
  tx.Execute({"job.cancel_running", "UPDATE job SET cancel_asked = 1 WHERE id = ? AND state = 'running'"}, id);
}

std::optional<JobView> JobQueue::Find(db::Tx& tx, std::string const& id) {
  return tx.One<JobView>({"job.find", "SELECT " + db::Columns<JobView>() + " FROM job WHERE id = ?"}, id);
}

std::vector<JobView> JobQueue::Latest(db::Tx& tx, std::optional<JobState> state, int limit) {
  auto const columns = db::Columns<JobView>();
  if (state)
    return tx.Select<JobView>(
        {"job.latest_in_state", "SELECT " + columns + " FROM job WHERE state = ? ORDER BY id DESC LIMIT ?"}, *state,
        limit);
  return tx.Select<JobView>({"job.latest", "SELECT " + columns + " FROM job ORDER BY id DESC LIMIT ?"}, limit);
}

}  // namespace bole::jobs
