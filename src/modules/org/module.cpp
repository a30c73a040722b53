#include <stdexcept>

#include "modules/org/service.hpp"
#include "platform/config/config.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::org {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, fields::Api& fields) {
  auto content = ReadContent(context.config.resource_dir / "content");
  if (!content) throw std::runtime_error("org: cannot read the shipped content: " + content.error().key);
  auto service = std::make_unique<Service>(context.database, context.clock, audit, fields, context.queue, context.bus,
                                           *std::move(content));
  fields.Offer({"job", "job.read", ""});
  service->CountRows("jobs", store::CountJobs);
  service->CountRows("positions", store::CountPositions);
  context.runner.Register("org.apply", [&service = *service](jobs::JobContext&) { return service.ApplyDue(); });
  RegisterRoutes(context.routes, *service);
  RegisterLibraryRoutes(context.routes, *service);
  RegisterExports(context, *service, audit);
  RegisterLibraryExports(context, *service, audit);
  return service;
}

}  // namespace bole::org
