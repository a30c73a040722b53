#include "modules/plans/service.hpp"

namespace bole::plans {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org) {
  auto service = std::make_unique<Service>(context, audit, org);
  RegisterQuestionRoutes(context, *service);
  RegisterPlanRoutes(context, *service);
  RegisterGroupRoutes(context, *service);
  return service;
}

}  // namespace bole::plans
