#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Shapes of the privacy routes.
namespace bole::privacy {

enum class ConsentAct { given, refused, withdrawn };
BOOST_DESCRIBE_ENUM(ConsentAct, given, refused, withdrawn)
enum class Channel { candidate, staff };
BOOST_DESCRIBE_ENUM(Channel, candidate, staff)
// Of a withdrawal: pending until its job ran; locked while a legal hold keeps the data.
enum class Outcome { none, pending, erased, locked };
BOOST_DESCRIBE_ENUM(Outcome, none, pending, erased, locked)
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
enum class ErasureState { proposed, approved, rejected, done, failed };
BOOST_DESCRIBE_ENUM(ErasureState, proposed, approved, rejected, done, failed)
// How long things are kept, and how soon requests must be answered; days.
enum class PolicyKind { recordings, reports, rejected_candidates, candidates, exports, request_pipl, request_gdpr };
BOOST_DESCRIBE_ENUM(PolicyKind, recordings, reports, rejected_candidates, candidates, exports, request_pipl,
                    request_gdpr)

// One version of a consent's text. It never changes: who agreed to it can always read it again.
struct ConsentText {
  std::string version;  // shipped: a number; of a unit: "u" and a number
  Instant since{};
  std::string text_zh, text_en, purpose_zh, purpose_en;
  std::string effect_zh, effect_en;  // of withdrawing
  std::string org_id{}, org_name{};  // whose; empty: shipped
  bool locked = false;               // units below have no text of their own
  bool inherits = false;             // no text: from then on the one above holds here again
  std::string published_by_name{};
};
BOOST_DESCRIBE_STRUCT(ConsentText, (),
                      (version, since, text_zh, text_en, purpose_zh, purpose_en, effect_zh, effect_en, org_id, org_name,
                       locked, inherits, published_by_name))
struct ConsentKind {
  std::string key;
  bool required = false;
  std::string basis;
  std::vector<ConsentText> texts;
};
BOOST_DESCRIBE_STRUCT(ConsentKind, (), (key, required, basis, texts))
// A kind of consent as it is asked for in a unit.
struct ConsentTextsView {
  std::string key;
  bool required = false;
  std::string basis;
  ConsentText in_force;
  std::string locked_by_name;        // the unit above whose text holds; empty: none does
  bool may_publish = false;          // the reader, here
  std::vector<ConsentText> history;  // of the unit and those above, newest first, also what is still to come
};
BOOST_DESCRIBE_STRUCT(ConsentTextsView, (), (key, required, basis, in_force, locked_by_name, may_publish, history))
struct PublishConsentText {
  std::string org_id, consent;
  std::optional<Instant> since;  // absent: at once
  bool locked = false, inherits = false;
  std::string text_zh{}, text_en{}, purpose_zh{}, purpose_en{}, effect_zh{}, effect_en{};
};
BOOST_DESCRIBE_STRUCT(PublishConsentText, (),
                      (org_id, consent, since, locked, inherits, text_zh, text_en, purpose_zh, purpose_en, effect_zh,
                       effect_en))

struct ConsentView {
  std::string id, candidate_id, candidate_name, interview_id, org_id, org_name, consent, text_version;
  ConsentAct act = ConsentAct::given;
  Channel channel = Channel::candidate;
  Outcome outcome = Outcome::none;
  Instant at{};
  bool current = true;  // the text is the one asked for there today
  std::string text_zh{}, text_en{}, purpose_zh{}, purpose_en{}, basis{};
};
BOOST_DESCRIBE_STRUCT(ConsentView, (),
                      (id, candidate_id, candidate_name, interview_id, org_id, org_name, consent, text_version, act,
                       channel, outcome, at, current, text_zh, text_en, purpose_zh, purpose_en, basis))
struct WithdrawConsent {
  std::string interview_id, consent;
};
BOOST_DESCRIBE_STRUCT(WithdrawConsent, (), (interview_id, consent))

struct RequestStep {
  Instant at{};
  std::string by_kind, by_name;
  RequestState state = RequestState::received;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(RequestStep, (), (at, by_kind, by_name, state, note))
struct SubjectRequestView {
  std::string id, candidate_id, candidate_name, org_id, org_name;
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
};
BOOST_DESCRIBE_STRUCT(SubjectRequestView, (),
                      (id, candidate_id, candidate_name, org_id, org_name, kind, law, channel, state, content, reason,
                       received_at, due_at, closed_at, overdue, steps, version, first_due_at, extension,
                       may_extend_days))
struct CreateSubjectRequest {
  std::string candidate_id;
  RequestKind kind = RequestKind::access;
  std::optional<Law> law;  // default: by the jurisdiction of the settings
  std::string content;
};
BOOST_DESCRIBE_STRUCT(CreateSubjectRequest, (), (candidate_id, kind, law, content))
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
  std::string id, candidate_id, candidate_name, org_name, purpose;
  ExportState state = ExportState::queued;
  double progress = 0;
  std::int64_t size = 0, files = 0;
  std::string failure;
  bool for_subject = false;
  std::string created_by_name;
  Instant created_at{};
  std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(PersonExportView, (),
                      (id, candidate_id, candidate_name, org_name, purpose, state, progress, size, files, failure,
                       for_subject, created_by_name, created_at, expires_at))
struct CreatePersonExport {
  std::string candidate_id, purpose;
  bool for_subject = false;  // the person may fetch it behind the interview's link
};
BOOST_DESCRIBE_STRUCT(CreatePersonExport, (), (candidate_id, purpose, for_subject))

struct HoldView {
  std::string id, candidate_id, candidate_name, interview_id, org_id, org_name, reason, placed_by_name;
  Instant placed_at{};
  std::optional<Instant> until_at, released_at;
  std::string released_by_name;
  bool active = true;
  std::int64_t version = 1;
  std::string set_at_name{};  // the unit at which the right of whoever placed it lay
  bool may_release = true;    // the reader's right lies there too
};
BOOST_DESCRIBE_STRUCT(HoldView, (),
                      (id, candidate_id, candidate_name, interview_id, org_id, org_name, reason, placed_by_name,
                       placed_at, until_at, released_at, released_by_name, active, version, set_at_name, may_release))
struct CreateHold {
  std::string candidate_id;
  std::optional<std::string> interview_id;  // absent: everything about the person
  std::string reason;
  std::optional<Date> until;  // the last day
};
BOOST_DESCRIBE_STRUCT(CreateHold, (), (candidate_id, interview_id, reason, until))

struct ErasureView {
  std::string id, candidate_id, candidate_name, org_id, org_name, basis, request_id;
  ErasureState state = ErasureState::proposed;
  std::string proposed_by_name, decided_by_name, failure, certificate_id;
  Instant proposed_at{};
  std::optional<Instant> decided_at;
  bool mine = false;  // the reader proposed it, somebody else must approve
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(ErasureView, (),
                      (id, candidate_id, candidate_name, org_id, org_name, basis, request_id, state, proposed_by_name,
                       decided_by_name, failure, certificate_id, proposed_at, decided_at, mine, version))
struct ProposeErasure {
  std::string candidate_id, basis;
  std::optional<std::string> request_id;
};
BOOST_DESCRIBE_STRUCT(ProposeErasure, (), (candidate_id, basis, request_id))
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
  std::string candidate_id, candidate_name, interview_id;
  Instant due_at{};
  bool held = false;
};
BOOST_DESCRIBE_STRUCT(DueView, (), (kind, candidate_id, candidate_name, interview_id, due_at, held))
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

// One look at a person's data, or one change: who by role, never by name.
struct AccessEntry {
  Instant at{};
  std::string who_zh, who_en, what_zh, what_en, action;
};
BOOST_DESCRIBE_STRUCT(AccessEntry, (), (at, who_zh, who_en, what_zh, what_en, action))

struct MyConsent {
  std::string key, version, text_zh, text_en, effect_zh, effect_en;
  bool granted = false;
  std::optional<Instant> given_at, withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(MyConsent, (),
                      (key, version, text_zh, text_en, effect_zh, effect_en, granted, given_at, withdrawn_at))
struct MyRequest {
  std::string id;
  RequestKind kind = RequestKind::access;
  RequestState state = RequestState::received;
  Instant received_at{}, due_at{};
  std::string reason;
  std::optional<Instant> first_due_at{};
  std::string extension{};
};
BOOST_DESCRIBE_STRUCT(MyRequest, (), (id, kind, state, received_at, due_at, reason, first_due_at, extension))
struct MyExport {
  std::string id;
  std::int64_t size = 0;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(MyExport, (), (id, size, expires_at))
// What a candidate sees behind the interview's link.
struct MyData {
  std::vector<MyConsent> consents;
  std::vector<MyRequest> requests;
  std::vector<MyExport> exports;
  std::vector<AccessEntry> access;
};
BOOST_DESCRIBE_STRUCT(MyData, (), (consents, requests, exports, access))
struct WithdrawMine {
  std::string consent;
};
BOOST_DESCRIBE_STRUCT(WithdrawMine, (), (consent))
struct RequestMine {
  RequestKind kind = RequestKind::access;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(RequestMine, (), (kind, content))

}  // namespace bole::privacy

namespace bole {
template <>
inline constexpr auto kRules<privacy::PublishConsentText> =
    std::tuple{Field<&privacy::PublishConsentText::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::PublishConsentText::consent>{{.min_length = 1, .max_length = 40}},
               Field<&privacy::PublishConsentText::text_zh>{{.max_length = 4000}},
               Field<&privacy::PublishConsentText::text_en>{{.max_length = 4000}},
               Field<&privacy::PublishConsentText::purpose_zh>{{.max_length = 500}},
               Field<&privacy::PublishConsentText::purpose_en>{{.max_length = 500}},
               Field<&privacy::PublishConsentText::effect_zh>{{.max_length = 1000}},
               Field<&privacy::PublishConsentText::effect_en>{{.max_length = 1000}}};
template <>
inline constexpr auto kRules<privacy::WithdrawConsent> =
    std::tuple{Field<&privacy::WithdrawConsent::interview_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::WithdrawConsent::consent>{{.min_length = 1, .max_length = 40}}};
template <>
inline constexpr auto kRules<privacy::CreateSubjectRequest> =
    std::tuple{Field<&privacy::CreateSubjectRequest::candidate_id>{{.min_length = 1, .max_length = 26}},
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
    std::tuple{Field<&privacy::CreatePersonExport::candidate_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::CreatePersonExport::purpose>{{.min_length = 3, .max_length = 200}}};
template <>
inline constexpr auto kRules<privacy::CreateHold> =
    std::tuple{Field<&privacy::CreateHold::candidate_id>{{.min_length = 1, .max_length = 26}},
               Field<&privacy::CreateHold::interview_id>{{.max_length = 26}},
               Field<&privacy::CreateHold::reason>{{.min_length = 3, .max_length = 500, .pii = true}}};
template <>
inline constexpr auto kRules<privacy::ProposeErasure> = std::tuple{
    Field<&privacy::ProposeErasure::candidate_id>{{.min_length = 1, .max_length = 26}},
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
template <>
inline constexpr auto kRules<privacy::WithdrawMine> =
    std::tuple{Field<&privacy::WithdrawMine::consent>{{.min_length = 1, .max_length = 40}}};
template <>
inline constexpr auto kRules<privacy::RequestMine> =
    std::tuple{Field<&privacy::RequestMine::kind>{{.required = true}},
               Field<&privacy::RequestMine::content>{{.max_length = 2000, .pii = true}}};
}  // namespace bole
