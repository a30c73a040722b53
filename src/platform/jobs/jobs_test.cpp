#include "platform/jobs/jobs.hpp"

#include <atomic>
#include <future>

#include "platform/db_testing/testing.hpp"

namespace bole::jobs {
namespace {

class JobsTest : public db::testing::StoreTest {
 protected:
  void SetUp() override { db.MigrateModules({"jobs"}); }
  std::string Add(JobRequest const& request) {
    return db->Write([&](db::Tx& tx) { return queue.Enqueue(tx, request); });
  }
  JobView View(std::string const& id) {
    return *db->Read([&](db::Tx& tx) { return JobQueue::Find(tx, id); });
  }
  ManualClock clock{FromMillis(1'700'000'000'000)};
  JobQueue queue{clock};
  JobRunner runner{*db, queue, clock};
};

TEST_P(JobsTest, RunsOnceAndKeepsPayload) {
  std::string seen;
  runner.Register("greet", [&](JobContext& job) -> Result<> {
    seen += job.payload().at("name").as_string().c_str();
    return {};
  });
  auto const id = Add({.type = "greet", .payload = {{"name", "伯乐"}}});
  EXPECT_EQ(runner.RunDue(), 1);
  EXPECT_EQ(runner.RunDue(), 0);
  EXPECT_EQ(seen, "伯乐");
  EXPECT_EQ(View(id).state, JobState::done);
}

TEST_P(JobsTest, TemporaryErrorsBackOffThenDie) {
  int runs = 0;
  runner.Register("flaky", [&](JobContext&) -> Result<> {
    ++runs;
    return Fail(ErrorCode::kUnavailable, "mail.down");
  });
  auto const id = Add({.type = "flaky", .payload = {}, .max_attempts = 3});
  EXPECT_EQ(runner.RunDue(), 1);
  EXPECT_EQ(runner.RunDue(), 0);  // waits for its back-off
  for (int i = 0; i < 5; ++i) {
    clock.Advance(std::chrono::minutes(1));
    runner.RunDue();
  }
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(View(id).state, JobState::dead);
  EXPECT_EQ(View(id).error, "mail.down");
}

TEST_P(JobsTest, FinalErrorsAreNotRepeated) {
  runner.Register("bad", [](JobContext&) -> Result<> { return Fail(ErrorCode::kInvalid, "nonsense"); });
  auto const id = Add({.type = "bad", .payload = {}});
  runner.RunDue();
  EXPECT_EQ(View(id).state, JobState::dead);
  EXPECT_EQ(View(id).attempts, 1);
}

TEST_P(JobsTest, ExceptionsAreRetried) {
  int runs = 0;
  runner.Register("throws", [&](JobContext&) -> Result<> {
    if (++runs == 1) throw std::runtime_error("once");
    return {};
  });
  auto const id = Add({.type = "throws", .payload = {}});
  runner.RunDue();
  EXPECT_EQ(View(id).state, JobState::queued);
  clock.Advance(std::chrono::minutes(1));
  runner.RunDue();
  EXPECT_EQ(View(id).state, JobState::done);
}

TEST_P(JobsTest, OpenKeyMakesWorkUniqueUntilItIsDone) {
  runner.Register("report", [](JobContext&) -> Result<> { return {}; });
  JobRequest const request{.type = "report", .payload = {}, .key = "interview-1"};
  auto const first = Add(request);
  EXPECT_EQ(Add(request), first);
  runner.RunDue();
  EXPECT_NE(Add(request), first);
}

TEST_P(JobsTest, AnExpiredLeaseIsTakenOver) {
  auto const id = Add({.type = "report", .payload = {}});
  db->Write([&](db::Tx& tx) {
    tx.Execute({"crash", "UPDATE job SET state = 'running', leased_by = 'dead process', leased_until = ?"},
               clock.Now() + std::chrono::seconds(10));
  });
  int runs = 0;
  runner.Register("report", [&](JobContext&) -> Result<> { return ++runs, Result<>{}; });
  EXPECT_EQ(runner.RunDue(), 0);
  clock.Advance(std::chrono::seconds(11));
  EXPECT_EQ(runner.RunDue(), 1);
  EXPECT_EQ(View(id).state, JobState::done);
}

TEST_P(JobsTest, WorkersWakeUpAndStopGivesRunningWorkBack) {
  std::promise<void> started;
  std::atomic<bool> stopped{false};
  runner.Register("long", [&](JobContext& job) -> Result<> {
    started.set_value();
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wait;
    wait.wait(lock, job.stop(), [] { return false; });
    stopped = true;
    return Fail(ErrorCode::kUnavailable, "stopped");
  });
  runner.Start({{"default", 1}}, true);
  auto const id = Add({.type = "long", .payload = {}});
  ASSERT_EQ(started.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  runner.Stop();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(View(id).state, JobState::queued);
  EXPECT_EQ(View(id).attempts, 0);
}

BOLE_STORE_SUITE(JobsTest);

}  // namespace
}  // namespace bole::jobs
