#include "modules/org/service.hpp"

namespace bole::org {
namespace {

template <class T>
void Assign(T& target, std::optional<T> const& value) {
  if (value) target = *value;
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

void Service::CheckJobName(db::Tx& tx, JobView const& job, std::string const& org_path, FieldErrors& errors) {
  if (auto const same = store::NameTaken(tx, job.name, org_path, job.id))
    errors.push_back({"/name", "job_exists", {{"code", same->code}, {"name", same->name}, {"org", same->org_name}}});
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
  JobView job{custom.id,
              input.org_id,
              node ? node->name : "",
              input.code,
              input.name,
              input.name_en,
              input.family,
              input.grade,
              input.duties,
              input.requirements,
              input.competencies,
              input.status,
              1,
              now};
  if (node && job.status == JobStatus::active) CheckJobName(tx, job, node->path, errors);
  if (!errors.empty()) return FailFields(std::move(errors));
  if (job.competencies.empty()) job.competencies = store::Family(tx, input.family)->competencies;
  return JobDraft{std::move(job), custom, std::move(draft)};
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
  auto const before = job;
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
  if (job.family != before.family) CheckFamily(tx, job.family, errors);
  if (job.grade != before.grade) CheckGrade(tx, job.grade, errors);
  bool const other_name = job.name != before.name || job.status != before.status;
  if (other_name && job.status == JobStatus::active) CheckJobName(tx, job, node->path, errors);
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

}  // namespace bole::org
