#include "app/sealed.hpp"

#include "modules/assessment/sealed.hpp"
#include "modules/audit/sealed.hpp"
#include "modules/fields/sealed.hpp"
#include "modules/identity/sealed.hpp"
#include "modules/imports/sealed.hpp"
#include "modules/interviews/sealed.hpp"
#include "modules/notify/sealed.hpp"
#include "modules/people/sealed.hpp"
#include "modules/privacy/sealed.hpp"

namespace bole::app {

SealedColumns AllSealedColumns() {
  SealedColumns all{{"http_idempotency", "body"}};
  for (auto const& columns :
       {audit::Sealed(), fields::Sealed(), identity::Sealed(), imports::Sealed(), notify::Sealed(), people::Sealed(),
        interviews::Sealed(), assessment::Sealed(), privacy::Sealed()})
    all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

}  // namespace bole::app
