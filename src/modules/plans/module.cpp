#include "modules/plans/service.hpp"
#include "platform/app/nightly.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::plans {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org) {
  auto service = std::make_unique<Service>(context, audit, org);
  RegisterQuestionRoutes(context, *service);
  RegisterPlanRoutes(context, *service);
  RegisterGroupRoutes(context, *service);
  RegisterAssetRoutes(context, service->assets());
  context.runner.Register(kUnusedAssetsJob, [&context, &assets = service->assets()](jobs::JobContext&) -> Result<> {
    BOLE_TRY(assets.RemoveUnused());
    EnqueueNightly(context, kUnusedAssetsJob, std::chrono::days(1));
    return {};
  });
  return service;
}

}  // namespace bole::plans
