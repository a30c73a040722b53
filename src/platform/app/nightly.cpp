#include "platform/app/nightly.hpp"

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole {

void EnqueueNightly(AppContext const& context, char const* job, std::chrono::days later) {
  auto const day = std::chrono::floor<std::chrono::days>(context.clock.Now()) + later;
  context.database.Write([&](db::Tx& tx) {
    context.queue.Enqueue(tx, {.type = job,
                               .payload = {},
                               .key = std::string(job) + "." + FormatDate(Date{day}),
                               .run_at = Instant(day + std::chrono::hours(19))});
  });
}

}  // namespace bole
