#pragma once
#include "modules/org/api.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction.
namespace bole::org::store {

struct JobRow {
  std::string id, org_id, code, name, name_en;
  JobFamily family = JobFamily::general;
  std::string grade, duties, requirements;
  db::Json<std::vector<CompetencyWeight>> competencies;
  JobStatus status = JobStatus::active;
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, org_id, code, name, name_en, family, grade, duties, requirements, competencies, status,
                       version, created_at))

struct JobFilter {
  std::string text;
  std::optional<JobFamily> family;
  std::string org_path;
  int limit = 50;
  std::string cursor;
};

std::vector<OrgNodeView> Nodes(db::Tx& tx, Scope const& scope);
std::optional<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<OrgNodeView> Root(db::Tx& tx);
bool CodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id);
void Insert(db::Tx& tx, OrgNodeView const& node);
// False when the row's version is no longer `expected`.
bool Update(db::Tx& tx, OrgNodeView const& node, std::int64_t expected);
bool HasChildren(db::Tx& tx, std::string const& id);
void Delete(db::Tx& tx, std::string const& id);

Page<JobView> Jobs(db::Tx& tx, Scope const& scope, JobFilter const& filter);
std::optional<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id);
bool JobCodeTaken(db::Tx& tx, std::string const& code, std::string const& except_id);
void Insert(db::Tx& tx, JobView const& job);
bool Update(db::Tx& tx, JobView const& job, std::int64_t expected);

}  // namespace bole::org::store
