#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of what keeps data and what ends them: holds, erasures and their proof, periods, the daily run.
namespace bole::privacy {

enum class ErasureState { proposed, approved, rejected, done, failed };
BOOST_DESCRIBE_ENUM(ErasureState, proposed, approved, rejected, done, failed)
// How long things are kept, and how soon requests must be answered; days.
enum class PolicyKind {
  recordings,
  reports,
  rejected_candidates,
  candidates,
  former_employees,
  exports,
  request_pipl,
  request_gdpr
};
BOOST_DESCRIBE_ENUM(PolicyKind, recordings, reports, rejected_candidates, candidates, former_employees, exports,
                    request_pipl, request_gdpr)

struct HoldView {
  std::string id, candidate_id, person_name, interview_id, org_id, org_name, reason, placed_by_name;
  Instant placed_at{};
  std::optional<Instant> until_at, released_at;
  std::string released_by_name;
  bool active = true;
  std::int64_t version = 1;
  std::string set_at_name{};  // the unit at which the right of whoever placed it lay
  bool may_release = true;    // the reader's right lies there too
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(HoldView, (),
                      (id, candidate_id, person_name, interview_id, org_id, org_name, reason, placed_by_name, placed_at,
                       until_at, released_at, released_by_name, active, version, set_at_name, may_release, employee_id))
struct CreateHold {
  std::optional<std::string> candidate_id;  // or employee_id
  std::optional<std::string> interview_id;  // absent: everything about the person
  std::string reason;
  std::optional<Date> until;  // the last day
  std::optional<std::string> employee_id{};
};
BOOST_DESCRIBE_STRUCT(CreateHold, (), (candidate_id, interview_id, reason, until, employee_id))

struct ErasureView {
  std::string id, candidate_id, person_name, org_id, org_name, basis, request_id;
  ErasureState state = ErasureState::proposed;
  std::string proposed_by_name, decided_by_name, failure, certificate_id;
  Instant proposed_at{};
  std::optional<Instant> decided_at;
  bool mine = false;  // the reader proposed it, somebody else must approve
  std::int64_t version = 1;
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(ErasureView, (),
                      (id, candidate_id, person_name, org_id, org_name, basis, request_id, state, proposed_by_name,
                       decided_by_name, failure, certificate_id, proposed_at, decided_at, mine, version, employee_id))
struct ProposeErasure {
  std::optional<std::string> candidate_id;  // or employee_id
  std::string basis;
  std::optional<std::string> request_id;
  std::optional<std::string> employee_id{};
};
BOOST_DESCRIBE_STRUCT(ProposeErasure, (), (candidate_id, basis, request_id, employee_id))
struct DecideErasure {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(DecideErasure, (), (version))

struct CertificateView {
  std::string id;
  std::int64_t number = 0;
  json::object document;
  std::string hash;
  bool intact = false;   // hash and seal fit the document
  bool chained = false;  // names the hash of the certificate before it
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(CertificateView, (), (id, number, document, hash, intact, chained, at))

struct PolicyView {
  std::string org_id, org_name;
  PolicyKind kind = PolicyKind::recordings;
  std::int64_t days = 0;
  bool is_default = false;  // shipped; holds where nothing else is set
  std::string updated_by_name;
  std::int64_t version = 0;
  std::optional<std::int64_t> min_days{};  // units below set no shorter period
  std::int64_t effective_days = 0;         // what holds there, bounded by the periods of the units above
};
BOOST_DESCRIBE_STRUCT(PolicyView, (),
                      (org_id, org_name, kind, days, is_default, updated_by_name, version, min_days, effective_days))
struct SetPolicy {
  std::string org_id;
  PolicyKind kind = PolicyKind::recordings;
  std::int64_t days = 0, version = 0;  // version 0: there is none yet
  std::optional<std::int64_t> min_days{};
};
BOOST_DESCRIBE_STRUCT(SetPolicy, (), (org_id, kind, days, version, min_days))

struct DueView {
  PolicyKind kind = PolicyKind::recordings;
  std::string candidate_id, person_name, interview_id;
  Instant due_at{};
  bool held = false;
  std::string employee_id{};  // or candidate_id
};
BOOST_DESCRIBE_STRUCT(DueView, (), (kind, candidate_id, person_name, interview_id, due_at, held, employee_id))
struct DueCount {
  PolicyKind kind = PolicyKind::recordings;
  std::int64_t due = 0, held = 0;
};
BOOST_DESCRIBE_STRUCT(DueCount, (), (kind, due, held))
struct RetentionPreview {
  Date on;
  std::vector<DueCount> counts;
  std::vector<DueView> items;  // the first 200
};
BOOST_DESCRIBE_STRUCT(RetentionPreview, (), (on, counts, items))
struct RetentionRunView {
  std::string id;
  Date day;
  std::string state;  // running | done
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::int64_t erased = 0, held = 0;
  std::string certificate_id;
};
BOOST_DESCRIBE_STRUCT(RetentionRunView, (), (id, day, state, started_at, finished_at, erased, held, certificate_id))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::CreateHold> =
    std::tuple{Field<&privacy::CreateHold::candidate_id>{{.max_length = 26}},
               Field<&privacy::CreateHold::employee_id>{{.max_length = 26}},
               Field<&privacy::CreateHold::interview_id>{{.max_length = 26}},
               Field<&privacy::CreateHold::reason>{{.min_length = 3, .max_length = 500, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::ProposeErasure> = std::tuple{
    Field<&privacy::ProposeErasure::candidate_id>{{.max_length = 26}},
    Field<&privacy::ProposeErasure::employee_id>{{.max_length = 26}},
    Field<&privacy::ProposeErasure::basis>{
        {.doc = "request | consent_withdrawn | unlawful | purpose_ended", .min_length = 1, .max_length = 40}},
    Field<&privacy::ProposeErasure::request_id>{{.max_length = 26}}};
template <>
inline constexpr auto kRules<privacy::DecideErasure> =
    std::tuple{Field<&privacy::DecideErasure::version>{{.required = true}}};
template <>
inline constexpr auto kRules<privacy::SetPolicy> =
    std::tuple{Field<&privacy::SetPolicy::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::SetPolicy::kind>{{.required = true}},
               Field<&privacy::SetPolicy::days>{{.min = 1, .max = 3650, .required = true}},
               Field<&privacy::SetPolicy::min_days>{{.min = 1, .max = 3650}}};
}  // namespace bole
