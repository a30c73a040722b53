#include "platform/http/routes.hpp"
#include "modules/plans/plan_query.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

namespace bole::plans {

using http::Request;
using http::Response;

struct QuestionListQuery {
  std::optional<std::string> q;
  std::optional<std::string> family;
  std::optional<std::string> competency;
  std::optional<int> difficulty;
  std::optional<ContentStatus> status;
  std::optional<std::string> job_id;
  std::optional<JobFit> fit;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(QuestionListQuery, (), (q, family, competency, difficulty, status, job_id, fit, limit, cursor))
struct QuestionExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q;
  std::optional<std::string> family;
  std::optional<std::string> competency;
  std::optional<int> difficulty;
  std::optional<ContentStatus> status;
  std::optional<std::string> job_id;
};
BOOST_DESCRIBE_STRUCT(QuestionExportQuery, (), (format, q, family, competency, difficulty, status, job_id))
struct PlanListQuery {
  std::optional<std::string> q;
  std::optional<PlanStatus> status;
  std::optional<std::string> org_id, job_id;
  std::optional<bool> standard, behind, submitted;
  std::optional<std::string> family;
  std::optional<std::string> base_plan_id;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(PlanListQuery, (),
                      (q, status, org_id, job_id, standard, behind, submitted, family, base_plan_id, limit, cursor))
struct RevisionQuery {
  std::optional<std::int64_t> revision;
};
BOOST_DESCRIBE_STRUCT(RevisionQuery, (), (revision))
struct PreviewQuery {
  std::optional<std::string> locale;
  std::optional<bool> draft;
};
BOOST_DESCRIBE_STRUCT(PreviewQuery, (), (locale, draft))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::QuestionListQuery> =
    std::tuple{Field<&plans::QuestionListQuery::q>{{.max_length = 100}},
               Field<&plans::QuestionListQuery::competency>{{.max_length = 60}},
               Field<&plans::QuestionListQuery::difficulty>{{.min = 1, .max = 5}},
               Field<&plans::QuestionListQuery::job_id>{
                   {.doc = "Questions that name the job, and those of its family and general ones that name none",
                    .max_length = 26}},
               Field<&plans::QuestionListQuery::fit>{{.doc = "With job_id: only those that fit it in this way"}},
               Field<&plans::QuestionListQuery::limit>{{.min = 1, .max = 200}},
               Field<&plans::QuestionListQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<plans::QuestionExportQuery> =
    std::tuple{Field<&plans::QuestionExportQuery::q>{{.max_length = 100}},
               Field<&plans::QuestionExportQuery::competency>{{.max_length = 60}},
               Field<&plans::QuestionExportQuery::difficulty>{{.min = 1, .max = 5}},
               Field<&plans::QuestionExportQuery::job_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<plans::PlanListQuery> =
    std::tuple{Field<&plans::PlanListQuery::q>{{.max_length = 100}},
               Field<&plans::PlanListQuery::org_id>{{.max_length = 26}},
               Field<&plans::PlanListQuery::job_id>{{.max_length = 26}},
               Field<&plans::PlanListQuery::base_plan_id>{{.max_length = 26}},
               Field<&plans::PlanListQuery::limit>{{.min = 1, .max = 200}},
               Field<&plans::PlanListQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<plans::RevisionQuery> =
    std::tuple{Field<&plans::RevisionQuery::revision>{{.min = 1, .max = 1e9}}};
}  // namespace bole

namespace bole::plans {
namespace {

store::QuestionFilter FilterOf(QuestionListQuery const& q) {
  return {.text = q.q.value_or(""),
          .family = q.family,
          .competency = q.competency.value_or(""),
          .difficulty = q.difficulty,
          .status = q.status,
          .job_id = q.job_id.value_or(""),
          .fit = q.fit,
          .limit = q.limit.value_or(50),
          .cursor = q.cursor.value_or("")};
}

}  // namespace

void RegisterQuestionRoutes(AppContext& context, Service& service) {
  auto& routes = context.routes;
  routes.Get<QuestionListQuery, Page<QuestionView>>(
      "/questions", {.permission = "question.read", .tag = "questions", .summary = "The question bank"},
      [&](Request const& r, QuestionListQuery const& q) { return service.Questions(r.who(), FilterOf(q)); });
  routes.Post<CreateQuestion, QuestionView>(
      "/questions", {.permission = "question.write", .tag = "questions", .summary = "Add a question", .status = 201},
      [&](Request const& r, CreateQuestion const& in) { return service.CreateQuestion(r.who(), in); });
  routes.Get<RevisionQuery, QuestionView>(
      "/questions/{id}", {.permission = "question.read", .tag = "questions", .summary = "One question, any revision"},
      [&](Request const& r, RevisionQuery const& q) { return service.Question(r.who(), r.Param("id"), q.revision); });
  routes.Patch<PatchQuestion, QuestionView>(
      "/questions/{id}", {.permission = "question.write", .tag = "questions", .summary = "Make the next revision"},
      [&](Request const& r, PatchQuestion const& in) { return service.PatchQuestion(r.who(), r.Param("id"), in); });
  routes.Raw<QuestionExportQuery>(
      http::Method::kGet, "/questions/export",
      {.permission = "question.write",
       .tag = "questions",
       .summary = "Questions, key points and anchors as xlsx, or as csv in one table (audited)"},
      {{}, documents::TableMediaTypes()}, [&](Request const& r, QuestionExportQuery const& q) -> Result<Response> {
        auto const format = q.format.value_or(documents::TableFormat::xlsx);
        store::QuestionFilter const filter{.text = q.q.value_or(""),
                                           .family = q.family,
                                           .competency = q.competency.value_or(""),
                                           .difficulty = q.difficulty,
                                           .status = q.status,
                                           .job_id = q.job_id.value_or("")};
        BOLE_ASSIGN(auto file, service.ExportQuestions(r.who(), filter, format, r.locale));
        return Response::Download(
            std::move(file), documents::MediaTypeOf(format),
            context.messages.Text(r.locale, "question.file.export") + documents::ExtensionOf(format));
      });
  routes.Get<Items<ScoringModelView>>(
      "/scoring-models", {.permission = "plan.read", .tag = "plans", .summary = "Scoring models, all versions"},
      [&](Request const&) -> Result<Items<ScoringModelView>> { return service.ScoringModels(); });
  routes.Get<ScoringModelView>("/scoring-models/{id}",
                               {.permission = "plan.read", .tag = "plans", .summary = "One scoring model"},
                               [&](Request const& r) { return service.GetScoringModel(r.Param("id")); });
}

void RegisterPlanRoutes(AppContext& context, Service& service) {
  auto& routes = context.routes;
  routes.Get<PlanListQuery, Page<PlanView>>(
      "/plans", {.permission = "plan.read", .tag = "plans", .summary = "Interview plans"},
      [&](Request const& r, PlanListQuery const& q) {
        auto filter = PlanFilterOf(q);
        filter.limit = q.limit.value_or(50), filter.cursor = q.cursor.value_or("");
        return service.Plans(r.who(), filter, q.org_id.value_or(""));
      });
  routes.Post<CreatePlan, PlanView>(
      "/plans", {.permission = "plan.write", .tag = "plans", .summary = "Add a draft", .status = 201},
      [&](Request const& r, CreatePlan const& in) { return service.CreatePlan(r.who(), in); });
  routes.Get<RevisionQuery, PlanView>(
      "/plans/{id}", {.permission = "plan.read", .tag = "plans", .summary = "One plan, any revision"},
      [&](Request const& r, RevisionQuery const& q) { return service.Plan(r.who(), r.Param("id"), q.revision); });
  routes.Put<PutPlan, PlanView>(
      "/plans/{id}", {.permission = "plan.write", .tag = "plans", .summary = "Save the draft"},
      [&](Request const& r, PutPlan const& in) { return service.PutPlan(r.who(), r.Param("id"), in); });
  routes.Post<PublishPlan, PlanView>(
      "/plans/{id}/publish", {.permission = "plan.publish", .tag = "plans", .summary = "Check and publish the draft"},
      [&](Request const& r, PublishPlan const& in) { return service.PublishPlan(r.who(), r.Param("id"), in); });
  routes.Post<http::NoBody, PlanView>("/plans/{id}/archive",
                                      {.permission = "plan.write", .tag = "plans", .summary = "Take out of use"},
                                      [&](Request const& r) { return service.ArchivePlan(r.who(), r.Param("id")); });
  routes.Post<http::NoBody, PlanView>("/plans/{id}/restore",
                                      {.permission = "plan.publish", .tag = "plans", .summary = "Take into use again"},
                                      [&](Request const& r) { return service.RestorePlan(r.who(), r.Param("id")); });
  routes.Post<CopyPlan, PlanView>(
      "/plans/{id}/copy", {.permission = "plan.write", .tag = "plans", .summary = "Copy to a node", .status = 201},
      [&](Request const& r, CopyPlan const& in) { return service.CopyPlan(r.who(), r.Param("id"), in); });
  routes.Post<http::NoBody, PlanProblems>(
      "/plans/{id}/check", {.permission = "plan.read", .tag = "plans", .summary = "What keeps it from being published"},
      [&](Request const& r) { return service.CheckPlan(r.who(), r.Param("id"), r.locale); });
  routes.Get<PreviewQuery, CandidateSession>(
      "/plans/{id}/preview", {.permission = "plan.read", .tag = "plans", .summary = "As the candidate would see it"},
      [&](Request const& r, PreviewQuery const& q) {
        return service.Preview(r.who(), r.Param("id"), i18n::ParseLocale(q.locale.value_or("")).value_or(r.locale),
                               q.draft.value_or(false));
      });
}

}  // namespace bole::plans
