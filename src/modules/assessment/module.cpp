#include "modules/assessment/jobs.hpp"
#include "modules/assessment/service.hpp"
#include "platform/config/config.hpp"

namespace bole::assessment {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, interviews::Api& interviews, plans::Api& plans,
                              AnalysisEngines engines) {
  auto service = std::make_unique<Service>(context, audit, interviews, plans, std::move(engines));
  RegisterJobs(context.runner, context.bus, *service, context.config.jobs.live_analysis);
  RegisterRoutes(context.routes, *service, context.messages);
  return service;
}

}  // namespace bole::assessment
