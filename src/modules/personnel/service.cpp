#include "modules/personnel/service.hpp"

#include "base/text.hpp"
#include "platform/app/context.hpp"

namespace bole::personnel {
namespace {

std::optional<std::string> Given(std::optional<std::string> const& text) {
  return text && !text->empty() ? text : std::nullopt;
}

people::PersonChange ChangeOf(PatchEmployee const& in) {
  return {in.name, in.gender, in.birth_date, in.phone, in.email, in.id_number};
}

bool Related(std::string const& a, std::string const& b) { return a.starts_with(b) || b.starts_with(a); }

json::object Details(std::vector<std::string> const& changed) {
  json::array names(changed.begin(), changed.end());
  return {{"changed", std::move(names)}};
}

}  // namespace

Service::Service(AppContext& context, audit::Api& audit, org::Api& org, people::Api& people, fields::Api& fields)
    : context_(context), audit_(audit), org_(org), people_(people), fields_(fields) {}

Date Service::TodayAt(std::string const& zone) {
  return *ParseDate(FormatInZone(context_.clock.Now(), zone, "%Y-%m-%d"));
}

void Service::CheckRow(db::Tx& tx, Scope const& scope, org::OrgNodeView const& node, store::EmployeeRow& row,
                       store::EmployeeRow const* before, FieldErrors& errors) {
  bool const moved = before && before->org_id != row.org_id;
  row.number = CheckNumber(row.number, errors);
  if (!before || before->number != row.number)
    if (auto const other = store::ByNumber(tx, row.number); other && other->id != row.id)
      errors.push_back({"/number", "taken"});
  CheckPeriod({row.hired_on, row.probation_until, row.left_on}, TodayAt(node.zone), errors);
  if (!row.grade.empty() && (!before || before->grade != row.grade) && !store::IsActiveGrade(tx, row.grade))
    errors.push_back({"/grade", "unknown_grade"});
  bool const other_job = !before || moved || before->job_id != row.job_id;
  bool const other_seat = !before || moved || before->position_id != row.position_id;
  if (row.position_id && (other_seat || other_job)) {
    auto const seat = store::Seat(tx, *row.position_id);
    if (!seat || seat->org_id != row.org_id)
      errors.push_back({"/position_id", "not_found"});
    else if (!row.job_id)
      row.job_id = seat->job_id;
    else if (*row.job_id != seat->job_id)
      errors.push_back({"/position_id", "other_job"});
  }
  if (row.job_id && other_job) {
    auto const job = org_.Job(tx, Scope::Everything(), *row.job_id);
    auto const owner = job ? org_.Node(tx, Scope::Everything(), job->org_id) : NotFound("job");
    if (!owner || !Related(node.path, owner->path)) errors.push_back({"/job_id", "not_found"});
  }
  if (!row.manager_id || (before && before->manager_id == row.manager_id)) return;
  // One's manager is in the scope or above: of the unit, or of one it belongs to.
  auto const manager = store::Employee(tx, Scope::Everything(), *row.manager_id);
  if (!manager || !(scope.Covers(manager->org_path) || node.path.starts_with(manager->org_path)))
    errors.push_back({"/manager_id", "not_found"});
  else if (MakesCircle(row.id, manager->id, [&](auto const& id) { return store::ManagerOf(tx, id); }))
    errors.push_back({"/manager_id", "manager_circle"});
  else if (StateOf({manager->hired_on, manager->probation_until, manager->left_on}, TodayAt(manager->zone)) ==
           EmployeeState::left)
    errors.push_back({"/manager_id", "has_left"});
}

store::EmployeeRow Service::DraftRow(db::Tx& tx, Place const& place, RehireEmployee const& terms, FieldErrors& errors) {
  auto const now = context_.clock.Now();
  store::EmployeeRow row;
  row.id = NewUlid(now), row.number = terms.number, row.org_id = terms.org_id, row.created_at = now;
  row.job_id = Given(terms.job_id), row.position_id = Given(terms.position_id), row.grade = terms.grade.value_or("");
  row.employment = terms.employment, row.hired_on = terms.hired_on, row.probation_until = terms.probation_until;
  row.manager_id = Given(terms.manager_id);
  Scope const scope(place.who, place.permission);
  auto const node = org_.OpenNode(tx, scope, terms.org_id);
  if (!node)
    errors.push_back(org::UnitError("/org_id", node.error()));
  else
    CheckRow(tx, scope, *node, row, nullptr, errors);
  return row;
}

std::optional<Error> Service::Employed(db::Tx& tx, Scope const& scope, std::string const& person_id,
                                       store::EmployeeRow const& row) {
  for (auto const& other : store::OfPerson(tx, person_id)) {
    if (other.id == row.id || !Overlap({other.hired_on, {}, other.left_on}, {row.hired_on, {}, row.left_on})) continue;
    if (auto const seen = Find(tx, scope, other.id))
      return Error{ErrorCode::kConflict,
                   "employee.employed",
                   {},
                   {{"existing_id", seen->id}, {"existing_name", seen->name}, {"number", seen->number}}};
    return Error{ErrorCode::kConflict, "employee.employed_elsewhere"};
  }
  return std::nullopt;
}

void Service::Enter(db::Tx& tx, Place const& place, store::EmployeeRow const& row) {
  bool const again = Knows(tx, row.person_id);
  store::Insert(tx, row);
  auto const by = place.who.kind == PrincipalKind::system ? "" : place.who.name;  // no person: read as "System"
  store::AddEvent(tx, row.id, {row.created_at, again ? "rehired" : place.event, by, {}, row.hired_on});
}

Result<EmployeeView> Service::Create(Principal const& who, CreateEmployee const& in) {
  return context_.database.Write([&](db::Tx& tx) -> Result<EmployeeView> {
    FieldErrors errors;
    Place const place{who, "employee.write", "hired"};
    Scope const scope(who, place.permission);
    auto row = DraftRow(tx, place,
                        {in.number,
                         in.org_id,
                         in.job_id,
                         in.position_id,
                         in.grade,
                         in.employment,
                         in.hired_on,
                         in.probation_until,
                         in.manager_id,
                         {}},
                        errors);
    auto const node = org_.OpenNode(tx, scope, in.org_id);
    people::PersonFacts facts;
    if (auto const candidate_id = Given(in.candidate_id)) {
      auto const candidate = people_.Find(tx, Scope(who, "candidate.read"), *candidate_id);
      if (!candidate) return FailField("/candidate_id", "not_found");
      row.candidate_id = candidate->id, row.person_id = candidate->person_id;
      people::PersonChange const more{Given(in.name),  Given(in.gender), in.birth_date,
                                      Given(in.phone), Given(in.email),  Given(in.id_number)};
      if (node) people::RefuseHidden(scope, node->path, more, errors);
      BOLE_ASSIGN(facts, Persons().CheckChange(tx, row.person_id, more, errors));
    } else {
      facts = Persons().CheckPerson({in.name.value_or(""), in.gender.value_or(""), in.birth_date, in.phone.value_or(""),
                                     in.email.value_or(""), in.id_number.value_or("")},
                                    errors);
    }
    fields::Record const custom{"employee", row.id, in.org_id, node ? node->path : ""};
    fields::Draft draft;
    if (node) draft = fields_.Check(tx, scope, custom, in.custom, fields::Writing::create, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const known = row.candidate_id ? std::optional(row.person_id) : Persons().Recognise(tx, facts);
    if (known)
      if (auto refused = Employed(tx, scope, *known, row)) return tl::unexpected<Error>(std::move(*refused));
    json::object details;
    if (row.candidate_id) details["candidate"] = *row.candidate_id;
    if (!draft.changes.empty()) details["custom"] = draft.Keys();
    auto const record = audit_.Begin(tx, who, {"employee.create", "employee", row.id, row.org_id, std::move(details)});
    if (row.candidate_id) {
      Persons().StorePerson(tx, row.person_id, facts);
      people_.AddEvent(tx, *row.candidate_id, {row.created_at, "hired", "candidate.event.hired", {}, {}});
    } else {
      BOLE_ASSIGN(auto const person, Persons().AdmitPerson(tx, facts));
      row.person_id = person.id;
    }
    Enter(tx, place, row);
    fields_.Store(tx, custom, draft);
    audit_.Succeeded(tx, record);
    BOLE_ASSIGN(auto made, Find(tx, scope, row.id));
    return WithCustom(tx, scope, std::move(made));
  });
}

Result<EmployeeView> Service::Rehire(Principal const& who, std::string const& id, RehireEmployee const& in) {
  return context_.database.Write([&](db::Tx& tx) -> Result<EmployeeView> {
    FieldErrors errors;
    Place const place{who, "employee.write", "rehired"};
    Scope const scope(who, place.permission);
    BOLE_ASSIGN(auto const former, Find(tx, scope, id));
    auto row = DraftRow(tx, place, in, errors);
    row.person_id = former.person_id, row.candidate_id = former.candidate_id;
    auto const node = org_.OpenNode(tx, scope, in.org_id);
    fields::Record const custom{"employee", row.id, in.org_id, node ? node->path : ""};
    fields::Draft draft;
    if (node) draft = fields_.Check(tx, scope, custom, in.custom, fields::Writing::create, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    if (auto refused = Employed(tx, scope, row.person_id, row)) return tl::unexpected<Error>(std::move(*refused));
    auto const record =
        audit_.Begin(tx, who, {"employee.rehire", "employee", row.id, row.org_id, {{"former", former.id}}});
    Enter(tx, place, row);
    fields_.Store(tx, custom, draft);
    audit_.Succeeded(tx, record);
    BOLE_ASSIGN(auto made, Find(tx, scope, row.id));
    return WithCustom(tx, scope, std::move(made));
  });
}

void Service::HandOver(db::Tx& tx, org::HandOver const& over) {
  auto const to = org_.Node(tx, Scope::Everything(), over.to);
  if (!to) return;
  auto const moved = store::Move(tx, over, TodayAt(to->zone));
  fields_.Move(tx, moved, over.to);
  for (auto const& id : moved) store::AddEvent(tx, id, {context_.clock.Now(), "changed", "", {"org"}, std::nullopt});
}

Result<EmployeeView> Service::Patch(Principal const& who, std::string const& id, PatchEmployee const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<EmployeeView> {
    std::vector<std::string> changed;
    BOLE_ASSIGN(auto after, Change(tx, {who, "employee.write", ""}, id, input, changed));
    audit_.Record(tx, who, {"employee.update", "employee", id, after.org_id, Details(changed)});
    return WithCustom(tx, Scope(who, "employee.write"), std::move(after));
  });
}

Result<EmployeeView> Service::Change(db::Tx& tx, Place const& place, std::string const& id, PatchEmployee const& in,
                                     std::vector<std::string>& changed) {
  Scope const scope(place.who, place.permission);
  BOLE_ASSIGN(auto const before, Find(tx, scope, id));
  if (before.version != in.version) return Fail(ErrorCode::kConflict, "conflict.stale");
  auto const old = *store::Row(tx, id);
  auto row = old;
  if (in.number) row.number = *in.number;
  if (in.org_id) row.org_id = *in.org_id;
  if (in.job_id) row.job_id = Given(in.job_id);
  if (in.position_id) row.position_id = Given(in.position_id);
  if (in.grade) row.grade = *in.grade;
  if (in.employment) row.employment = *in.employment;
  if (in.hired_on) row.hired_on = *in.hired_on;
  if (in.probation_until) row.probation_until = in.probation_until;
  if (in.no_probation) row.probation_until.reset();
  if (in.manager_id) row.manager_id = Given(in.manager_id);
  FieldErrors errors;
  BOLE_ASSIGN(auto const here, org_.Node(tx, Scope::Everything(), old.org_id));
  auto const node = row.org_id == old.org_id ? Result<org::OrgNodeView>(here) : org_.OpenNode(tx, scope, row.org_id);
  if (!node) return FailFields({org::UnitError("/org_id", node.error())});
  CheckRow(tx, scope, *node, row, &old, errors);
  auto const person = ChangeOf(in);
  people::RefuseHidden(scope, here.path, person, errors);
  BOLE_ASSIGN(auto const known, Persons().OpenPerson(tx, old.person_id));
  BOLE_ASSIGN(auto const facts, Persons().CheckChange(tx, old.person_id, person, errors));
  fields::Record const custom{"employee", id, row.org_id, node->path};
  auto const draft = fields_.Check(tx, scope, custom, in.custom, fields::Writing::update, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  if (auto refused = Employed(tx, scope, old.person_id, row)) return tl::unexpected<Error>(std::move(*refused));

  auto const note = [&](bool differs, char const* name) {
    if (differs) changed.emplace_back(name);
  };
  changed = people::Differences(known, facts);
  bool const other_person = !changed.empty();
  note(old.number != row.number, "number"), note(old.org_id != row.org_id, "org");
  note(old.job_id != row.job_id, "job"), note(old.position_id != row.position_id, "position");
  note(old.grade != row.grade, "grade"), note(old.employment != row.employment, "employment");
  note(old.hired_on != row.hired_on, "hired_on"), note(old.probation_until != row.probation_until, "probation_until");
  note(old.manager_id != row.manager_id, "manager");
  for (auto const& change : draft.changes) changed.push_back("custom." + change.field.key);
  row.version = in.version + 1;
  if (!store::Update(tx, row, in.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  if (other_person) Persons().StorePerson(tx, old.person_id, facts);
  if (old.org_id != row.org_id) fields_.Move(tx, {id}, row.org_id);
  fields_.Store(tx, custom, draft);
  if (!changed.empty())
    store::AddEvent(tx, id, {context_.clock.Now(), "changed", place.who.name, changed, std::nullopt});
  return Find(tx, scope, id);
}

Result<EmployeeView> Service::Leave(Principal const& who, std::string const& id, LeaveEmployee const& in) {
  return context_.database.Write([&](db::Tx& tx) -> Result<EmployeeView> {
    Scope const scope(who, "employee.write");
    BOLE_ASSIGN(auto const before, Find(tx, scope, id));
    if (before.version != in.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto row = *store::Row(tx, id);
    row.left_on = in.left_on, row.leave_reason = in.reason;
    BOLE_ASSIGN(auto const node, org_.Node(tx, Scope::Everything(), row.org_id));
    FieldErrors errors;
    CheckPeriod({row.hired_on, std::nullopt, row.left_on}, TodayAt(node.zone), errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    return StoreEnd(tx, who, std::move(row), in.version, "employee.leave",
                    {context_.clock.Now(), before.left_on ? "leave_changed" : "left", who.name, {}, in.left_on});
  });
}

Result<EmployeeView> Service::Stay(Principal const& who, std::string const& id, StayEmployee const& in) {
  return context_.database.Write([&](db::Tx& tx) -> Result<EmployeeView> {
    BOLE_ASSIGN(auto const before, Find(tx, Scope(who, "employee.write"), id));
    if (before.version != in.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (!before.left_on) return Fail(ErrorCode::kConflict, "employee.not_leaving");
    auto row = *store::Row(tx, id);
    row.left_on.reset(), row.leave_reason.reset();
    return StoreEnd(tx, who, std::move(row), in.version, "employee.stay",
                    {context_.clock.Now(), "stays", who.name, {}, std::nullopt});
  });
}

Result<EmployeeView> Service::StoreEnd(db::Tx& tx, Principal const& who, store::EmployeeRow row, std::int64_t version,
                                       char const* action, EmployeeEvent event) {
  Scope const scope(who, "employee.write");
  if (auto refused = Employed(tx, scope, row.person_id, row)) return tl::unexpected<Error>(std::move(*refused));
  auto const record = audit_.Begin(tx, who, {action, "employee", row.id, row.org_id, {}});
  row.version = version + 1;
  if (!store::Update(tx, row, version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  store::AddEvent(tx, row.id, event);
  audit_.Succeeded(tx, record);
  BOLE_ASSIGN(auto after, Find(tx, scope, row.id));
  return WithCustom(tx, scope, std::move(after));
}

}  // namespace bole::personnel
