#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/org/api.hpp"
#include "modules/plans/candidate_view.hpp"
#include "modules/plans/group_views.hpp"
#include "modules/plans/question_views.hpp"
#include "modules/plans/version_views.hpp"

namespace bole::http {
struct Request;
struct Response;
}  // namespace bole::http

// T2: question bank, scoring dimensions and models, interview plans. Rows of a node are visible to everyone who works
// in its subtree (group questions and published group plans serve the branches) but are changed only where the caller
// holds the write permission for that node.
namespace bole::plans {

// A picture, video or sound of a stage.
struct StageAsset {
  std::string id;
  StageMedia media;
};

// A plan as an interview needs it: stages carry the text and question revision that were pinned at publication.
struct ResolvedPlan {
  std::string plan_id, org_id, name_zh, name_en, job_name;
  std::optional<std::string> job_id;
  std::int64_t revision = 0;
  PlanDocument document;
  std::map<std::string, QuestionContent> questions;  // by stage key; absent: the stage asks without the bank
  // By stage key, where there is one; `url` is empty: who shows it knows where.
  std::map<std::string, StageAsset> question_media{}, prompt_media{};
};

// Durable news (EventBus): a standard has a new version. Payload {"plan_id"}.
inline constexpr char const* kStandardPublished = "plans.standard_published";
// A plan waits for approval, or somebody decided about it. Payload {"plan_id", "approval_id"}.
inline constexpr char const* kPlanSubmitted = "plans.submitted";
inline constexpr char const* kPlanDecided = "plans.decided";
// A standard is out of use. Payload {"plan_id"}.
inline constexpr char const* kStandardArchived = "plans.standard_archived";

// Functions take the caller's transaction and do not check permissions: the caller has its Scope.
class Api {
 public:
  virtual ~Api() = default;
  // kNotFound outside the scope; kConflict plan.not_published, plan.archived, plan.base_archived, plan.base_outdated
  // (its standard has a newer version whose deadline has passed).
  virtual Result<ResolvedPlan> PublishedPlan(db::Tx& tx, Scope const& scope, std::string const& plan_id) = 0;
  // Published or draft; of an interview that exists, hence without scope.
  virtual Result<ResolvedPlan> PlanRevision(db::Tx& tx, std::string const& plan_id, std::int64_t revision) = 0;
  // Empty id: the default model (the newest active one of the group, shipped first).
  virtual Result<ScoringModelView> ScoringModel(db::Tx& tx, std::string const& id) = 0;
  // The content of an asset, for whoever may see the stage it belongs to.
  virtual Result<http::Response> ServeAsset(http::Request const& request, std::string const& id) = 0;
  virtual std::int64_t CountPlans(db::Tx& tx, Scope const& scope) = 0;  // not archived ones
  // The revision of a shipped question by its code ("GEN-01"), for loaders.
  virtual Result<QuestionView> QuestionByCode(db::Tx& tx, std::string const& code) = 0;

  // share/content/{questions/*.json,dimensions.json,scoring_models/*.json} into the group's root node. Idempotent: what
  // did not change stays, edited questions keep their edits. kNotFound before the root exists.
  virtual Result<> LoadShippedContent() = 0;
  // Asks for tonight's removal of unused pictures and videos; each asks for the next. Once, when a server starts.
  virtual void ScheduleCleaning() = 0;
  virtual Result<PlanView> CreatePlan(Principal const& who, plans::CreatePlan const& input) = 0;
  // kConflict plan.needs_approval, plan.must_derive; kInvalid what keeps it from being published.
  virtual Result<PlanView> PublishPlan(Principal const& who, std::string const& id,
                                       plans::PublishPlan const& input) = 0;
  virtual Result<PlanView> PutPlan(Principal const& who, std::string const& id, plans::PutPlan const& input) = 0;
  // Out of use; running interviews go on. RestorePlan takes it into use again: kConflict plan.not_archived,
  // plan.must_derive.
  virtual Result<PlanView> ArchivePlan(Principal const& who, std::string const& id) = 0;
  virtual Result<PlanView> RestorePlan(Principal const& who, std::string const& id) = 0;
  // A draft of the node that follows the published standard.
  virtual Result<PlanView> DerivePlan(Principal const& who, std::string const& id, plans::DerivePlan const& input) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit, org::Api& org);

}  // namespace bole::plans
