#pragma once
#include "modules/privacy/access.hpp"
#include "modules/privacy/entrance.hpp"
#include "modules/privacy/retention.hpp"

namespace bole::http {
class Routes;
}

namespace bole::privacy {

// The module's use cases, wired together.
struct Service {
  Service(AppContext& context, Neighbours neighbours, Catalogue kinds)
      : subjects(context, std::move(neighbours)), texts(subjects, std::move(kinds)) {}

  // What a person sees of himself.
  Result<MyData> Mine(Principal const& who);
  // Who looked at a person's data, for staff.
  Result<Items<AccessEntry>> Access(Principal const& who, PersonRef const& ref, audit::Purpose const& purpose = {});
  // Whether the person is restricted, and whether `who` may end it.
  Result<RestrictionView> Restriction(Principal const& who, PersonRef const& ref);
  Result<> EndRestriction(Principal const& who, PersonRef const& ref);

  Subjects subjects;
  Texts texts;
  Entrance entrance{subjects};
  Certificates certificates{subjects};
  Requests requests{subjects};
  Exports exports{subjects};
  Consents consents{subjects, texts, certificates};
  Erasures erasures{subjects, certificates, consents, requests, exports};
  Retention retention{subjects, certificates, consents, erasures};
};

void RegisterRoutes(http::Routes& routes, Service& service);
void RegisterPersonRoutes(http::Routes& routes, Service& service);

}  // namespace bole::privacy
