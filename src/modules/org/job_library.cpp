#include <algorithm>

#include "modules/imports/api.hpp"
#include "modules/org/service.hpp"

namespace bole::org {
namespace {

template <class T>
void Assign(T& target, std::optional<T> const& value) {
  if (value) target = *value;
}

bool IsKey(std::string const& key, std::size_t longest) {
  return !key.empty() && key.size() <= longest && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void CheckGrade(db::Tx& tx, std::string const& grade, FieldErrors& errors) {
  if (grade.empty()) return;
  auto const known = store::Grade(tx, grade);
  if (!known || known->state == JobStatus::archived) errors.push_back({"/grade", "unknown_grade"});
}

void CheckFamily(db::Tx& tx, std::string const& family, FieldErrors& errors) {
  auto const known = store::Family(tx, family);
  if (!known || known->state == JobStatus::archived) errors.push_back({"/family", "unknown_family"});
}

// Tables name families: what one of them means has to be clear.
void CheckFamilyNames(std::vector<FamilyView> const& families, FamilyView const& family, FieldErrors& errors) {
  auto const taken = [&](std::string const& word) {
    auto const folded = imports::Folded(word);
    return std::any_of(families.begin(), families.end(), [&](FamilyView const& other) {
      if (other.key == family.key || other.state == JobStatus::archived) return false;
      return folded == imports::Folded(other.key) || folded == imports::Folded(other.name_zh) ||
             folded == imports::Folded(other.name_en);
    });
  };
  if (family.version == 1 && taken(family.key)) errors.push_back({"/key", "taken"});
  if (taken(family.name_zh)) errors.push_back({"/name_zh", "taken"});
  if (!family.name_en.empty() && taken(family.name_en)) errors.push_back({"/name_en", "taken"});
}

// A new entry of the group's library (version 1), or the next version of one.
template <class View>
Result<View> Put(db::Tx& tx, audit::Api& audit, Principal const& who, audit::Entry const& entry, View const& view) {
  auto const record = audit.Begin(tx, who, entry);
  if (view.version == 1)
    store::Insert(tx, view);
  else if (!store::Update(tx, view, view.version - 1))
    return Fail(ErrorCode::kConflict, "conflict.stale");
  audit.Succeeded(tx, record);
  return view;
}

}  // namespace

Result<JobView> Service::Job(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto job = store::Job(tx, scope, id, true)) return *job;
  return NotFound("job");
}

JobView Service::WithCustom(db::Tx& tx, Scope const& scope, JobView job) {
  if (auto const node = store::Node(tx, Scope::Everything(), job.org_id))
    job.custom = fields_.Values(tx, scope, {"job", job.id, job.org_id, node->path});
  return job;
}

Result<Page<JobView>> Service::ListJobs(Principal const& who, store::JobFilter filter, std::string const& org_id,
                                        std::map<std::string, std::string> const& custom) {
  return database_.Read([&](db::Tx& tx) -> Result<Page<JobView>> {
    BOLE_ASSIGN(filter.custom, fields_.Filters(tx, Scope(who, "job.read"), "job", custom));
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "job.read"), org_id));
      filter.org_path = node.path;
    }
    return store::Jobs(tx, Scope(who, "job.read"), filter);
  });
}

Result<JobView> Service::GetJob(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) -> Result<JobView> {
    Scope const scope(who, "job.read");
    BOLE_ASSIGN(auto job, Job(tx, scope, id));
    return WithCustom(tx, scope, std::move(job));
  });
}

Result<JobView> Service::CreateJob(Principal const& who, org::CreateJob const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<JobView> {
    BOLE_ASSIGN(auto job, AddJob(tx, who, input));
    return WithCustom(tx, Scope(who, "job.write"), std::move(job));
  });
}

Result<JobView> Service::PatchJob(Principal const& who, std::string const& id, org::PatchJob const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<JobView> {
    BOLE_ASSIGN(auto job, ChangeJob(tx, who, id, input));
    return WithCustom(tx, Scope(who, "job.write"), std::move(job));
  });
}

Result<JobDraft> Service::DraftJob(db::Tx& tx, Principal const& who, org::CreateJob const& input) {
  FieldErrors errors;
  Scope const scope(who, "job.write");
  auto const node = OpenNode(tx, scope, input.org_id);
  if (!node) errors.push_back(UnitError("/org_id", node.error()));
  if (store::JobCodeTaken(tx, input.code, "")) errors.push_back({"/code", "taken"});
  CheckFamily(tx, input.family, errors);
  CheckGrade(tx, input.grade, errors);
  CheckCompetencies(input.competencies, errors);
  auto const now = clock_.Now();
  fields::Record const custom{"job", NewUlid(now), input.org_id, node ? node->path : ""};
  fields::Draft draft;
  if (node) draft = fields_.Check(tx, scope, custom, input.custom, fields::Writing::create, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  auto competencies = input.competencies;
  if (competencies.empty()) competencies = store::Family(tx, input.family)->competencies;
  return JobDraft{{custom.id, node->id, node->name, input.code, input.name, input.name_en, input.family, input.grade,
                   input.duties, input.requirements, competencies, JobStatus::active, 1, now},
                  custom,
                  std::move(draft)};
}

Result<JobView> Service::AddJob(db::Tx& tx, Principal const& who, org::CreateJob const& input) {
  BOLE_ASSIGN(auto const draft, DraftJob(tx, who, input));
  auto const& job = draft.job;
  json::object details{{"code", job.code}};
  if (!draft.custom.changes.empty()) details["custom"] = draft.custom.Keys();
  auto const record = audit_.Begin(tx, who, {"job.create", "job", job.id, job.org_id, std::move(details)});
  store::Insert(tx, job);
  fields_.Store(tx, draft.record, draft.custom);
  audit_.Succeeded(tx, record);
  return job;
}

Result<JobDraft> Service::DraftJob(db::Tx& tx, Principal const& who, std::string const& id,
                                   org::PatchJob const& input) {
  Scope const scope(who, "job.write");
  auto found = store::Job(tx, scope, id, true);
  if (!found) return NotFound("job");
  auto job = *std::move(found);
  auto const node = store::Node(tx, scope, job.org_id);
  if (!node) return Fail(ErrorCode::kForbidden, "org.owner_only", {{"name", job.org_name}});
  auto const grade = job.grade, family = job.family;
  Assign(job.code, input.code);
  Assign(job.name, input.name);
  Assign(job.name_en, input.name_en);
  Assign(job.family, input.family);
  Assign(job.grade, input.grade);
  Assign(job.duties, input.duties);
  Assign(job.requirements, input.requirements);
  Assign(job.competencies, input.competencies);
  Assign(job.status, input.status);
  FieldErrors errors;
  if (store::JobCodeTaken(tx, job.code, id)) errors.push_back({"/code", "taken"});
  if (job.family != family) CheckFamily(tx, job.family, errors);
  if (job.grade != grade) CheckGrade(tx, job.grade, errors);
  CheckCompetencies(job.competencies, errors);
  fields::Record const custom{"job", id, job.org_id, node->path};
  auto draft = fields_.Check(tx, scope, custom, input.custom, fields::Writing::update, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  job.version = input.version + 1;
  return JobDraft{std::move(job), custom, std::move(draft)};
}

Result<JobView> Service::ChangeJob(db::Tx& tx, Principal const& who, std::string const& id,
                                   org::PatchJob const& input) {
  BOLE_ASSIGN(auto const draft, DraftJob(tx, who, id, input));
  json::object details;
  if (!draft.custom.changes.empty()) details["custom"] = draft.custom.Keys();
  auto const record = audit_.Begin(tx, who, {"job.update", "job", id, draft.job.org_id, std::move(details)});
  if (!store::Update(tx, draft.job, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
  fields_.Store(tx, draft.record, draft.custom);
  audit_.Succeeded(tx, record);
  return draft.job;
}

Result<Items<SameName>> Service::SameNames(Principal const& who, std::string const& name, std::string const& org_id) {
  return database_.Read([&](db::Tx& tx) -> Result<Items<SameName>> {
    Scope const scope(who, "job.read");
    BOLE_ASSIGN(auto const node, Node(tx, scope, org_id));
    return Items<SameName>{store::SameNames(tx, scope, name, node.path)};
  });
}

Items<CompetencyView> Service::Competencies() {
  return {database_.Read([&](db::Tx& tx) { return store::Competencies(tx); })};
}

Result<CompetencyView> Service::PutCompetency(Principal const& who, std::string const& key,
                                              org::PutCompetency const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<CompetencyView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    FieldErrors errors;
    if (!IsKey(key, 60)) errors.push_back({"/key", "bad_key"});
    CheckLevels(input.levels, "/levels", errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    CompetencyView const view{key,          input.name_zh, input.name_en,    input.description_zh, input.description_en,
                              input.levels, input.state,   input.version + 1};
    return Put(tx, audit_, who, {"competency.put", "competency", key, "", {}}, view);
  });
}

std::vector<FamilyView> Service::Families(db::Tx& tx) { return store::Families(tx); }

bool Service::IsFamily(db::Tx& tx, std::string const& key) {
  auto const family = store::Family(tx, key);
  return family && family->state == JobStatus::active;
}

Items<FamilyView> Service::Families() {
  return {database_.Read([&](db::Tx& tx) { return store::Families(tx); })};
}

Result<FamilyView> Service::PutFamily(Principal const& who, std::string const& key, org::PutFamily const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<FamilyView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    FieldErrors errors;
    if (!IsKey(key, 40)) errors.push_back({"/key", "bad_key"});
    if (key == kGeneralFamily && input.state == JobStatus::archived) errors.push_back({"/state", "family_needed"});
    CheckCompetencies(input.competencies, errors);
    FamilyView const view{key,         input.name_zh,      input.name_en,    input.rank,
                          input.state, input.competencies, input.version + 1};
    if (view.state == JobStatus::active) CheckFamilyNames(store::Families(tx), view, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    return Put(tx, audit_, who, {"family.put", "job_family", key, "", {}}, view);
  });
}

Items<GradeView> Service::Grades() {
  return {database_.Read([&](db::Tx& tx) { return store::Grades(tx); })};
}

Result<GradeView> Service::PutGrade(Principal const& who, std::string const& key, org::PutGrade const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<GradeView> {
    BOLE_TRY(AtGroup(tx, who, "job.write"));
    if (!IsKey(key, 40)) return FailField("/key", "bad_key");
    GradeView const view{key, input.name_zh, input.name_en, input.rank, input.state, input.version + 1};
    return Put(tx, audit_, who, {"grade.put", "grade", key, "", {}}, view);
  });
}

void Service::LoadShipped(db::Tx& tx) {
  for (auto competency : content_.competencies)
    if (!store::Competency(tx, competency.key)) competency.version = 1, store::Insert(tx, competency);
  for (auto const& model : content_.models) {
    auto family = store::Family(tx, model.family);
    if (!family || family->version != 1 || !family->competencies.empty()) continue;
    family->competencies = model.competencies;
    store::Update(tx, *family, 1);
  }
  auto const root = store::Root(tx);
  for (auto const& shipped : content_.calendars) {
    if (store::CalendarByCode(tx, shipped.code)) continue;
    CalendarView const calendar{NewUlid(clock_.Now()), root->id,     "", shipped.code, shipped.name_zh, shipped.name_en,
                                shipped.rest_weekdays, shipped.days, 1};
    store::Insert(tx, calendar);
    if (root->calendar_id || shipped.locale != root->locale) continue;
    NewChange use;
    use.node_id = root->id, use.facts.emplace().calendar_id = calendar.id;
    // A change already planned for the group stands in the way; then HR chooses the calendar.
    if (auto const planned = Plan(tx, Principal::System("Bole"), use); planned && planned->problems.empty())
      (void)Carry(tx, Principal::System("Bole"), use);
  }
}

}  // namespace bole::org
