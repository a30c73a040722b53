#include <set>

#include "base/text.hpp"
#include "modules/personnel/service.hpp"
#include "platform/app/context.hpp"

// What only reads: lists, details, the employee's file, the audited reveal.
namespace bole::personnel {
namespace {

EmployeeView ToView(store::ListRow const& row, people::PersonView const& person, Date const& today) {
  EmployeeView out;
  out.id = row.id, out.person_id = row.person_id, out.number = row.number;
  out.name = person.name, out.gender = person.gender, out.birth_date = person.birth_date;
  out.phone_masked = person.phone_masked, out.email_masked = person.email_masked;
  out.id_number_masked = person.id_number_masked;
  out.org_id = row.org_id, out.org_name = row.org_name;
  out.job_id = row.job_id, out.job_name = row.job_name.value_or("");
  out.position_id = row.position_id, out.position_name = row.position_name.value_or(""), out.grade = row.grade;
  out.employment = row.employment, out.hired_on = row.hired_on, out.probation_until = row.probation_until;
  out.left_on = row.left_on, out.leave_reason = row.leave_reason;
  out.state = StateOf({row.hired_on, row.probation_until, row.left_on}, today);
  out.manager_id = row.manager_id, out.candidate_id = row.candidate_id;
  out.created_at = row.created_at, out.version = row.version;
  return out;
}

}  // namespace

std::vector<EmployeeView> Service::ToViews(db::Tx& tx, Scope const& scope, std::vector<store::ListRow> const& rows) {
  std::set<std::string> ids;
  for (auto const& row : rows) {
    ids.insert(row.person_id);
    if (row.manager_person_id) ids.insert(*row.manager_person_id);
  }
  auto const persons = Persons().Views(tx, {ids.begin(), ids.end()});
  std::vector<EmployeeView> out;
  for (auto const& row : rows) {
    auto& view = out.emplace_back(ToView(row, persons.at(row.person_id), TodayAt(row.zone)));
    if (row.manager_person_id) view.manager_name = persons.at(*row.manager_person_id).name;
    if (scope.Level(FieldClass::contact, row.org_path) == FieldLevel::hidden)
      view.phone_masked.clear(), view.email_masked.clear();
    if (scope.Level(FieldClass::id_number, row.org_path) == FieldLevel::hidden) view.id_number_masked.clear();
  }
  return out;
}

Result<EmployeeView> Service::Find(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto const row = store::Employee(tx, scope, id)) return std::move(ToViews(tx, scope, {*row}).front());
  return NotFound("employee");
}

EmployeeView Service::WithCustom(db::Tx& tx, Scope const& scope, EmployeeView view) {
  if (auto const node = org_.Node(tx, Scope::Everything(), view.org_id))
    view.custom = fields_.Values(tx, scope, {"employee", view.id, view.org_id, node->path});
  return view;
}

Result<store::EmployeeFilter> Service::Filter(db::Tx& tx, Principal const& who, EmployeeQuery const& query,
                                              std::string_view permission) {
  Scope const scope(who, permission);
  store::EmployeeFilter out;
  out.job_id = query.job_id.value_or(""), out.person_id = query.person_id.value_or("");
  out.manager_id = query.manager_id.value_or("");
  out.state = query.state, out.now = context_.clock.Now();
  out.limit = query.limit.value_or(50), out.cursor = query.cursor.value_or("");
  if (query.org_id && !query.org_id->empty()) {
    BOLE_ASSIGN(auto const node, org_.Node(tx, scope, *query.org_id));
    out.org_path = node.path;
  }
  BOLE_ASSIGN(out.custom, fields_.Filters(tx, scope, "employee", query.custom));
  out.text = std::string(Trim(query.q.value_or("")));
  if (!out.text.empty()) out.persons = Persons().Search(out.text, "e.person_id");
  return out;
}

Result<Page<EmployeeView>> Service::List(Principal const& who, EmployeeQuery const& query) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Page<EmployeeView>> {
    Scope const scope(who, "employee.read");
    BOLE_ASSIGN(auto const filter, Filter(tx, who, query, "employee.read"));
    auto const page = store::Employees(tx, scope, filter);
    return Page<EmployeeView>{ToViews(tx, scope, page.items), page.next_cursor, page.total, page.total_exact};
  });
}

Result<EmployeeView> Service::Get(Principal const& who, std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<EmployeeView> {
    Scope const scope(who, "employee.read");
    BOLE_ASSIGN(auto view, Find(tx, scope, id));
    return WithCustom(tx, scope, std::move(view));
  });
}

Result<EmployeeFile> Service::File(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  auto file = context_.database.Read([&](db::Tx& tx) -> Result<EmployeeFile> {
    EmployeeFile out;
    Scope const scope(who, "employee.read");
    BOLE_ASSIGN(auto found, Find(tx, scope, id));
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), found.org_id));
    out.employee = WithCustom(tx, scope, std::move(found));
    out.events = store::Events(tx, id);
    out.reports = store::CountReports(tx, id, TodayAt(node.zone));
    for (auto const& other : store::OfPerson(tx, out.employee.person_id))
      if (auto seen = other.id == id ? NotFound("employee") : Find(tx, scope, other.id))
        out.others.push_back(std::move(*seen));
    return out;
  });
  if (!file) return file;
  audit::Entry const read{"employee.read", "employee", id, file->employee.org_id, audit::WithPurpose(purpose)};
  if (audit_.IsNewRead(who, read)) context_.database.Write([&](db::Tx& tx) { audit_.RecordRead(tx, who, read); });
  return file;
}

Result<RevealedEmployee> Service::Reveal(Principal const& who, std::string const& id, audit::Purpose const& purpose) {
  return context_.database.Write([&](db::Tx& tx) -> Result<RevealedEmployee> {
    Scope const scope(who, "employee.reveal");
    BOLE_ASSIGN(auto const view, Find(tx, scope, id));
    BOLE_TRY(audit::RequirePurpose(purpose));
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), view.org_id));
    bool const contact = scope.Level(FieldClass::contact, node.path) == FieldLevel::reveal;
    bool const id_number = scope.Level(FieldClass::id_number, node.path) == FieldLevel::reveal;
    bool const pay = scope.Level(FieldClass::pay, node.path) == FieldLevel::reveal;
    if (!contact && !id_number && !pay) return Fail(ErrorCode::kForbidden, "employee.fields_closed");
    auto const record =
        audit_.Begin(tx, who, {"employee.reveal", "employee", id, view.org_id, audit::WithPurpose(purpose)});
    BOLE_ASSIGN(auto const facts, Persons().OpenPerson(tx, view.person_id));
    BOLE_ASSIGN(auto custom, fields_.Reveal(tx, scope, {"employee", id, view.org_id, node.path}));
    audit_.Succeeded(tx, record);
    return RevealedEmployee{contact ? facts.phone : view.phone_masked, contact ? facts.email : view.email_masked,
                            id_number ? facts.id_number : view.id_number_masked, std::move(custom)};
  });
}

}  // namespace bole::personnel
