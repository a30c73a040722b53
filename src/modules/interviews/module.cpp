#include "modules/interviews/service.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::interviews {
namespace {

constexpr char const* kExpireJob = "interviews.expire";
constexpr std::chrono::minutes kExpireEvery{5};

void ScheduleExpiry(jobs::JobQueue& queue, db::Tx& tx, Instant at) {
  queue.Enqueue(tx, {.type = kExpireJob, .payload = {}, .run_at = at});
}

// A job that plans its own next run; one is open at any time.
void RegisterExpiry(AppContext const& context, Service& service) {
  context.runner.Register(kExpireJob, [context, &service](jobs::JobContext&) -> Result<> {
    service.ExpireOverdue();
    context.database.Write([&](db::Tx& tx) { ScheduleExpiry(context.queue, tx, context.clock.Now() + kExpireEvery); });
    return {};
  });
}

}  // namespace

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people,
                              plans::Api& plans, notify::Api& notify, CandidateEngines engines) {
  auto service = std::make_unique<Service>(context, audit, org, people, plans, notify, std::move(engines));
  people.SetInterviewHistory(*service);
  RegisterStaffRoutes(context.routes, *service);
  RegisterCandidateRoutes(context.routes, *service);
  RegisterExpiry(context, *service);
  return service;
}

}  // namespace bole::interviews
