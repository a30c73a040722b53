#include "modules/org/service.hpp"

namespace bole::org {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit) {
  auto service = std::make_unique<Service>(context.database, context.clock, audit);
  RegisterRoutes(context.routes, *service);
  return service;
}

}  // namespace bole::org
