#include "modules/identity/service.hpp"

namespace bole::identity {

std::unique_ptr<Api> Register(AppContext& context, org::Api& org, audit::Api& audit) {
  auto service = std::make_unique<Service>(context.database, context.clock, context.passwords, org, audit);
  org.OnMoved([&service = *service] { service.Forget(); });
  org.CountRows("users", store::CountUsers);
  RegisterRoutes(context.routes, *service);
  return service;
}

}  // namespace bole::identity
