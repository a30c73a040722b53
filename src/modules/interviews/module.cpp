#include "modules/interviews/service.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::interviews {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people,
                              plans::Api& plans, notify::Api& notify, CandidateEngines engines) {
  auto service = std::make_unique<Service>(context, audit, org, people, plans, notify, std::move(engines));
  people.SetInterviewHistory(*service);
  RegisterStaffRoutes(context.routes, *service);
  RegisterCandidateRoutes(context.routes, *service);
  context.runner.Register(kExpireJob, [expire = service.get()](jobs::JobContext&) -> Result<> {
    expire->ExpireOverdue();
    return {};
  });
  return service;
}

void AskWith(Api& interviews, ConsentTexts& texts) { static_cast<Service&>(interviews).AskWith(texts); }

}  // namespace bole::interviews
