#include "modules/org/service.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bole::org {
namespace {

constexpr std::int64_t kMaxDepth = 20;

// What the types cannot say: known zone and locale, codes taken once, competencies that sum to 100 %.
void CheckPlace(std::string const& zone, std::string const& locale, FieldErrors& errors) {
  if (!IsKnownZone(zone)) errors.push_back({"/zone", "unknown_zone"});
  if (locale != "zh-CN" && locale != "en-US") errors.push_back({"/locale", "not_allowed"});
}

void CheckCompetencies(std::vector<CompetencyWeight> const& list, FieldErrors& errors) {
  double sum = 0;
  for (auto const& item : list) sum += item.weight;
  if (!list.empty() && std::abs(sum - 100) > 0.01)
    errors.push_back({"/competencies", "weights_not_100", {{"sum", fmt::format("{:g}", sum)}}});
}

template <class T>
void Assign(T& target, std::optional<T> const& value) {
  if (value) target = *value;
}

}  // namespace

Result<OrgNodeView> Service::Node(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto node = store::Node(tx, scope, id)) return *node;
  return NotFound("org_node");
}

Result<JobView> Service::Job(db::Tx& tx, Scope const& scope, std::string const& id) {
  if (auto job = store::Job(tx, scope, id)) return *job;
  return NotFound("job");
}

Items<OrgNodeView> Service::Tree(Principal const& who) {
  return {database_.Read([&](db::Tx& tx) { return store::Nodes(tx, Scope(who, "org.read")); })};
}

Result<OrgNodeView> Service::GetNode(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) { return Node(tx, Scope(who, "org.read"), id); });
}

Result<OrgNodeView> Service::CreateNode(Principal const& who, CreateOrgNode const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<OrgNodeView> {
    FieldErrors errors;
    CheckPlace(input.zone, input.locale, errors);
    if (store::CodeTaken(tx, input.code, "")) errors.push_back({"/code", "taken"});
    OrgNodeView node{NewUlid(clock_.Now()),
                     input.parent_id,
                     input.code,
                     input.name,
                     input.name_en,
                     input.kind,
                     input.city,
                     input.zone,
                     input.locale,
                     "",
                     0,
                     1};
    std::string parent_path = "/";
    if (input.parent_id) {
      BOLE_ASSIGN(auto const parent, Node(tx, Scope(who, "org.write"), *input.parent_id));
      if (parent.depth + 1 > kMaxDepth) errors.push_back({"/parent_id", "too_deep"});
      parent_path = parent.path;
      node.depth = parent.depth + 1;
    } else if (store::Root(tx) || who.kind != PrincipalKind::system) {
      errors.push_back({"/parent_id", "required"});
    }
    if (!errors.empty()) return FailFields(std::move(errors));
    node.path = parent_path + node.id + "/";
    auto const record = audit_.Begin(tx, who, {"org.create", "org_node", node.id, node.id, {{"code", node.code}}});
    store::Insert(tx, node);
    audit_.Succeeded(tx, record);
    return node;
  });
}

Result<OrgNodeView> Service::PatchNode(Principal const& who, std::string const& id, PatchOrgNode const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<OrgNodeView> {
    BOLE_ASSIGN(auto node, Node(tx, Scope(who, "org.write"), id));
    Assign(node.code, input.code);
    Assign(node.name, input.name);
    Assign(node.name_en, input.name_en);
    Assign(node.kind, input.kind);
    Assign(node.city, input.city);
    Assign(node.zone, input.zone);
    Assign(node.locale, input.locale);
    FieldErrors errors;
    CheckPlace(node.zone, node.locale, errors);
    if (store::CodeTaken(tx, node.code, id)) errors.push_back({"/code", "taken"});
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {"org.update", "org_node", id, id, {}});
    node.version = input.version + 1;
    if (!store::Update(tx, node, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return node;
  });
}

Result<> Service::DeleteNode(Principal const& who, std::string const& id) {
  return database_.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "org.write"), id));
    bool const has_jobs = store::Jobs(tx, Scope::Everything(),
                                      {.text = {}, .family = {}, .org_path = node.path, .limit = 1, .cursor = {}})
                              .total > 0;
    if (!node.parent_id || has_jobs || store::HasChildren(tx, id)) return Fail(ErrorCode::kConflict, "org.in_use");
    auto const record = audit_.Begin(tx, who, {"org.delete", "org_node", id, id, {{"code", node.code}}});
    try {
      store::Delete(tx, id);  // rows of other modules hold it by foreign key
    } catch (db::DatabaseError const&) {
      return Fail(ErrorCode::kConflict, "org.in_use");
    }
    audit_.Succeeded(tx, record);
    return {};
  });
}

Result<Page<JobView>> Service::ListJobs(Principal const& who, store::JobFilter filter, std::string const& org_id) {
  return database_.Read([&](db::Tx& tx) -> Result<Page<JobView>> {
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, Node(tx, Scope(who, "job.read"), org_id));
      filter.org_path = node.path;
    }
    return store::Jobs(tx, Scope(who, "job.read"), filter);
  });
}

Result<JobView> Service::GetJob(Principal const& who, std::string const& id) {
  return database_.Read([&](db::Tx& tx) { return Job(tx, Scope(who, "job.read"), id); });
}

Result<JobView> Service::CreateJob(Principal const& who, org::CreateJob const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<JobView> {
    FieldErrors errors;
    auto const node = Node(tx, Scope(who, "job.write"), input.org_id);
    if (!node) errors.push_back({"/org_id", "not_found"});
    if (store::JobCodeTaken(tx, input.code, "")) errors.push_back({"/code", "taken"});
    CheckCompetencies(input.competencies, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const now = clock_.Now();
    JobView const job{NewUlid(now),       node->id,          node->name,  input.code,   input.name,
                      input.name_en,      input.family,      input.grade, input.duties, input.requirements,
                      input.competencies, JobStatus::active, 1,           now};
    auto const record = audit_.Begin(tx, who, {"job.create", "job", job.id, job.org_id, {{"code", job.code}}});
    store::Insert(tx, job);
    audit_.Succeeded(tx, record);
    return job;
  });
}

Result<JobView> Service::PatchJob(Principal const& who, std::string const& id, org::PatchJob const& input) {
  return database_.Write([&](db::Tx& tx) -> Result<JobView> {
    BOLE_ASSIGN(auto job, Job(tx, Scope(who, "job.write"), id));
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
    CheckCompetencies(job.competencies, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {"job.update", "job", id, job.org_id, {}});
    job.version = input.version + 1;
    if (!store::Update(tx, job, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return job;
  });
}

}  // namespace bole::org
