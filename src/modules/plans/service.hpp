#pragma once
#include "modules/plans/assets.hpp"
#include "modules/plans/candidate_view.hpp"
#include "modules/plans/dimensions.hpp"
#include "modules/plans/group_store.hpp"
#include "modules/plans/model.hpp"
#include "modules/plans/store.hpp"
#include "platform/documents/table_writer.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::http {
class Routes;
}

namespace bole::plans {

// Use cases. Thread-safe; each call is one transaction unless it takes one.
class Service final : public Api {
 public:
  Service(AppContext& context, audit::Api& audit, org::Api& org);

  Result<ResolvedPlan> PublishedPlan(db::Tx& tx, Scope const& scope, std::string const& plan_id) override;
  Result<ResolvedPlan> PlanRevision(db::Tx& tx, std::string const& plan_id, std::int64_t revision) override;
  Result<ScoringModelView> ScoringModel(db::Tx& tx, std::string const& id) override;
  Result<http::Response> ServeAsset(http::Request const& request, std::string const& id) override;
  std::int64_t CountPlans(db::Tx& tx, Scope const& scope) override { return store::CountPlans(tx, scope); }
  Result<QuestionView> QuestionByCode(db::Tx& tx, std::string const& code) override;
  Result<> LoadShippedContent() override;
  void ScheduleCleaning() override;

  // Question bank.
  Result<Page<QuestionView>> Questions(Principal const& who, store::QuestionFilter filter);
  Result<QuestionView> Question(Principal const& who, std::string const& id, std::optional<std::int64_t> revision);
  Result<QuestionView> CreateQuestion(Principal const& who, plans::CreateQuestion const& input);
  Result<QuestionView> PatchQuestion(Principal const& who, std::string const& id, plans::PatchQuestion const& input);
  Result<Items<QuestionRevisionView>> QuestionRevisions(Principal const& who, std::string const& id);
  // The former content becomes the next revision.
  Result<QuestionView> RestoreQuestion(Principal const& who, std::string const& id, std::int64_t revision,
                                       VersionBody const& input);
  Result<std::string> ExportQuestions(Principal const& who, store::QuestionFilter filter, documents::TableFormat format,
                                      i18n::Locale locale);
  // For imports, in their transaction and audited by them. SaveQuestion writes a question or its next revision; false
  // when nothing differs.
  bool SaveQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content, store::Author const& author);
  QuestionView NewQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content, store::Author const& author);
  Items<ScoringModelView> ScoringModels();
  Result<ScoringModelView> GetScoringModel(std::string const& id);
  [[nodiscard]] Assets& assets() { return assets_; }
  [[nodiscard]] Dimensions& dimensions() { return dimensions_; }

  // Plans.
  Result<Page<PlanView>> Plans(Principal const& who, store::PlanFilter filter, std::string const& org_id);
  Result<PlanView> Plan(Principal const& who, std::string const& id, std::optional<std::int64_t> revision);
  Result<PlanView> CreatePlan(Principal const& who, plans::CreatePlan const& input) override;
  Result<PlanView> PutPlan(Principal const& who, std::string const& id, plans::PutPlan const& input) override;
  Result<PlanView> PublishPlan(Principal const& who, std::string const& id, plans::PublishPlan const& input) override;
  Result<PlanView> ArchivePlan(Principal const& who, std::string const& id) override;
  Result<PlanView> RestorePlan(Principal const& who, std::string const& id) override;
  Result<PlanView> CopyPlan(Principal const& who, std::string const& id, plans::CopyPlan const& input);
  // Of a plan that is only shared with the caller: the published one.
  Result<Items<PlanRevisionView>> PlanRevisions(Principal const& who, std::string const& id);
  Result<PlanRevisionDifference> RevisionDifference(Principal const& who, std::string const& id, std::int64_t revision);
  // A former revision becomes the draft, unless its standard says otherwise by now.
  Result<PlanView> RestorePlanRevision(Principal const& who, std::string const& id, std::int64_t revision,
                                       VersionBody const& input);
  Result<PlanProblems> CheckPlan(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<CandidateSession> Preview(Principal const& who, std::string const& id, i18n::Locale locale, bool draft);

  // For imports, in their transaction and audited by them. What keeps a plan with the names and the job of `row` from
  // being saved as a draft: pointers as of PutPlan. `before`: the document it has.
  FieldErrors DraftErrors(db::Tx& tx, store::PlanRow const& row, PlanDocument const& document,
                          PlanDocument const* before);
  void InsertDraft(db::Tx& tx, Principal const& who, store::PlanRow& row, PlanDocument const& document);
  // Writes the row and its newest revision as a draft.
  Result<> SaveDraft(db::Tx& tx, Principal const& who, store::PlanRow& row, PlanDocument const& document);
  // The published revision is the newest again, and the job of `row` its job.
  Result<> DropDraft(db::Tx& tx, store::PlanRow& row);

  // Plans of the group.
  Result<Items<PlanTemplateView>> Templates();
  Result<PlanView> DerivePlan(Principal const& who, std::string const& id, plans::DerivePlan const& input) override;
  // The plans that follow a standard of the caller's.
  Result<Page<PlanFollower>> Followers(Principal const& who, std::string const& id, int limit,
                                       std::string const& cursor);
  Page<RebaseTask> RebaseTasks(Principal const& who, int limit, std::string const& cursor);
  Result<PlanDifference> Difference(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<PlanView> RebasePlan(Principal const& who, std::string const& id, RebaseInput const& input);

  // Approval before publication.
  Items<PlanPolicyView> Policies(Principal const& who);
  Result<PlanPolicyView> PutPolicy(Principal const& who, std::string const& org_id, PutPlanPolicy const& input);
  Result<PlanView> SubmitPlan(Principal const& who, std::string const& id, plans::SubmitPlan const& input);
  Result<PlanView> ApprovePlan(Principal const& who, std::string const& id, DecidePlan const& input);
  Result<PlanView> RejectPlan(Principal const& who, std::string const& id, DecidePlan const& input);
  Result<PlanView> WithdrawPlan(Principal const& who, std::string const& id, VersionBody const& input);
  Result<Items<PlanApprovalView>> Approvals(Principal const& who, std::string const& id);

 private:
  Result<> ReadTemplates();
  // A template's document, its questions named by id.
  Result<PlanDocument> TemplateDocument(db::Tx& tx, std::string const& key);
  Result<> LoadQuestions(db::Tx& tx, org::OrgNodeView const& root, std::string const& text);
  Result<> LoadModel(db::Tx& tx, std::string const& text);

  Result<QuestionView> ChangeQuestion(Principal const& who, char const* action, std::string const& id,
                                      plans::PatchQuestion const& input);
  // A question may newly name jobs of its unit and of those above.
  void CheckJobs(db::Tx& tx, std::vector<std::string> const& job_ids, std::vector<std::string> const& before,
                 std::string const& node_path, FieldErrors& errors);
  Result<> JobOf(db::Tx& tx, Principal const& who, store::QuestionFilter& filter);  // finds its family

  Result<ResolvedPlan> Resolve(db::Tx& tx, PlanView const& plan);
  std::optional<QuestionContent> FindQuestion(db::Tx& tx, PlanStage const& stage, std::string const& node_path);
  // Everything that keeps a plan of the node from being published; with a base also what the standard says.
  FieldErrors Problems(db::Tx& tx, PlanDocument const& document, std::string const& node_path,
                       std::optional<PlanDocument> const& base);
  static std::optional<PlanDocument> BaseOf(db::Tx& tx, std::optional<PlanBase> const& base);
  static std::optional<PlanDocument> BaseOf(db::Tx& tx, store::PlanRow const& row);
  // A row that may be changed now: kNotFound, kConflict conflict.stale, plan.archived, plan.submitted.
  Result<store::PlanRow> Editable(db::Tx& tx, Scope const& scope, std::string const& id, std::int64_t version);
  // An archived family may stay, but is not chosen anew.
  void CheckFamily(db::Tx& tx, PlanDocument const& document, std::optional<std::string> const& before,
                   FieldErrors& errors);
  bool JobServes(db::Tx& tx, std::string const& job_id, org::OrgNodeView const& node);
  struct NewPlan {
    std::string org_id;
    std::optional<std::string> job_id;
    std::string name_zh, name_en;
    PlanDocument document;
    std::optional<std::string> base_plan_id{};
    std::optional<std::int64_t> base_revision{};
  };
  Result<PlanView> AddPlan(db::Tx& tx, Principal const& who, char const* action, NewPlan const& input);
  // The plan a branch starts with: the published revision of a standard above `org_id`.
  Result<NewPlan> Derived(db::Tx& tx, Scope const& scope, PlanView const& standard, std::string const& org_id);
  Result<> ToJob(db::Tx& tx, PlanView const& from, org::OrgNodeView const& node,
                 std::optional<std::string> const& job_id, NewPlan& copy);
  // Checks and publishes the draft of a row that Editable gave.
  Result<PlanView> Release(db::Tx& tx, Principal const& who, char const* action, store::PlanRow row,
                           std::optional<Instant> adopt_by);
  // kConflict plan.needs_approval, plan.must_derive.
  Result<> MayRelease(db::Tx& tx, store::PlanRow const& row, org::OrgNodeView const& node, bool approved);
  void TellDroppable(db::Tx& tx, Principal const& who, PlanPolicyView& policy);
  Result<PlanView> Decide(Principal const& who, char const* permission, char const* action, std::string const& id,
                          DecidePlan const& input, ApprovalState state);

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  Assets assets_;
  Dimensions dimensions_;
  std::vector<PlanTemplateView> templates_;                // questions still named by code
  std::map<std::string, std::vector<std::string>> codes_;  // template key → question code by stage, may be empty
};

[[nodiscard]] std::string SearchText(std::string const& code, QuestionContent const& content);
void RegisterQuestionRoutes(AppContext& context, Service& service);
void RegisterPlanRoutes(AppContext& context, Service& service);
void RegisterGroupRoutes(AppContext& context, Service& service);
void RegisterVersionRoutes(AppContext& context, Service& service);
void RegisterPlanExport(AppContext& context, Service& service, audit::Api& audit, org::Api& org);

}  // namespace bole::plans
