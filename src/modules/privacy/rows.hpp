#pragma once
#include "modules/privacy/consent_views.hpp"
#include "modules/privacy/keeping_views.hpp"
#include "modules/privacy/views.hpp"
#include "platform/db/database.hpp"

// Rows of the module's tables. Where there is an employee_id, it or candidate_id is the record by which the person was
// found, the other one is empty.
namespace bole::privacy::store {

struct ConsentRow {
  std::string id, person_id, candidate_id, interview_id, org_id, consent, text_version;
  ConsentAct act = ConsentAct::given;
  Channel channel = Channel::candidate;
  std::string by_id;
  Outcome outcome = Outcome::none;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(ConsentRow, (),
                      (id, person_id, candidate_id, interview_id, org_id, consent, text_version, act, channel, by_id,
                       outcome, at))

struct TextRow {
  std::string id, org_id, consent, version;
  Instant since{};
  std::string text_zh, text_en, purpose_zh, purpose_en, effect_zh, effect_en;
  bool locked = false, inherits = false;
  std::string published_by_name;
  Instant published_at{};
};
BOOST_DESCRIBE_STRUCT(TextRow, (),
                      (id, org_id, consent, version, since, text_zh, text_en, purpose_zh, purpose_en, effect_zh,
                       effect_en, locked, inherits, published_by_name, published_at))

struct RequestRow {
  std::string id, person_id, candidate_id, org_id;
  RequestKind kind = RequestKind::access;
  Law law = Law::pipl;
  Channel channel = Channel::staff;
  RequestState state = RequestState::received;
  std::string content, reason;
  Instant received_at{}, due_at{};
  std::optional<Instant> closed_at;
  std::int64_t version = 1;
  std::optional<Instant> first_due_at{};
  std::string extension{};
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(RequestRow, (),
                      (id, person_id, candidate_id, org_id, kind, law, channel, state, content, reason, received_at,
                       due_at, closed_at, version, first_due_at, extension, employee_id))
struct StepRow {
  std::string id, request_id;
  Instant at{};
  std::string by_kind, by_id, by_name;
  RequestState state = RequestState::received;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (id, request_id, at, by_kind, by_id, by_name, state, note))

struct ExportRow {
  std::string id, person_id, candidate_id, org_id, purpose;
  bool for_subject = false;
  ExportState state = ExportState::queued;
  double progress = 0;
  std::int64_t size = 0, files = 0;
  std::string failure, created_by, created_by_name;
  Instant created_at{};
  std::optional<Instant> expires_at;
  std::int64_t version = 1;
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(ExportRow, (),
                      (id, person_id, candidate_id, org_id, purpose, for_subject, state, progress, size, files, failure,
                       created_by, created_by_name, created_at, expires_at, version, employee_id))

struct HoldRow {
  std::string id, person_id, candidate_id, interview_id, org_id, reason, placed_by, placed_by_name;
  Instant placed_at{};
  std::optional<Instant> until_at, released_at;
  std::string released_by_name;
  std::int64_t version = 1;
  std::optional<std::string> set_at{};
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(HoldRow, (),
                      (id, person_id, candidate_id, interview_id, org_id, reason, placed_by, placed_by_name, placed_at,
                       until_at, released_at, released_by_name, version, set_at, employee_id))

struct ErasureRow {
  std::string id, person_id, candidate_id, org_id, basis, request_id;
  ErasureState state = ErasureState::proposed;
  std::string proposed_by, proposed_by_name;
  Instant proposed_at{};
  std::string decided_by, decided_by_name;
  std::optional<Instant> decided_at;
  std::string failure, certificate_id;
  std::int64_t version = 1;
  std::string employee_id{};
};
BOOST_DESCRIBE_STRUCT(ErasureRow, (),
                      (id, person_id, candidate_id, org_id, basis, request_id, state, proposed_by, proposed_by_name,
                       proposed_at, decided_by, decided_by_name, decided_at, failure, certificate_id, version,
                       employee_id))

struct CertificateRow {
  std::string id, org_id;
  std::int64_t number = 0;
  std::string document, hash, seal;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(CertificateRow, (), (id, org_id, number, document, hash, seal, at))

struct PolicyRow {
  std::string id, org_id;
  PolicyKind kind = PolicyKind::recordings;
  std::int64_t days = 0;
  std::string updated_by_name;
  Instant updated_at{};
  std::int64_t version = 1;
  std::optional<std::int64_t> min_days{};
};
BOOST_DESCRIBE_STRUCT(PolicyRow, (), (id, org_id, kind, days, updated_by_name, updated_at, version, min_days))

struct RunRow {
  std::string id;
  Date day{};
  std::string state = "running";
  Instant started_at{};
  std::optional<Instant> finished_at;
  std::int64_t erased = 0, held = 0;
  std::string certificate_id;
};
BOOST_DESCRIBE_STRUCT(RunRow, (), (id, day, state, started_at, finished_at, erased, held, certificate_id))
struct ItemRow {
  std::string id, run_id;
  PolicyKind kind = PolicyKind::recordings;
  db::Json<std::map<std::string, std::int64_t>> counts;
  std::string subject, org_id;  // hash of the person's id; the unit by whose policy it went
  std::int64_t days = 0;        // that it was kept
};
BOOST_DESCRIBE_STRUCT(ItemRow, (), (id, run_id, kind, counts, subject, org_id, days))

struct LinkRow {
  std::string token_hash, person_id;
  Instant created_at{}, expires_at{};
  std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (token_hash, person_id, created_at, expires_at, used_at))
struct SessionRow {
  std::string token_hash, person_id;
  Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (token_hash, person_id, expires_at))
struct LinkCount {
  std::int64_t count = 0;
  std::optional<Instant> first, last;
};
BOOST_DESCRIBE_STRUCT(LinkCount, (), (count, first, last))

}  // namespace bole::privacy::store
