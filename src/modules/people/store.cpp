#include "modules/people/store.hpp"

#include "modules/people/model.hpp"

namespace bole::people::store {
namespace {

std::string SelectPerson(std::string_view rest) {
  return "SELECT " + db::Columns<PersonRow>("p.") + " FROM person p " + std::string(rest);
}

std::string Marks(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i == 0 ? "?" : ", ?";
  return out;
}

void InsertTags(db::Tx& tx, CandidateRow const& row) {
  for (auto const& tag : row.tags.value)
    tx.Execute({"people.tag", "INSERT INTO candidate_tag (tag, org_id, candidate_id) VALUES (?, ?, ?)"}, tag,
               row.org_id, row.id);
}

struct EventRow {
  std::string id, candidate_id;
  Instant at{};
  std::string kind, title_key;
  db::Json<std::map<std::string, std::string>> params;
  std::optional<std::string> interview_id;
};
BOOST_DESCRIBE_STRUCT(EventRow, (), (id, candidate_id, at, kind, title_key, params, interview_id))

}  // namespace

std::optional<PersonRow> PersonOf(db::Tx& tx, std::string const& candidate_id) {
  return tx.One<PersonRow>({"people.person", SelectPerson("JOIN candidate c ON c.person_id = p.id WHERE c.id = ?")},
                           candidate_id);
}

std::optional<Match> SamePerson(PersonRow const& like, std::vector<PersonRow const*> const& persons) {
  for (auto const* row : persons)
    if (!like.id_number_index.empty() && row->id_number_index == like.id_number_index) return Match{*row, "id_number"};
  // Another ID number is another person, whatever else agrees.
  auto const name = NameKey(like.name);
  auto const same = [&](PersonRow const& row) {
    return NameKey(row.name) == name &&
           (row.id_number_index.empty() || like.id_number_index.empty() || row.id_number_index == like.id_number_index);
  };
  for (auto const* row : persons)
    if (!like.phone_index.empty() && row->phone_index == like.phone_index && same(*row)) return Match{*row, "phone"};
  for (auto const* row : persons)
    if (!like.email_index.empty() && row->email_index == like.email_index && same(*row)) return Match{*row, "email"};
  return std::nullopt;
}

std::vector<PersonRow> PersonsLike(db::Tx& tx, std::vector<PersonRow> const& like) {
  std::map<std::string, PersonRow> found;
  for (auto const& [column, member] :
       {std::pair("p.id_number_index", &PersonRow::id_number_index),
        std::pair("p.phone_index", &PersonRow::phone_index), std::pair("p.email_index", &PersonRow::email_index)}) {
    db::Cells values;
    for (auto const& row : like)
      if (!(row.*member).empty()) values.emplace_back(row.*member);
    if (values.empty()) continue;
    std::string const name = column;
    for (auto& row : tx.SelectWith<PersonRow>({"people.like", SelectPerson("WHERE " + name + " <> '' AND " + name +
                                                                           " IN (" + Marks(values.size()) + ")")},
                                              values))
      found.emplace(row.id, std::move(row));
  }
  std::vector<PersonRow> out;
  out.reserve(found.size());
  for (auto& [id, row] : found) out.push_back(std::move(row));
  return out;
}

std::map<std::string, std::string> CandidatesOf(db::Tx& tx, std::vector<std::string> const& person_ids,
                                                std::string const& org_id) {
  std::map<std::string, std::string> out;
  if (person_ids.empty()) return out;
  db::Cells values{org_id};
  values.insert(values.end(), person_ids.begin(), person_ids.end());
  for (auto const& cells :
       tx.Fetch({"people.candidates_of", "SELECT person_id, id FROM candidate WHERE org_id = ? AND person_id IN (" +
                                             Marks(person_ids.size()) + ")"},
                values, {db::Kind::text, db::Kind::text}))
    out.emplace(std::get<std::string>(cells[0]), std::get<std::string>(cells[1]));
  return out;
}

std::optional<Match> FindPerson(db::Tx& tx, PersonRow const& like, std::string const& except_id) {
  auto const persons = PersonsLike(tx, {like});
  std::vector<PersonRow const*> others;
  for (auto const& person : persons)
    if (person.id != except_id) others.push_back(&person);
  return SamePerson(like, others);
}

std::optional<Same> FindCandidate(db::Tx& tx, PersonRow const& like, std::string const& org_id,
                                  std::string const& except_person_id) {
  struct Key {
    std::string const& value;
    char const* column;
    char const* by;
  };
  for (auto const& [value, column, by] :
       {Key{like.id_number_index, "id_number_index", "id_number"}, Key{like.phone_index, "phone_index", "phone"},
        Key{like.email_index, "email_index", "email"}}) {
    if (value.empty()) continue;
    std::string const name = std::string("p.") + column;
    // CROSS JOIN keeps SQLite from walking through the whole branch in the order of c.id.
    auto found = tx.One<Same>(
        {"people.same", "SELECT c.id, p.name, '" + std::string(by) +
                            "' AS matched FROM person p CROSS JOIN candidate c WHERE c.person_id = p.id AND " + name +
                            " = ? AND " + name + " <> '' AND c.org_id = ? AND p.id <> ? ORDER BY c.id LIMIT 1"},
        value, org_id, except_person_id);
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<std::string> FindSimilar(db::Tx& tx, PersonRow const& like, std::string const& org_id) {
  if (!like.birth_date) return std::nullopt;
  return tx.Scalar<std::string>(
      {"people.similar",
       "SELECT c.id FROM candidate c JOIN person p ON p.id = c.person_id WHERE c.name_key = ? AND "
       "c.org_id = ? AND p.birth_date = ? AND p.id <> ? ORDER BY c.id LIMIT 1"},
      NameKey(like.name), org_id, like.birth_date, like.id);
}

std::optional<std::string> CandidateOfPerson(db::Tx& tx, std::string const& person_id, std::string const& org_id) {
  return tx.Scalar<std::string>({"people.of_person", "SELECT id FROM candidate WHERE person_id = ? AND org_id = ?"},
                                person_id, org_id);
}

void Insert(db::Tx& tx, PersonRow const& row) { tx.Insert("person", row); }

void Update(db::Tx& tx, PersonRow const& row) {
  tx.Execute({"people.person_update",
              "UPDATE person SET name = ?, gender = ?, birth_date = ?, phone = ?, phone_index = ?, phone_masked = ?, "
              "email = ?, email_index = ?, email_masked = ?, id_number = ?, id_number_index = ?, id_number_masked = ? "
              "WHERE id = ?"},
             row.name, row.gender, row.birth_date, row.phone, row.phone_index, row.phone_masked, row.email,
             row.email_index, row.email_masked, row.id_number, row.id_number_index, row.id_number_masked, row.id);
}

void Insert(db::Tx& tx, CandidateRow const& row) {
  tx.Insert("candidate", row);
  InsertTags(tx, row);
}

bool Update(db::Tx& tx, CandidateRow const& row, std::int64_t expected) {
  auto const changed = tx.Execute({"people.update",
                                   "UPDATE candidate SET name_key = ?, given_key = ?, source = ?, tags = ?, "
                                   "job_id = ?, locale = ?, note = ?, version = ? WHERE id = ? AND version = ?"},
                                  row.name_key, row.given_key, row.source, row.tags, row.job_id, row.locale, row.note,
                                  row.version, row.id, expected);
  if (changed != 1) return false;
  tx.Execute({"people.untag", "DELETE FROM candidate_tag WHERE candidate_id = ?"}, row.id);
  InsertTags(tx, row);
  return true;
}

std::optional<CandidateRow> Row(db::Tx& tx, std::string const& id) {
  return tx.One<CandidateRow>({"people.row", "SELECT " + db::Columns<CandidateRow>() + " FROM candidate WHERE id = ?"},
                              id);
}

void RenameCandidates(db::Tx& tx, PersonRow const& person) {
  tx.Execute({"people.rename", "UPDATE candidate SET name_key = ?, given_key = ? WHERE person_id = ?"},
             NameKey(person.name), GivenKey(person.name), person.id);
}

void CountInterview(db::Tx& tx, std::string const& id) {
  tx.Execute({"people.invited", "UPDATE candidate SET interviews = interviews + 1 WHERE id = ?"}, id);
}

void SetResult(db::Tx& tx, std::string const& id, double score, std::string const& band) {
  tx.Execute({"people.result", "UPDATE candidate SET last_score = ?, last_band = ? WHERE id = ?"}, score, band, id);
}

void AddEvent(db::Tx& tx, std::string const& candidate_id, FileEvent const& event) {
  tx.Insert(
      "candidate_event",
      EventRow{
          NewUlid(event.at), candidate_id, event.at, event.kind, event.title_key, {event.params}, event.interview_id});
}

std::vector<FileEvent> Events(db::Tx& tx, std::string const& candidate_id) {
  std::vector<FileEvent> out;
  for (auto& row : tx.Select<EventRow>({"people.events", "SELECT " + db::Columns<EventRow>() +
                                                             " FROM candidate_event WHERE candidate_id = ? "
                                                             "ORDER BY id DESC LIMIT 500"},
                                       candidate_id))
    out.push_back({row.at, row.kind, row.title_key, row.params.value, row.interview_id});
  return out;
}

void ClearResult(db::Tx& tx, std::string const& id) {
  tx.Execute({"people.clear_result", "UPDATE candidate SET last_score = NULL, last_band = NULL WHERE id = ?"}, id);
}

namespace {
constexpr char const* kPlaces =
    "SELECT c.id, c.person_id, c.org_id, n.path AS org_path, p.name, c.last_band, c.created_at FROM candidate c "
    "JOIN person p ON p.id = c.person_id JOIN org_node n ON n.id = c.org_id ";
}  // namespace

std::vector<PoolEntry> PlacesOf(db::Tx& tx, std::string const& person_id) {
  return tx.Select<PoolEntry>({"people.places", std::string(kPlaces) + "WHERE c.person_id = ? ORDER BY c.id"},
                              person_id);
}

std::vector<PoolEntry> EnteredBefore(db::Tx& tx, Instant before, std::string const& after_id, int limit) {
  return tx.Select<PoolEntry>(
      {"people.entered_before", std::string(kPlaces) + "WHERE c.id > ? AND c.created_at < ? ORDER BY c.id "
                                                       "LIMIT ?"},
      after_id, before, limit);
}

void SetRestricted(db::Tx& tx, std::string const& person_id, bool restricted) {
  tx.Execute({"people.restrict", "UPDATE person SET restricted = ? WHERE id = ?"}, restricted, person_id);
}

bool IsRestricted(db::Tx& tx, std::string const& person_id) {
  return tx.Scalar<std::int64_t>({"people.restricted", "SELECT restricted FROM person WHERE id = ?"}, person_id)
             .value_or(0) != 0;
}

std::optional<PersonRow> Person(db::Tx& tx, std::string const& id) {
  return tx.One<PersonRow>({"people.person_by_id", SelectPerson("WHERE p.id = ?")}, id);
}

std::vector<PersonRow> Persons(db::Tx& tx, std::vector<std::string> const& ids) {
  if (ids.empty()) return {};
  return tx.SelectWith<PersonRow>({"people.persons", SelectPerson("WHERE p.id IN (" + Marks(ids.size()) + ")")},
                                  {ids.begin(), ids.end()});
}

std::vector<std::string> PersonsBy(db::Tx& tx, std::string const& column, std::string const& index, int limit) {
  std::vector<std::string> out;
  for (auto const& row :
       tx.Fetch({"people.persons_by", "SELECT id FROM person WHERE " + column + " = ? ORDER BY id LIMIT ?"},
                {index, std::int64_t{limit}}, {db::Kind::text}))
    out.push_back(std::get<std::string>(row[0]));
  return out;
}

void EraseCandidate(db::Tx& tx, std::string const& id) {
  tx.Execute({"people.erase_one_tags", "DELETE FROM candidate_tag WHERE candidate_id = ?"}, id);
  tx.Execute({"people.erase_one_team", "DELETE FROM candidate_member WHERE candidate_id = ?"}, id);
  tx.Execute({"people.erase_one_events", "DELETE FROM candidate_event WHERE candidate_id = ?"}, id);
  tx.Execute({"people.erase_one", "DELETE FROM candidate WHERE id = ?"}, id);
}

std::map<std::string, std::int64_t> ErasePerson(db::Tx& tx, std::string const& person_id) {
  std::string const candidates = "(SELECT id FROM candidate WHERE person_id = ?)";
  std::map<std::string, std::int64_t> out;
  tx.Execute({"people.erase_tags", "DELETE FROM candidate_tag WHERE candidate_id IN " + candidates}, person_id);
  tx.Execute({"people.erase_team", "DELETE FROM candidate_member WHERE candidate_id IN " + candidates}, person_id);
  out["candidate_event"] =
      tx.Execute({"people.erase_events", "DELETE FROM candidate_event WHERE candidate_id IN " + candidates}, person_id);
  out["candidate"] = tx.Execute({"people.erase_candidates", "DELETE FROM candidate WHERE person_id = ?"}, person_id);
  out["person"] = tx.Execute({"people.erase_person", "DELETE FROM person WHERE id = ?"}, person_id);
  return out;
}

std::optional<std::string> JobByCode(db::Tx& tx, std::string const& code) {
  return tx.Scalar<std::string>({"people.job_by_code", "SELECT id FROM org_job WHERE code = ?"}, code);
}

}  // namespace bole::people::store
