#include "modules/imports/api.hpp"
#include "modules/personnel/import_target.hpp"
#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"

namespace bole::personnel {

std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people,
                              fields::Api& fields) {
  auto service = std::make_unique<Service>(context, audit, org, people, fields);
  RegisterRoutes(context, *service);
  fields.Offer({"employee", "employee.read", "employee.reveal"});
  org.CountRows("employees", store::CountBelow);
  org.CountSeats(store::SeatsTaken);
  org.OnHandOver([&service = *service](db::Tx& tx, org::HandOver const& over) { service.HandOver(tx, over); });
  return service;
}

std::unique_ptr<imports::Target> MakeImportTarget(AppContext& context, org::Api& org, Api& api, PersonKept kept) {
  return MakeImportTarget(context, org, dynamic_cast<Service&>(api), std::move(kept));
}

}  // namespace bole::personnel
