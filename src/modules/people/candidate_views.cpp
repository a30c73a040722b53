#include "modules/people/store.hpp"
#include "platform/db/scope_filter.hpp"

namespace bole::people::store {
namespace {

struct ListRow {
  std::string id, person_id, org_id, org_name, org_path, name, gender;
  std::optional<Date> birth_date;
  std::string phone_masked, email_masked, id_number_masked;
  Source source = Source::other;
  db::Json<std::vector<std::string>> tags;
  std::optional<std::string> job_id, job_name;
  std::string locale, note;
  std::int64_t interviews = 0;
  std::optional<double> last_score;
  std::optional<std::string> last_band;
  Instant created_at{};
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, person_id, org_id, org_name, org_path, name, gender, birth_date, phone_masked, email_masked,
                       id_number_masked, source, tags, job_id, job_name, locale, note, interviews, last_score,
                       last_band, created_at, version))

constexpr char const* kList =
    "SELECT c.id, c.person_id, c.org_id, n.name AS org_name, n.path AS org_path, p.name, p.gender, p.birth_date, "
    "p.phone_masked, "
    "p.email_masked, p.id_number_masked, c.source, c.tags, c.job_id, j.name AS job_name, c.locale, c.note, "
    "c.interviews, "
    "c.last_score, c.last_band, c.created_at, c.version FROM candidate c JOIN person p ON p.id = c.person_id "
    "JOIN org_node n ON n.id = c.org_id LEFT JOIN org_job j ON j.id = c.job_id WHERE ";

CandidateView ToView(ListRow const& r, Scope const& scope) {
  CandidateView out{r.id,           r.person_id,
                    r.org_id,       r.org_name,
                    r.name,         r.gender,
                    r.birth_date,   r.phone_masked,
                    r.email_masked, r.id_number_masked,
                    r.source,       r.tags.value,
                    r.job_id,       r.job_name.value_or(""),
                    r.locale,       r.note,
                    r.interviews,   r.last_score,
                    r.last_band,    r.created_at,
                    r.version};
  if (scope.Level(FieldClass::contact, r.org_path) == FieldLevel::hidden)
    out.phone_masked.clear(), out.email_masked.clear();
  if (scope.Level(FieldClass::id_number, r.org_path) == FieldLevel::hidden) out.id_number_masked.clear();
  return out;
}

}  // namespace

std::vector<CandidateView> CandidatesOf(db::Tx& tx, Scope const& scope, std::vector<std::string> const& ids) {
  if (ids.empty()) return {};
  std::string marks = "?";
  for (std::size_t i = 1; i < ids.size(); ++i) marks += ", ?";
  std::vector<CandidateView> out;
  for (auto const& row :
       tx.SelectWith<ListRow>({"people.list", kList + ("c.id IN (" + marks + ")")}, {ids.begin(), ids.end()}))
    out.push_back(ToView(row, scope));
  return out;
}

std::optional<CandidateView> Candidate(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const allowed = db::ScopeCondition(scope, "c.org_id", TeamOfCandidate("c.id"));
  db::Cells values{id};
  values.insert(values.end(), allowed.parameters.begin(), allowed.parameters.end());
  auto const rows = tx.SelectWith<ListRow>({"people.candidate", kList + ("c.id = ?" + allowed.sql)}, values);
  if (rows.empty()) return std::nullopt;
  return ToView(rows[0], scope);
}

}  // namespace bole::people::store
