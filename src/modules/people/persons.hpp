#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/db/scope_filter.hpp"
#include "platform/reflect/reflect.hpp"

namespace bole::db {
class Tx;
}

// Persons for modules whose records are somebody: who is the same, what is known of them, masked unless opened. The
// caller has authorised, applies its scope's field levels and records what it does.
namespace bole::people {

// What describes the person, checked and in normal form.
struct PersonFacts {
  std::string name, gender;
  std::optional<Date> birth_date;
  std::string phone, email, id_number;  // normal form; empty: unknown
};

// As lists and details show a person.
struct PersonView {
  std::string id, name, gender;
  std::optional<Date> birth_date;
  std::string phone_masked, email_masked, id_number_masked;
};

// Absent members stay; an empty text removes.
struct PersonChange {
  std::optional<std::string> name, gender;
  std::optional<Date> birth_date;
  std::optional<std::string> phone, email, id_number;
};

// What one may not see one does not overwrite either: an error for each such member.
void RefuseHidden(Scope const& scope, std::string const& org_path, PersonChange const& change, FieldErrors& errors);
// Names of the members that differ: what was changed is evidence, the values are not.
[[nodiscard]] std::vector<std::string> Differences(PersonFacts const& before, PersonFacts const& after);

// What a person was before, sealed values sealed, for taking a change back; null: the person is new.
struct AdmittedPerson {
  std::string id;
  json::value before;
};

// `field`: the class that one must be allowed to see to search by it. `condition` starts with " AND ".
struct PersonSearch {
  std::optional<FieldClass> field;
  db::Condition condition;
};

class Persons {
 public:
  virtual ~Persons() = default;
  // In normal form; an error per broken member, at /name, /phone, …
  virtual PersonFacts CheckPerson(PersonFacts raw, FieldErrors& errors) = 0;
  // Who has the same ID number, or the same phone or e-mail together with the same name.
  virtual std::optional<std::string> Recognise(db::Tx& tx, PersonFacts const& facts) = 0;
  // That person, with what was unknown filled in; or a new one.
  virtual Result<AdmittedPerson> AdmitPerson(db::Tx& tx, PersonFacts const& facts) = 0;
  // The person as the change leaves it, or errors; nothing is written. `taken` at /id_number: it is another person's.
  virtual Result<PersonFacts> CheckChange(db::Tx& tx, std::string const& id, PersonChange const& change,
                                          FieldErrors& errors) = 0;
  virtual void StorePerson(db::Tx& tx, std::string const& id, PersonFacts const& facts) = 0;

  virtual std::map<std::string, PersonView> Views(db::Tx& tx, std::vector<std::string> const& ids) = 0;
  virtual Result<PersonFacts> OpenPerson(db::Tx& tx, std::string const& id) = 0;  // secrets in clear
  virtual bool PersonRestricted(db::Tx& tx, std::string const& id) = 0;           // asked that nothing new be done
  // Text as people type it into a search box, for a column with ids of persons: a whole phone, e-mail or ID number, or
  // a part of a name. A name is tested row by row: let something else narrow the rows.
  [[nodiscard]] virtual PersonSearch Search(std::string const& text, std::string const& person_column) const = 0;

  virtual json::value Snapshot(db::Tx& tx, std::string const& id) = 0;
  virtual bool Restore(db::Tx& tx, json::value const& snapshot) = 0;
  // Unless the person is in the pool of some unit. Throws db::DatabaseError while another record refers to it.
  virtual bool Remove(db::Tx& tx, std::string const& id) = 0;
};

class Api;
// Of the Api that Register returned; lives as long.
[[nodiscard]] Persons& PersonsOf(Api& api);

}  // namespace bole::people
