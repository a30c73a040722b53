#include "platform/app/nightly.hpp"

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole {

namespace {

void Enqueue(AppContext const& context, char const* job, std::chrono::days later) {
  auto const day = std::chrono::floor<std::chrono::days>(context.clock.Now()) + later;
  context.database.Write([&](db::Tx& tx) {
    context.queue.Enqueue(tx, {.type = job,
                               .payload = {},
                               .key = std::string(job) + "." + FormatDate(Date{day}),
                               .run_at = Instant(day + std::chrono::hours(19))});
  });
}

}  // namespace

void RegisterNightly(AppContext& context, char const* job, std::function<Result<>()> work) {
  context.runner.Register(job, [&context, job, work = std::move(work)](jobs::JobContext&) {
    Enqueue(context, job, std::chrono::days(1));
    return work();
  });
}

void ScheduleNightly(AppContext const& context, char const* job) { Enqueue(context, job, std::chrono::days(0)); }

}  // namespace bole
