#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/privacy/consent_views.hpp"
#include "platform/reflect/reflect.hpp"

// Shapes of requests of persons and of copies of their data.
namespace bole::privacy {

// objection: to an evaluation made by machine, asks that a person reviews it (PIPL article 24, GDPR articles 21 and
// 22). portability: the data in a form that another controller can read (PIPL article 45, GDPR article 20).
enum class RequestKind { access, correction, deletion, restriction, explanation, objection, portability };
BOOST_DESCRIBE_ENUM(RequestKind, access, correction, deletion, restriction, explanation, objection, portability)
enum class RequestState { received, in_progress, done, refused };
BOOST_DESCRIBE_ENUM(RequestState, received, in_progress, done, refused)
enum class Law { pipl, gdpr };
BOOST_DESCRIBE_ENUM(Law, pipl, gdpr)
enum class ExportState { queued, ready, failed, expired };
BOOST_DESCRIBE_ENUM(ExportState, queued, ready, failed, expired)

struct RequestStep {
  Instant at{};
  std::string by_kind, by_name;
  RequestState state = RequestState::received;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(RequestStep, (), (at, by_kind, by_name, state, note))
struct SubjectRequestView {
  std::string id, candidate_id, person_name, org_id, org_name;
  RequestKind kind = RequestKind::access;
  Law law = Law::pipl;
  Channel channel = Channel::staff;
  RequestState state = RequestState::received;
  std::string content, reason;
  Instant received_at{}, due_at{};
  std::optional<Instant> closed_at;
  bool overdue = false;
  std::vector<RequestStep> steps;  // only in the detail
  std::int64_t version = 1;
  std::optional<Instant> first_due_at{};  // the deadline was put off once, from then to due_at
  std::string extension{};                // why
  std::int64_t may_extend_days = 0;       // 0: it cannot be put off any more
  std::string employee_id{};              // or candidate_id, the other one is empty
};
BOOST_DESCRIBE_STRUCT(SubjectRequestView, (),
                      (id, candidate_id, person_name, org_id, org_name, kind, law, channel, state, content, reason,
                       received_at, due_at, closed_at, overdue, steps, version, first_due_at, extension,
                       may_extend_days, employee_id))
struct CreateSubjectRequest {
  std::optional<std::string> candidate_id;  // or employee_id: a record of the person
  RequestKind kind = RequestKind::access;
  std::optional<Law> law;  // default: by the jurisdiction of the settings
  std::string content;
  std::optional<std::string> employee_id{};
};
BOOST_DESCRIBE_STRUCT(CreateSubjectRequest, (), (candidate_id, kind, law, content, employee_id))
struct MoveSubjectRequest {
  std::int64_t version = 0;
  RequestState state = RequestState::in_progress;
  std::string note;  // what was done; needed when refused
};
BOOST_DESCRIBE_STRUCT(MoveSubjectRequest, (), (version, state, note))

// Puts the deadline off, once and before it has passed; the person reads why.
struct ExtendSubjectRequest {
  std::int64_t version = 0, days = 0;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExtendSubjectRequest, (), (version, days, reason))

struct RestrictionView {
  bool restricted = false;  // nothing new is done with the data
  bool may_end = false;     // by the reader
};
BOOST_DESCRIBE_STRUCT(RestrictionView, (), (restricted, may_end))

struct PersonExportView {
  std::string id, candidate_id, person_name, org_name, purpose;
  ExportState state = ExportState::queued;
  double progress = 0;
  std::int64_t size = 0, files = 0;
  std::string failure;
  bool for_subject = false;
  std::string created_by_name;
  Instant created_at{};
  std::optional<Instant> expires_at;
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(PersonExportView, (),
                      (id, candidate_id, person_name, org_name, purpose, state, progress, size, files, failure,
                       for_subject, created_by_name, created_at, expires_at, employee_id))
struct CreatePersonExport {
  std::optional<std::string> candidate_id;  // or employee_id
  std::string purpose;
  bool for_subject = false;  // the person may fetch it behind his link
  std::optional<std::string> employee_id{};
};
BOOST_DESCRIBE_STRUCT(CreatePersonExport, (), (candidate_id, purpose, for_subject, employee_id))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::CreateSubjectRequest> =
    std::tuple{Field<&privacy::CreateSubjectRequest::candidate_id>{{.max_length = 26}},
               Field<&privacy::CreateSubjectRequest::employee_id>{{.max_length = 26}},
               Field<&privacy::CreateSubjectRequest::kind>{{.required = true}},
               Field<&privacy::CreateSubjectRequest::content>{{.max_length = 2000, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::MoveSubjectRequest> =
    std::tuple{Field<&privacy::MoveSubjectRequest::version>{{.required = true}},
               Field<&privacy::MoveSubjectRequest::state>{{.required = true}},
               Field<&privacy::MoveSubjectRequest::note>{{.max_length = 2000, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::ExtendSubjectRequest> =
    std::tuple{Field<&privacy::ExtendSubjectRequest::version>{{.required = true}},
               Field<&privacy::ExtendSubjectRequest::days>{{.min = 1, .max = 60, .required = true}},
               Field<&privacy::ExtendSubjectRequest::reason>{{.min_length = 3, .max_length = 500, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::CreatePersonExport> =
    std::tuple{Field<&privacy::CreatePersonExport::candidate_id>{{.max_length = 26}},
               Field<&privacy::CreatePersonExport::employee_id>{{.max_length = 26}},
               Field<&privacy::CreatePersonExport::purpose>{{.min_length = 3, .max_length = 200}}};
}  // namespace bole
