#pragma once
#include <set>

#include "modules/plans/api.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction.
// A scope sees the rows of its subtrees, and what their ancestors share: active questions and published plans.
namespace bole::plans::store {

struct QuestionRow {
  std::string id, org_id, code;
  std::int64_t revision = 1;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3;
  std::string search_text;
  bool shipped = false;
  std::string shipped_hash;
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
};
BOOST_DESCRIBE_STRUCT(QuestionRow, (),
                      (id, org_id, code, revision, family, competency, difficulty, search_text, shipped, shipped_hash,
                       status, version, created_at, updated_at))

// Who wrote a revision: a user id and name, or kShippedBy.
struct Author {
  std::string id, name;
};
inline constexpr char const* kShippedBy = "shipped";

struct QuestionFilter {
  std::string text;
  std::optional<std::string> family;
  std::string competency;
  std::optional<int> difficulty;
  std::optional<ContentStatus> status;
  std::string job_id{}, job_family{};  // a job and its family; `fit` narrows it to one of the three ways to fit
  std::optional<JobFit> fit{};
  int limit = 50;
  std::string cursor{};
};
Page<QuestionView> Questions(db::Tx& tx, Scope const& scope, QuestionFilter const& filter);
std::optional<QuestionView> Question(db::Tx& tx, Scope const& scope, std::string const& id,
                                     std::optional<std::int64_t> revision = {});
// Only in the subtrees of `scope`, not what is shared from above: the row that may be changed.
std::optional<QuestionRow> OwnQuestion(db::Tx& tx, Scope const& scope, std::string const& id);
std::optional<QuestionRow> QuestionByCode(db::Tx& tx, std::string const& org_id, std::string const& code);
std::optional<QuestionContent> Content(db::Tx& tx, std::string const& id, std::optional<std::int64_t> revision);
// Path of the node that owns the question.
std::optional<std::string> QuestionPath(db::Tx& tx, std::string const& id);
std::string RevisionAuthor(db::Tx& tx, std::string const& id, std::int64_t revision);
void Insert(db::Tx& tx, QuestionRow const& row);
bool Update(db::Tx& tx, QuestionRow const& row, std::int64_t expected);
bool IsInPlans(db::Tx& tx, std::string const& id);  // any revision of any plan names it
void DeleteQuestion(db::Tx& tx, std::string const& id);
void InsertRevision(db::Tx& tx, QuestionContent const& content, Instant at, Author const& author);
void SetJobs(db::Tx& tx, std::string const& question_id, std::vector<std::string> const& job_ids);
// Names that several jobs in use bear.
std::set<std::string> SharedJobNames(db::Tx& tx);
// Jobs in use that a unit's questions may name: its own and those of the units above.
std::vector<QuestionJob> JobsFor(db::Tx& tx, std::string const& node_path);
struct QuestionRevisionRow {
  std::int64_t revision = 1;
  Instant created_at{};
  std::string created_by, created_by_name;
};
std::vector<QuestionRevisionRow> QuestionRevisions(db::Tx& tx, std::string const& id);  // newest first

struct PlanRow {
  std::string id, org_id;
  std::optional<std::string> job_id;
  std::string name_zh, name_en;
  std::int64_t revision = 1;
  PlanStatus status = PlanStatus::draft;
  bool has_draft = true;
  std::optional<std::int64_t> published_revision;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
  std::optional<std::string> base_plan_id{};
  std::optional<std::int64_t> base_revision{}, published_base_revision{};
  bool standard = false;
  std::optional<std::string> family{};
};
BOOST_DESCRIBE_STRUCT(PlanRow, (),
                      (id, org_id, job_id, name_zh, name_en, revision, status, has_draft, published_revision, version,
                       created_at, updated_at, base_plan_id, base_revision, published_base_revision, standard, family))

struct PlanFilter {
  std::string text, org_path, job_id;
  std::optional<PlanStatus> status;
  std::optional<bool> standard;
  std::optional<std::string> family;  // of the plan, else of its job
  bool behind = false;                // what is in use follows an old revision of the standard, or an archived one
  bool submitted = false;             // waits for approval
  std::string base_plan_id;
  int limit = 50;
  std::string cursor;
};
Page<PlanView> Plans(db::Tx& tx, Scope const& scope, PlanFilter const& filter);
// The same without what is only shared.
Page<PlanView> OwnPlans(db::Tx& tx, Scope const& scope, PlanFilter const& filter);
std::int64_t CountPlans(db::Tx& tx, Scope const& scope);
// `revision` of the caller's own plans; of a shared plan only the published one is there.
std::optional<PlanView> Plan(db::Tx& tx, Scope const& scope, std::string const& id,
                             std::optional<std::int64_t> revision = {});
std::optional<PlanRow> OwnPlan(db::Tx& tx, Scope const& scope, std::string const& id);
void Insert(db::Tx& tx, PlanRow const& row);
bool Update(db::Tx& tx, PlanRow const& row, std::int64_t expected);

struct PlanRevisionRow {
  std::string plan_id;
  std::int64_t revision = 1;
  db::Json<PlanDocument> document;
  Instant created_at{};
  std::optional<Instant> published_at{};
  std::optional<Instant> adopt_by{};
  std::string edited_by{}, edited_by_name{};
};
BOOST_DESCRIBE_STRUCT(PlanRevisionRow, (),
                      (plan_id, revision, document, created_at, published_at, adopt_by, edited_by, edited_by_name))
std::optional<PlanRevisionRow> Revision(db::Tx& tx, std::string const& plan_id, std::int64_t revision);
std::vector<PlanRevisionRow> Revisions(db::Tx& tx, std::string const& plan_id);  // newest first
std::optional<PlanDocument> Document(db::Tx& tx, std::string const& plan_id, std::int64_t revision);
void Save(db::Tx& tx, PlanRevisionRow const& row);  // a published revision stays as it is
// The earliest moment at which a revision after `revision` has to be adopted.
std::optional<Instant> AdoptBy(db::Tx& tx, std::string const& plan_id, std::int64_t revision);

struct ModelRow {
  std::string id, name;
  std::int64_t version_no = 1;
  db::Json<json::object> document;
  std::string content_hash;
  ContentStatus status = ContentStatus::active;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ModelRow, (), (id, name, version_no, document, content_hash, status, created_at))
std::vector<ModelRow> Models(db::Tx& tx);  // newest first
std::optional<ModelRow> Model(db::Tx& tx, std::string const& id);
void Insert(db::Tx& tx, ModelRow const& row);
void ArchiveModels(db::Tx& tx, std::string const& name, std::string const& except_id);

}  // namespace bole::plans::store
