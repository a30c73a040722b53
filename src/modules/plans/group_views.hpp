#pragma once
#include "modules/plans/rebase.hpp"

// Shapes of plans of the group: deriving, rebasing, approval, policies, templates.
namespace bole::plans {

struct DerivePlan {
  std::string org_id, name_zh, name_en;
  std::optional<std::string> job_id;
};
BOOST_DESCRIBE_STRUCT(DerivePlan, (), (org_id, name_zh, name_en, job_id))

// A branch has to carry its plan over to the new revision of the standard.
struct RebaseTask {
  std::string plan_id, name_zh, name_en, org_name, base_plan_id, base_name_zh, base_name_en;
  std::int64_t from_revision = 1, to_revision = 1;
  std::optional<Instant> adopt_by;
  bool overdue = false;      // nobody can be invited with it any more
  bool archived = false;     // nor after a rebase: its standard is out of use
  bool draft_ready = false;  // carried over already, not published yet
  std::int64_t conflicts = 0;
};
BOOST_DESCRIBE_STRUCT(RebaseTask, (),
                      (plan_id, name_zh, name_en, org_name, base_plan_id, base_name_zh, base_name_en, from_revision,
                       to_revision, adopt_by, overdue, archived, draft_ready, conflicts))

// How far a branch is in following a standard.
struct PlanFollower {
  std::string plan_id, name_zh, name_en, org_id, org_name;
  PlanStatus status = PlanStatus::draft;
  std::optional<std::int64_t> follows_revision;  // of the standard, by what is in use; absent: nothing is published yet
  std::int64_t draft_revision = 1;               // by the newest, maybe a draft
  std::int64_t current_revision = 1;             // the standard's
  bool behind = false, overdue = false;          // overdue: nobody can be invited with it any more
  std::optional<Instant> adopt_by;
};
BOOST_DESCRIBE_STRUCT(PlanFollower, (),
                      (plan_id, name_zh, name_en, org_id, org_name, status, follows_revision, draft_revision,
                       current_revision, behind, overdue, adopt_by))

struct PlanDifference {
  std::string plan_id, name_zh, name_en, base_plan_id, base_name_zh, base_name_en;
  std::int64_t from_revision = 1, to_revision = 1, version = 1;
  std::optional<Instant> adopt_by;
  std::vector<PlanChange> changes;
  std::int64_t conflicts = 0;
  std::vector<PlanProblem> problems;  // what the result would break with the standard's side in every conflict
};
BOOST_DESCRIBE_STRUCT(PlanDifference, (),
                      (plan_id, name_zh, name_en, base_plan_id, base_name_zh, base_name_en, from_revision, to_revision,
                       version, adopt_by, changes, conflicts, problems))

struct RebaseInput {
  std::int64_t version = 0;
  std::vector<RebaseChoice> choices;
  bool publish = false;  // at once; needs plan.publish and no approval
};
BOOST_DESCRIBE_STRUCT(RebaseInput, (), (version, choices, publish))

enum class ApprovalState { submitted, approved, rejected, withdrawn };
BOOST_DESCRIBE_ENUM(ApprovalState, submitted, approved, rejected, withdrawn)

struct SubmitPlan {
  std::int64_t version = 0;
  std::string comment;
  std::optional<Instant> adopt_by;
};
BOOST_DESCRIBE_STRUCT(SubmitPlan, (), (version, comment, adopt_by))

struct DecidePlan {
  std::int64_t version = 0;
  std::string comment;
};
BOOST_DESCRIBE_STRUCT(DecidePlan, (), (version, comment))

struct PlanApprovalView {
  std::string id;
  std::int64_t revision = 1;
  ApprovalState state = ApprovalState::submitted;
  std::string comment, requested_by_name;
  Instant requested_at{};
  std::optional<std::string> decided_by_name, decision_comment;
  std::optional<Instant> decided_at, adopt_by;
  bool mine = false;  // submitted or edited by who asks: somebody else decides
};
BOOST_DESCRIBE_STRUCT(PlanApprovalView, (),
                      (id, revision, state, comment, requested_by_name, requested_at, decided_by_name, decision_comment,
                       decided_at, adopt_by, mine))

struct PlanPolicyView {
  std::string org_id, org_name;
  bool needs_approval = false;  // publication in the subtree needs a second person
  bool derived_only = false;    // nodes below publish derived plans only
  std::int64_t version = 1;
  Instant updated_at{};
  std::string updated_by_name;
  // The units at which the rights of those who made the demands lay; absent: not demanded, or made before this was
  // kept.
  std::optional<std::string> approval_set_at{}, approval_set_at_name{}, derived_set_at{}, derived_set_at_name{};
  // The reader may drop the demand: his right lies there too.
  bool may_drop_approval = true, may_drop_derived = true;
};
BOOST_DESCRIBE_STRUCT(PlanPolicyView, (),
                      (org_id, org_name, needs_approval, derived_only, version, updated_at, updated_by_name,
                       approval_set_at, approval_set_at_name, derived_set_at, derived_set_at_name, may_drop_approval,
                       may_drop_derived))

struct PutPlanPolicy {
  std::int64_t version = 0;  // 0: the node has none yet
  bool needs_approval = false, derived_only = false;
};
BOOST_DESCRIBE_STRUCT(PutPlanPolicy, (), (version, needs_approval, derived_only))

// A shipped plan; no row until somebody makes a plan of it.
struct PlanTemplateView {
  std::string key;
  std::string family = org::kGeneralFamily;
  std::string name_zh, name_en, description_zh, description_en;
  PlanDocument document;
};
BOOST_DESCRIBE_STRUCT(PlanTemplateView, (), (key, family, name_zh, name_en, description_zh, description_en, document))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::DerivePlan> = std::tuple{
    Field<&plans::DerivePlan::org_id>{{.min_length = 1, .max_length = 26}},
    Field<&plans::DerivePlan::name_zh>{{.max_length = 120}}, Field<&plans::DerivePlan::name_en>{{.max_length = 120}},
    Field<&plans::DerivePlan::job_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<plans::RebaseInput> = std::tuple{
    Field<&plans::RebaseInput::version>{{.required = true}}, Field<&plans::RebaseInput::choices>{{.max_length = 1000}}};
template <>
inline constexpr auto kRules<plans::SubmitPlan> = std::tuple{Field<&plans::SubmitPlan::version>{{.required = true}},
                                                             Field<&plans::SubmitPlan::comment>{{.max_length = 1000}}};
template <>
inline constexpr auto kRules<plans::DecidePlan> = std::tuple{Field<&plans::DecidePlan::version>{{.required = true}},
                                                             Field<&plans::DecidePlan::comment>{{.max_length = 1000}}};
template <>
inline constexpr auto kRules<plans::PutPlanPolicy> =
    std::tuple{Field<&plans::PutPlanPolicy::version>{{.required = true}}};
}  // namespace bole
