#pragma once
#include "modules/plans/candidate_view.hpp"
#include "modules/plans/model.hpp"
#include "modules/plans/store.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::http {
class Routes;
}

namespace bole::plans {

// Shapes of an Excel import; questions come at once, so the state is always done or failed.
enum class ImportMode { partial, all };
BOOST_DESCRIBE_ENUM(ImportMode, partial, all)
enum class ImportState { running, done, failed };
BOOST_DESCRIBE_ENUM(ImportState, running, done, failed)
struct ImportError {
  std::int64_t row = 0;
  std::string column, code, message, value;
};
BOOST_DESCRIBE_STRUCT(ImportError, (), (row, column, code, message, value))
struct ImportView {
  std::string id, file_name;
  bool dry_run = false;
  ImportMode mode = ImportMode::partial;
  ImportState state = ImportState::done;
  std::int64_t rows_total = 0, rows_done = 0, rows_ok = 0, rows_failed = 0, rows_duplicate = 0;
  std::vector<ImportError> errors;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (id, file_name, dry_run, mode, state, rows_total, rows_done, rows_ok, rows_failed, rows_duplicate,
                       errors, created_at))
struct QuestionImportQuery {
  std::string org_id;
  std::optional<bool> dry_run;
  std::optional<ImportMode> mode;
  std::optional<std::string> file_name;
};
BOOST_DESCRIBE_STRUCT(QuestionImportQuery, (), (org_id, dry_run, mode, file_name))

// Use cases. Thread-safe; each call is one transaction unless it takes one.
class Service final : public Api {
 public:
  Service(AppContext& context, audit::Api& audit, org::Api& org);

  Result<ResolvedPlan> PublishedPlan(db::Tx& tx, Scope const& scope, std::string const& plan_id) override;
  Result<ResolvedPlan> PlanRevision(db::Tx& tx, std::string const& plan_id, std::int64_t revision) override;
  Result<ScoringModelView> ScoringModel(db::Tx& tx, std::string const& id) override;
  std::int64_t CountPlans(db::Tx& tx, Scope const& scope) override { return store::CountPlans(tx, scope); }
  Result<QuestionView> QuestionByCode(db::Tx& tx, std::string const& code) override;
  Result<> LoadShippedContent() override;
  std::vector<DimensionView> const& Dimensions() override { return dimensions_; }

  // Question bank.
  Result<Page<QuestionView>> Questions(Principal const& who, store::QuestionFilter const& filter);
  Result<QuestionView> Question(Principal const& who, std::string const& id, std::optional<std::int64_t> revision);
  Result<QuestionView> CreateQuestion(Principal const& who, plans::CreateQuestion const& input);
  Result<QuestionView> PatchQuestion(Principal const& who, std::string const& id, plans::PatchQuestion const& input);
  Result<std::string> ExportQuestions(Principal const& who, store::QuestionFilter filter, i18n::Locale locale);
  Result<ImportView> ImportQuestions(Principal const& who, QuestionImportQuery const& query,
                                     std::string const& workbook, i18n::Locale locale);
  Items<ScoringModelView> ScoringModels();
  Result<ScoringModelView> GetScoringModel(std::string const& id);

  // Plans.
  Result<Page<PlanView>> Plans(Principal const& who, store::PlanFilter filter, std::string const& org_id);
  Result<PlanView> Plan(Principal const& who, std::string const& id, std::optional<std::int64_t> revision);
  Result<PlanView> CreatePlan(Principal const& who, plans::CreatePlan const& input) override;
  Result<PlanView> PutPlan(Principal const& who, std::string const& id, plans::PutPlan const& input);
  Result<PlanView> PublishPlan(Principal const& who, std::string const& id, VersionBody const& input) override;
  Result<PlanView> ArchivePlan(Principal const& who, std::string const& id);
  Result<PlanView> CopyPlan(Principal const& who, std::string const& id, plans::CopyPlan const& input);
  Result<PlanProblems> CheckPlan(Principal const& who, std::string const& id, i18n::Locale locale);
  Result<CandidateSession> Preview(Principal const& who, std::string const& id, i18n::Locale locale, bool draft);

 private:
  Result<> ReadDimensions();
  Result<> LoadQuestions(db::Tx& tx, org::OrgNodeView const& root, std::string const& text);
  Result<> LoadModel(db::Tx& tx, std::string const& text);
  // Writes a question or its next revision; false when nothing differs.
  bool SaveQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content, std::string const& author);
  QuestionView NewQuestion(db::Tx& tx, store::QuestionRow row, QuestionContent content, std::string const& author);

  Result<ResolvedPlan> Resolve(db::Tx& tx, PlanView const& plan);
  std::optional<QuestionContent> FindQuestion(db::Tx& tx, PlanStage const& stage, std::string const& node_path);
  FieldErrors Problems(db::Tx& tx, PlanDocument const& document, std::string const& node_path);
  bool JobServes(db::Tx& tx, std::string const& job_id, org::OrgNodeView const& node);
  Result<PlanView> AddPlan(db::Tx& tx, Principal const& who, char const* action, plans::CreatePlan const& input);

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  std::vector<DimensionView> dimensions_;
};

[[nodiscard]] std::string SearchText(std::string const& code, QuestionContent const& content);
void RegisterQuestionRoutes(AppContext& context, Service& service);
void RegisterPlanRoutes(AppContext& context, Service& service);

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::QuestionImportQuery> =
    std::tuple{Field<&plans::QuestionImportQuery::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&plans::QuestionImportQuery::file_name>{{.max_length = 200}}};
}
