#include "modules/privacy/service.hpp"

#include "modules/people/persons.hpp"

namespace bole::privacy {

Result<MyData> Service::Mine(Principal const& who) {
  return subjects.context.database.Read([&](db::Tx& tx) -> Result<MyData> {
    BOLE_ASSIGN(auto const self, subjects.Self(tx, who));
    MyData out;
    out.consents = consents.Mine(tx, self.data.interview_ids);
    out.requests = requests.Mine(tx, self.data.person_id);
    out.exports = exports.Mine(tx, self.data.person_id);
    out.access = AccessTo(subjects, tx, self.data);
    return out;
  });
}

Result<Items<AccessEntry>> Service::Access(Principal const& who, PersonRef const& ref, audit::Purpose const& purpose) {
  return subjects.context.database.Write([&](db::Tx& tx) -> Result<Items<AccessEntry>> {
    BOLE_ASSIGN(auto const subject, subjects.Of(tx, who, "privacy.read", ref));
    subjects.modules.audit.Record(tx, who,
                                  ActOn(ref, "privacy.access_read", subject.org_id, audit::WithPurpose(purpose)));
    return Items<AccessEntry>{AccessTo(subjects, tx, subject.data)};
  });
}

Result<RestrictionView> Service::Restriction(Principal const& who, PersonRef const& ref) {
  return subjects.context.database.Read([&](db::Tx& tx) -> Result<RestrictionView> {
    BOLE_ASSIGN(auto const subject, subjects.Seen(tx, who, "privacy.read", ref));
    bool const restricted = people::PersonsOf(subjects.modules.people).PersonRestricted(tx, subject.data.person_id);
    return RestrictionView{restricted, restricted && subjects.Of(tx, who, "privacy.manage", ref).has_value()};
  });
}

Result<> Service::EndRestriction(Principal const& who, PersonRef const& ref) {
  return subjects.context.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const subject, subjects.Of(tx, who, "privacy.manage", ref));
    auto const record = subjects.modules.audit.Begin(tx, who, ActOn(ref, "privacy.restriction_end", subject.org_id));
    subjects.modules.people.SetRestricted(tx, subject.data.person_id, false);
    subjects.modules.audit.Succeeded(tx, record);
    return {};
  });
}

}  // namespace bole::privacy
