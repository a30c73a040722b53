#include "platform/http/routes.hpp"
#include "modules/interviews/service.hpp"
#include "platform/documents/qr.hpp"

namespace bole::interviews {

struct InterviewListQuery {
  std::optional<std::string> q, plan_id, org_id, candidate_id;
  std::optional<State> state;
  std::optional<int> limit;
  std::optional<std::string> cursor;
  std::optional<bool> mine{};  // only of candidates whose team one is in
};
BOOST_DESCRIBE_STRUCT(InterviewListQuery, (), (q, plan_id, org_id, candidate_id, state, limit, cursor, mine))

}  // namespace bole::interviews

namespace bole {
template <>
inline constexpr auto kRules<interviews::InterviewListQuery> =
    std::tuple{Field<&interviews::InterviewListQuery::q>{{.max_length = 100}},
               Field<&interviews::InterviewListQuery::limit>{{.min = 1, .max = 200}},
               Field<&interviews::InterviewListQuery::cursor>{{.max_length = 26}}};
}

namespace bole::interviews {

using http::Request;
using http::Response;

void RegisterStaffRoutes(http::Routes& routes, Service& service) {
  routes.Get<HomeView>("/home",
                       {.permission = "interview.read", .tag = "interviews", .summary = "My tasks and numbers"},
                       [&](Request const& r) -> Result<HomeView> { return service.Home(r.who()); });
  routes.Get<InterviewListQuery, Page<InterviewView>>(
      "/interviews", {.permission = "interview.read", .tag = "interviews", .summary = "Interviews"},
      [&](Request const& r, InterviewListQuery const& q) {
        return service.List(r.who(),
                            {q.q.value_or(""), q.plan_id.value_or(""), q.candidate_id.value_or(""), "", q.state,
                             q.limit.value_or(50), q.cursor.value_or(""), q.mine.value_or(false)},
                            q.org_id.value_or(""));
      });
  routes.Post<CreateInterviews, CreatedInterviews>(
      "/interviews",
      {.permission = "interview.invite", .tag = "interviews", .summary = "Invite candidates", .status = 201},
      [&](Request const& r, CreateInterviews const& in) { return service.Invite(r.who(), r.locale, in); });
  routes.Raw(http::Method::kGet, "/interviews/events",
             {.permission = "interview.read", .tag = "interviews", .summary = "Changes of interviews as they happen"},
             {{}, {"text/event-stream"}},
             [&](Request const& r) -> Result<Response> { return Response::Events(service.Live(r.who())); });
  routes.Get<InterviewView>("/interviews/{id}",
                            {.permission = "interview.read", .tag = "interviews", .summary = "One interview"},
                            [&](Request const& r) { return service.Get(r.who(), r.Param("id")); });
  routes.Get<LinkView>("/interviews/{id}/link",
                       {.permission = "interview.invite", .tag = "interviews", .summary = "The candidate's link"},
                       [&](Request const& r) -> Result<LinkView> {
                         BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
                         return service.Link(r.who(), r.Param("id"), purpose);
                       });
  routes.Raw(http::Method::kGet, "/interviews/{id}/qr.png",
             {.permission = "interview.invite", .tag = "interviews", .summary = "The link as a QR picture"},
             {{}, {"image/png"}}, [&](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
               BOLE_ASSIGN(auto const link, service.Link(r.who(), r.Param("id"), purpose));
               BOLE_ASSIGN(auto png, documents::QrPng(link.url, 8));
               return Response::Text(std::move(png), "image/png");
             });
  routes.Post<http::NoBody, InterviewView>(
      "/interviews/{id}/cancel",
      {.permission = "interview.invite", .tag = "interviews", .summary = "Withdraw an invitation"},
      [&](Request const& r) { return service.Cancel(r.who(), r.Param("id")); });
  routes.Post<http::NoBody, InterviewView>(
      "/interviews/{id}/remind", {.permission = "interview.invite", .tag = "interviews", .summary = "Send a reminder"},
      [&](Request const& r) { return service.Remind(r.who(), r.Param("id")); });
  routes.Post<ExtendInterview, InterviewView>(
      "/interviews/{id}/extend", {.permission = "interview.invite", .tag = "interviews", .summary = "Give more days"},
      [&](Request const& r, ExtendInterview const& in) { return service.Extend(r.who(), r.Param("id"), in); });
}

}  // namespace bole::interviews
