#include "modules/plans/service.hpp"
#include "platform/app/nightly.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::plans {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org) {
  auto service = std::make_unique<Service>(context, audit, org);
  RegisterQuestionRoutes(context, *service);
  RegisterPlanRoutes(context, *service);
  RegisterPlanExport(context, *service, audit, org);
  RegisterGroupRoutes(context, *service);
  RegisterVersionRoutes(context, *service);
  RegisterAssetRoutes(context, service->assets());
  RegisterDimensionRoutes(context, service->dimensions());
  RegisterNightly(context, kUnusedAssetsJob, [&assets = service->assets()] { return assets.RemoveUnused(); });
  return service;
}

}  // namespace bole::plans
