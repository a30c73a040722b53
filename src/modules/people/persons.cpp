#include "modules/people/persons.hpp"

#include "base/text.hpp"
#include "modules/people/service.hpp"
#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"

// Persons as other modules use them.
namespace bole::people {
namespace {

constexpr int kMostReached = 10;

}  // namespace

bool IsAddress(std::string const& text) {
  std::string const trimmed(Trim(text));
  return NormalisePhone(trimmed) || NormaliseEmail(trimmed);
}

PersonFacts Service::CheckPerson(PersonFacts raw, FieldErrors& errors) {
  return CheckFacts(std::move(raw), Today(context_.clock.Now()), errors);
}

std::optional<std::string> Service::Recognise(db::Tx& tx, PersonFacts const& facts) {
  auto const match = store::FindPerson(tx, Indexes(facts), "");
  return match ? std::optional(match->person.id) : std::nullopt;
}

Result<AdmittedPerson> Service::AdmitPerson(db::Tx& tx, PersonFacts const& facts) {
  auto const match = store::FindPerson(tx, Indexes(facts), "");
  BOLE_ASSIGN(auto const person, Known(tx, facts, match ? &*match : nullptr));
  return AdmittedPerson{person.id, match ? WriteJson(match->person) : json::value{}};
}

Result<PersonFacts> Service::CheckChange(db::Tx& tx, std::string const& id, PersonChange const& change,
                                         FieldErrors& errors) {
  BOLE_ASSIGN(auto facts, OpenPerson(tx, id));
  facts = CheckPerson(Changed(std::move(facts), change), errors);
  if (auto const match = store::FindPerson(tx, Indexes(facts), id); match && match->by == "id_number")
    errors.push_back({"/id_number", "taken"});
  return facts;
}

void Service::StorePerson(db::Tx& tx, std::string const& id, PersonFacts const& facts) {
  auto const row = store::Person(tx, id);
  if (!row) return;
  auto const person = Seal(facts, *row);
  store::Update(tx, person);
  store::RenameCandidates(tx, person);
}

std::map<std::string, PersonView> Service::Views(db::Tx& tx, std::vector<std::string> const& ids) {
  std::map<std::string, PersonView> out;
  for (auto const& row : store::Persons(tx, ids))
    out.emplace(row.id, PersonView{row.id, row.name, row.gender, row.birth_date, row.phone_masked, row.email_masked,
                                   row.id_number_masked});
  return out;
}

Result<PersonFacts> Service::OpenPerson(db::Tx& tx, std::string const& id) {
  auto const row = store::Person(tx, id);
  if (!row) return NotFound("person");
  return Open(*row);
}

bool Service::PersonRestricted(db::Tx& tx, std::string const& id) { return store::IsRestricted(tx, id); }

PersonSearch Service::Search(std::string const& text, std::string const& person_column) const {
  auto const key = SearchKeyOf(text, Today(context_.clock.Now()));
  auto const by = [&](std::string const& column, std::string const& context) {
    return db::Condition{
        " AND " + person_column + " IN (SELECT id FROM person WHERE " + column + " = ? AND " + column + " <> '')",
        {context_.fields.BlindIndex(key.value, context)}};
  };
  switch (key.kind) {
    case SearchKey::Kind::id_number:
      return {FieldClass::id_number, by("id_number_index", "person.id_number")};
    case SearchKey::Kind::phone:
      return {FieldClass::contact, by("phone_index", "person.phone")};
    case SearchKey::Kind::email:
      return {FieldClass::contact, by("email_index", "person.email")};
    case SearchKey::Kind::name:
      break;
  }
  return {std::nullopt,
          {" AND EXISTS (SELECT 1 FROM person sp WHERE sp.id = " + person_column +
               " AND LOWER(sp.name) LIKE ? ESCAPE '\\')",
           {db::Contains(AsciiLower(key.value))}}};
}

std::vector<std::string> Service::PersonsReachedBy(db::Tx& tx, std::string const& address) {
  auto const key = SearchKeyOf(address, Today(context_.clock.Now()));
  if (key.kind != SearchKey::Kind::phone && key.kind != SearchKey::Kind::email) return {};
  bool const phone = key.kind == SearchKey::Kind::phone;
  return store::PersonsBy(tx, phone ? "phone_index" : "email_index",
                          context_.fields.BlindIndex(key.value, phone ? "person.phone" : "person.email"), kMostReached);
}

json::value Service::Snapshot(db::Tx& tx, std::string const& id) {
  auto const row = store::Person(tx, id);
  return row ? WriteJson(*row) : json::value{};
}

bool Service::Restore(db::Tx& tx, json::value const& snapshot) {
  auto const row = FromJson<store::PersonRow>(snapshot);
  if (!row) return false;
  store::Update(tx, *row);
  store::RenameCandidates(tx, *row);
  return true;
}

bool Service::Remove(db::Tx& tx, std::string const& id) {
  if (!store::PlacesOf(tx, id).empty()) return false;
  return store::ErasePerson(tx, id).at("person") > 0;
}

Persons& PersonsOf(Api& api) { return dynamic_cast<Service&>(api); }

}  // namespace bole::people
