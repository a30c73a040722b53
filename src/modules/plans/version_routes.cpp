#include <charconv>

#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/http/routes.hpp"

namespace bole::plans {
namespace {

using http::Request;

// 0, which no revision has, for anything that is no number.
std::int64_t RevisionOf(Request const& request) {
  auto const text = request.Param("revision");
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

}  // namespace

void RegisterVersionRoutes(AppContext& context, Service& service) {
  auto& routes = context.routes;
  routes.Get<Items<QuestionRevisionView>>(
      "/questions/{id}/revisions",
      {.permission = "question.read", .tag = "questions", .summary = "Versions of a question, newest first"},
      [&](Request const& r) { return service.QuestionRevisions(r.who(), r.Param("id")); });
  routes.Post<VersionBody, QuestionView>(
      "/questions/{id}/revisions/{revision}/restore",
      {.permission = "question.write", .tag = "questions", .summary = "Make a former version the next one"},
      [&](Request const& r, VersionBody const& in) {
        return service.RestoreQuestion(r.who(), r.Param("id"), RevisionOf(r), in);
      });
  routes.Get<Items<PlanRevisionView>>(
      "/plans/{id}/revisions",
      {.permission = "plan.read", .tag = "plans", .summary = "Versions of a plan, newest first"},
      [&](Request const& r) { return service.PlanRevisions(r.who(), r.Param("id")); });
  routes.Get<PlanRevisionDifference>(
      "/plans/{id}/revisions/{revision}/difference",
      {.permission = "plan.read", .tag = "plans", .summary = "What changed since a version"},
      [&](Request const& r) { return service.RevisionDifference(r.who(), r.Param("id"), RevisionOf(r)); });
  routes.Post<VersionBody, PlanView>(
      "/plans/{id}/revisions/{revision}/restore",
      {.permission = "plan.write", .tag = "plans", .summary = "Make a former version the draft"},
      [&](Request const& r, VersionBody const& in) {
        return service.RestorePlanRevision(r.who(), r.Param("id"), RevisionOf(r), in);
      });
}

}  // namespace bole::plans
