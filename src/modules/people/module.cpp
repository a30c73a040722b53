#include "modules/imports/api.hpp"
#include "modules/people/files.hpp"
#include "modules/people/import_target.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"

namespace bole::people {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, fields::Api& fields,
                              documents::TextReader read_file) {
  auto service = std::make_unique<Service>(context, audit, org, fields);
  RegisterRoutes(context, *service);
  RegisterFileRoutes(context, std::make_shared<Files>(context, audit, org, std::move(read_file)));
  fields.Offer({"candidate", "candidate.read", "candidate.reveal"});
  org.CountRows("candidates", store::CountCandidatesBelow);
  return service;
}

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api, PersonKept kept) {
  return MakeImportTarget(context, org, dynamic_cast<Service&>(api), std::move(kept));
}

}  // namespace bole::people
