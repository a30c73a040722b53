#include "platform/http/routes.hpp"
#include "modules/privacy/service.hpp"
#include "platform/blob/blob_store.hpp"

namespace bole::privacy {

struct PrivacyQuery {
  std::optional<std::string> candidate_id, employee_id, org_id, consent, state, kind;
  std::optional<bool> open;
  std::optional<int> limit;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(PrivacyQuery, (), (candidate_id, employee_id, org_id, consent, state, kind, open, limit, cursor))
struct TextsQuery {
  std::string org_id;
};
BOOST_DESCRIBE_STRUCT(TextsQuery, (), (org_id))
struct PreviewQuery {
  Date on;
};
BOOST_DESCRIBE_STRUCT(PreviewQuery, (), (on))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::PrivacyQuery> =
    std::tuple{Field<&privacy::PrivacyQuery::candidate_id>{{.max_length = 26}},
               Field<&privacy::PrivacyQuery::employee_id>{{.max_length = 26}},
               Field<&privacy::PrivacyQuery::org_id>{{.max_length = 26}},
               Field<&privacy::PrivacyQuery::consent>{{.max_length = 40}},
               Field<&privacy::PrivacyQuery::state>{{.max_length = 20}},
               Field<&privacy::PrivacyQuery::kind>{{.max_length = 40}},
               Field<&privacy::PrivacyQuery::limit>{{.min = 1, .max = 200}},
               Field<&privacy::PrivacyQuery::cursor>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<privacy::TextsQuery> =
    std::tuple{Field<&privacy::TextsQuery::org_id>{{.min_length = 1, .max_length = 26}}};
template <>
inline constexpr auto kRules<privacy::PreviewQuery> = std::tuple{Field<&privacy::PreviewQuery::on>{{.required = true}}};
}  // namespace bole

namespace bole::privacy {
namespace {

using http::NoBody;
using http::NoContent;
using http::Request;
using http::Response;

http::RouteDoc Doc(char const* permission, char const* summary, int status = 200) {
  return {.permission = permission, .tag = "privacy", .summary = summary, .status = status};
}

Result<store::Filter> FilterOf(Service& service, Request const& r, PrivacyQuery const& q, char const* permission) {
  store::Filter out;
  out.consent = q.consent.value_or(""), out.state = q.state.value_or(""), out.kind = q.kind.value_or("");
  out.open = q.open.value_or(false), out.limit = q.limit.value_or(50), out.cursor = q.cursor.value_or("");
  if (q.org_id && !q.org_id->empty()) {
    BOLE_ASSIGN(auto const node, service.subjects.context.database.Read([&](db::Tx& tx) {
      return service.subjects.modules.org.Node(tx, Scope(r.who(), permission), *q.org_id);
    }));
    out.org_path = node.path;
  }
  if (!q.candidate_id.value_or("").empty() || !q.employee_id.value_or("").empty()) {
    BOLE_ASSIGN(auto const ref, RefIn(q.candidate_id, q.employee_id));
    BOLE_ASSIGN(auto const subject, service.subjects.context.database.Read([&](db::Tx& tx) {
      return service.subjects.Seen(tx, r.who(), permission, ref);
    }));
    out.person_id = subject.data.person_id;
  }
  return out;
}

// A list narrowed by the query; `list` is called with the caller and the filter.
template <class View, class F>
void AddList(http::Routes& routes, Service& service, char const* path, char const* permission, char const* summary,
             F list) {
  routes.Get<PrivacyQuery, Page<View>>(
      path, Doc(permission, summary),
      [&service, permission, list](Request const& r, PrivacyQuery const& q) -> Result<Page<View>> {
        BOLE_ASSIGN(auto const filter, FilterOf(service, r, q, permission));
        return list(r.who(), filter);
      });
}

Result<Response> ServeExport(Service& service, Request const& r, Exports::File const& file) {
  BOLE_ASSIGN(std::shared_ptr<blob::Reader> reader, service.subjects.context.blobs.Open(file.blob_id));
  auto source = http::MakeSource(
      static_cast<std::uint64_t>(file.size), [reader](std::uint64_t offset, std::size_t max) -> Result<std::string> {
        std::string out(max, '\0');
        BOLE_ASSIGN(auto const read,
                    reader->ReadAt(offset, std::span(reinterpret_cast<std::uint8_t*>(out.data()), max)));
        out.resize(read);
        return out;
      });
  auto response = http::ServeRange(r, std::move(source), "application/zip", file.blob_id, "private, no-store");
  response.Attachment("personal-data.zip");
  return response;
}

void ConsentAndRequestRoutes(http::Routes& routes, Service& service) {
  routes.Get<TextsQuery, Items<ConsentTextsView>>(
      "/privacy/consent-texts", Doc("privacy.read", "What a unit asks consent to, with every version of the texts"),
      [&](Request const& r, TextsQuery const& q) { return service.texts.List(r.who(), q.org_id); });
  routes.Post<PublishConsentText, ConsentTextsView>(
      "/privacy/consent-texts", Doc("privacy.manage", "Publish a text for a unit and what is below it", 201),
      [&](Request const& r, PublishConsentText const& in) { return service.texts.Publish(r.who(), in); });
  AddList<ConsentView>(routes, service, "/privacy/consents", "privacy.read", "The register of consents",
                       [&](auto const& who, auto const& filter) { return service.consents.List(who, filter); });
  routes.Post<WithdrawConsent, NoContent>(
      "/privacy/consents/withdraw", Doc("privacy.manage", "Withdraw a consent on the person's behalf"),
      [&](Request const& r, WithdrawConsent const& in) { return service.consents.Withdraw(r.who(), in); });
  AddList<SubjectRequestView>(routes, service, "/privacy/requests", "privacy.read", "Requests of persons",
                              [&](auto const& who, auto const& filter) { return service.requests.List(who, filter); });
  routes.Post<CreateSubjectRequest, SubjectRequestView>(
      "/privacy/requests", Doc("privacy.manage", "Register a request", 201),
      [&](Request const& r, CreateSubjectRequest const& in) { return service.requests.Create(r.who(), in); });
  routes.Get<SubjectRequestView>("/privacy/requests/{id}", Doc("privacy.read", "A request with its steps"),
                                 [&](Request const& r) { return service.requests.Get(r.who(), r.Param("id")); });
  routes.Post<MoveSubjectRequest, SubjectRequestView>("/privacy/requests/{id}/move",
                                                      Doc("privacy.manage", "Take up, answer or refuse a request"),
                                                      [&](Request const& r, MoveSubjectRequest const& in) {
                                                        return service.requests.Move(r.who(), r.Param("id"), in);
                                                      });
  routes.Post<ExtendSubjectRequest, SubjectRequestView>(
      "/privacy/requests/{id}/extend", Doc("privacy.manage", "Put the deadline of a request off, once"),
      [&](Request const& r, ExtendSubjectRequest const& in) {
        return service.requests.Extend(r.who(), r.Param("id"), in);
      });
}

// What concerns one person, by a record of his: `path` ends in its id, `ref` makes the reference out of it.
void PersonByRecordRoutes(http::Routes& routes, Service& service, std::string const& path,
                          PersonRef (*ref)(Request const&)) {
  routes.Get<RestrictionView>(path + "/restriction", Doc("privacy.read", "Whether the person's data are restricted"),
                              [&service, ref](Request const& r) { return service.Restriction(r.who(), ref(r)); });
  routes.Get<Items<AccessEntry>>(path + "/access", Doc("privacy.read", "Who looked at the person's data"),
                                 [&service, ref](Request const& r) -> Result<Items<AccessEntry>> {
                                   BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
                                   return service.Access(r.who(), ref(r), purpose);
                                 });
  routes.Post<NoBody, NoContent>(path + "/end-restriction", Doc("privacy.manage", "Let the data be used again"),
                                 [&service, ref](Request const& r) { return service.EndRestriction(r.who(), ref(r)); });
  routes.Post<NoBody, LinkSent>(path + "/link", Doc("privacy.manage", "Send the person a link to his data"),
                                [&service, ref](Request const& r) { return service.entrance.SendTo(r.who(), ref(r)); });
}

void ExportRoutes(http::Routes& routes, Service& service) {
  AddList<PersonExportView>(routes, service, "/privacy/exports", "privacy.manage", "Copies of persons' data",
                            [&](auto const& who, auto const& filter) { return service.exports.List(who, filter); });
  routes.Post<CreatePersonExport, PersonExportView>(
      "/privacy/exports", Doc("privacy.manage", "Make a copy of everything about a person", 201),
      [&](Request const& r, CreatePersonExport const& in) { return service.exports.Create(r.who(), in); });
  routes.Raw(http::Method::kGet, "/privacy/exports/{id}/file", Doc("privacy.manage", "The copy as a zip"),
             {{}, {"application/zip"}}, [&](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
               BOLE_ASSIGN(auto const file, service.exports.Download(r.who(), r.Param("id"), purpose));
               return ServeExport(service, r, file);
             });
}

void ErasureRoutes(http::Routes& routes, Service& service) {
  AddList<HoldView>(routes, service, "/privacy/holds", "privacy.read", "Legal holds",
                    [&](auto const& who, auto const& filter) { return service.erasures.Holds(who, filter); });
  routes.Post<CreateHold, HoldView>(
      "/privacy/holds", Doc("privacy.manage", "Keep a person's data or one interview", 201),
      [&](Request const& r, CreateHold const& in) { return service.erasures.Place(r.who(), in); });
  routes.Post<NoBody, HoldView>("/privacy/holds/{id}/release", Doc("privacy.manage", "End a hold"),
                                [&](Request const& r) { return service.erasures.Release(r.who(), r.Param("id")); });
  AddList<ErasureView>(routes, service, "/privacy/erasures", "privacy.read", "Erasures of persons",
                       [&](auto const& who, auto const& filter) { return service.erasures.List(who, filter); });
  routes.Post<ProposeErasure, ErasureView>(
      "/privacy/erasures", Doc("privacy.manage", "Propose to erase a person", 201),
      [&](Request const& r, ProposeErasure const& in) { return service.erasures.Propose(r.who(), in); });
  routes.Post<DecideErasure, ErasureView>(
      "/privacy/erasures/{id}/approve", Doc("privacy.erase", "Approve; never one's own proposal"),
      [&](Request const& r, DecideErasure const& in) { return service.erasures.Approve(r.who(), r.Param("id"), in); });
  routes.Post<DecideErasure, ErasureView>(
      "/privacy/erasures/{id}/reject", Doc("privacy.erase", "Reject a proposal"),
      [&](Request const& r, DecideErasure const& in) { return service.erasures.Reject(r.who(), r.Param("id"), in); });
  AddList<CertificateView>(routes, service, "/privacy/certificates", "privacy.read", "Certificates of erasure",
                           [&](auto const& who, auto const& filter) -> Result<Page<CertificateView>> {
                             if (!filter.person_id.empty())
                               return FailField("/candidate_id", "not_allowed");  // they name nobody
                             return service.certificates.List(who, filter);
                           });
  routes.Get<CertificateView>("/privacy/certificates/{id}", Doc("privacy.read", "A certificate, verified"),
                              [&](Request const& r) { return service.certificates.Get(r.who(), r.Param("id")); });
  routes.Raw(http::Method::kGet, "/privacy/certificates/{id}/certificate.pdf",
             Doc("privacy.read", "A certificate as PDF"), {{}, {"application/pdf"}},
             [&](Request const& r) -> Result<Response> {
               auto const locale = i18n::ParseLocale(r.Query("locale")).value_or(r.locale);
               BOLE_ASSIGN(auto pdf, service.certificates.Pdf(r.who(), r.Param("id"), locale));
               return Response::Download(std::move(pdf), "application/pdf", "erasure-certificate.pdf");
             });
}

void RetentionRoutes(http::Routes& routes, Service& service) {
  routes.Get<Items<PolicyView>>("/privacy/policies", Doc("privacy.read", "How long what is kept"),
                                [&](Request const& r) { return service.retention.Policies(r.who()); });
  routes.Put<SetPolicy, PolicyView>(
      "/privacy/policies", Doc("privacy.manage", "Set a period for a node and what is below it"),
      [&](Request const& r, SetPolicy const& in) { return service.retention.Set(r.who(), in); });
  routes.Get<PreviewQuery, RetentionPreview>(
      "/privacy/retention/preview", Doc("privacy.read", "What would go on a day"),
      [&](Request const& r, PreviewQuery const& q) { return service.retention.Preview(r.who(), q.on); });
  routes.Get<Items<RetentionRunView>>("/privacy/retention/runs", Doc("privacy.read", "The daily runs"),
                                      [&](Request const&) { return service.retention.Runs(); });
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service) {
  ConsentAndRequestRoutes(routes, service);
  PersonByRecordRoutes(routes, service, "/privacy/candidates/{id}",
                       [](Request const& r) { return PersonRef{.candidate_id = r.Param("id")}; });
  PersonByRecordRoutes(routes, service, "/privacy/employees/{id}",
                       [](Request const& r) { return PersonRef{.employee_id = r.Param("id")}; });
  ExportRoutes(routes, service);
  ErasureRoutes(routes, service);
  RetentionRoutes(routes, service);
}

namespace {

constexpr std::chrono::hours kPersonCookie{1};

// What a person can do about his own data: behind an interview's link ("candidate"), or behind one to his data.
void OwnDataRoutes(http::Routes& routes, Service& service, std::string const& path, char const* permission) {
  auto const doc = [permission](char const* summary, int status = 200) {
    return http::RouteDoc{.permission = permission, .tag = permission, .summary = summary, .status = status};
  };
  routes.Get<MyData>(path, doc("My consents, requests, copies, and who looked at my data"),
                     [&](Request const& r) { return service.Mine(r.who()); });
  routes.Post<WithdrawMine, MyData>(path + "/withdraw", doc("Withdraw a consent"),
                                    [&](Request const& r, WithdrawMine const& in) -> Result<MyData> {
                                      BOLE_TRY(service.consents.WithdrawMine(r.who(), in));
                                      return service.Mine(r.who());
                                    });
  routes.Post<RequestMine, MyRequest>(
      path + "/requests", doc("Use one of my rights", 201),
      [&](Request const& r, RequestMine const& in) { return service.requests.CreateMine(r.who(), in); });
  routes.Raw(http::Method::kGet, path + "/exports/{id}/file", doc("The copy of my data"), {{}, {"application/zip"}},
             [&](Request const& r) -> Result<Response> {
               BOLE_ASSIGN(auto const file, service.exports.DownloadMine(r.who(), r.Param("id")));
               return ServeExport(service, r, file);
             });
}

}  // namespace

void RegisterPersonRoutes(http::Routes& routes, Service& service) {
  OwnDataRoutes(routes, service, "/candidate/privacy", "candidate");
  OwnDataRoutes(routes, service, "/person/data", "person");
  routes.Post<AskForLink, LinkAsked>(
      "/person/link",
      {.permission = "public", .tag = "person", .summary = "Send me a link to my data", .rate_class = "sign_in"},
      [&](Request const& r, AskForLink const& in) { return service.entrance.Ask(r.locale, in); });
  routes.Post<OpenLink, MyData>(
      "/person/session",
      {.permission = "public", .tag = "person", .summary = "Open the link to my data", .rate_class = "sign_in"},
      [&](Request const&, OpenLink const& in) -> Result<http::Reply<MyData>> {
        BOLE_ASSIGN(auto opened, service.entrance.Open(in));
        BOLE_ASSIGN(auto mine, service.Mine(opened.who));
        return http::Reply<MyData>{std::move(mine), {{"bole_person", std::move(opened.session_token), kPersonCookie}}};
      });
  routes.Delete<NoContent>("/person/session", {.permission = "person", .tag = "person", .summary = "Close my data"},
                           [&](Request const& r) -> Result<http::Reply<NoContent>> {
                             BOLE_TRY(service.entrance.Leave(r.who()));
                             return http::Reply<NoContent>{{}, {{"bole_person", ""}}};
                           });
}

}  // namespace bole::privacy
