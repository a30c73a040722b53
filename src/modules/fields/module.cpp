#include "modules/audit/api.hpp"
#include "modules/fields/service.hpp"
#include "platform/app/context.hpp"

namespace bole::fields {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit) {
  auto service = std::make_unique<Service>(context, audit);
  RegisterRoutes(context.routes, *service);
  return service;
}

}  // namespace bole::fields
