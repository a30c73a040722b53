#include "modules/imports/api.hpp"
#include "modules/people/import_target.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"

namespace bole::people {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields) {
  auto service = std::make_unique<Service>(context, audit, org, fields);
  RegisterRoutes(context, *service);
  fields.Offer({"candidate", "candidate.read", "candidate.reveal"});
  org.CountRows("candidates", store::CountCandidatesBelow);
  return service;
}

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api, PersonKept kept) {
  return MakeImportTarget(context, org, dynamic_cast<Service&>(api), std::move(kept));
}

}  // namespace bole::people
