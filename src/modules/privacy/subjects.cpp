#include "modules/privacy/subjects.hpp"

#include <algorithm>
#include <map>

#include "modules/people/persons.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/metrics/metrics.hpp"

namespace bole::privacy {

std::int64_t DefaultDays(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::recordings:
      return 180;
    case PolicyKind::reports:
      return 730;
    case PolicyKind::rejected_candidates:
      return 365;
    case PolicyKind::candidates:
      return 1095;
    case PolicyKind::former_employees:
      return 1095;  // the general limitation of claims: three years (Civil Code, article 188)
    case PolicyKind::exports:
      return 7;
    case PolicyKind::request_pipl:
      return 15;
    case PolicyKind::request_gdpr:
      return 28;  // one month, whichever month it is (GDPR article 12(3))
  }
  return 0;
}

Result<> AgainOnRace(Result<> result) {
  if (!result && result.error().key == "conflict.duplicate") return Fail(ErrorCode::kUnavailable, "privacy.try_again");
  return result;
}

Subjects::Subjects(AppContext& app, Neighbours neighbours) : context(app), modules(std::move(neighbours)) {}

Result<PersonRef> RefIn(std::optional<std::string> const& candidate_id, std::optional<std::string> const& employee_id) {
  PersonRef out{candidate_id.value_or(""), employee_id.value_or("")};
  if (out.candidate_id.empty() && out.employee_id.empty()) return FailField("/candidate_id", "required");
  if (!out.candidate_id.empty() && !out.employee_id.empty()) return FailField("/employee_id", "not_allowed");
  return out;
}

std::optional<std::string> Subjects::PersonOf(db::Tx& tx, PersonRef const& ref) {
  if (ref.employee_id.empty()) return modules.people.PersonOf(tx, ref.candidate_id);
  for (auto* portion : modules.portions)
    if (auto person = portion->PersonOf(tx, ref.kind(), ref.id())) return person;
  return std::nullopt;
}

std::vector<DataRecord> Subjects::FurtherRecordsOf(db::Tx& tx, std::string const& person_id) {
  std::vector<DataRecord> out;
  for (auto* portion : modules.portions)
    for (auto& record : portion->Records(tx, person_id)) out.push_back(std::move(record));
  return out;
}

std::vector<DataRecord> Subjects::RecordsOf(db::Tx& tx, std::string const& person_id) {
  std::vector<DataRecord> out;
  for (auto& place : modules.people.PlacesOf(tx, person_id))
    out.push_back({"candidate", std::move(place.id), person_id, std::move(place.org_id), std::move(place.org_path)});
  for (auto& record : FurtherRecordsOf(tx, person_id)) out.push_back(std::move(record));
  return out;
}

Result<Subject> Subjects::Whole(db::Tx& tx, PersonRef const& ref) {
  auto const person = PersonOf(tx, ref);
  if (!person) return NotFound(ref.kind());
  Subject out{{*person, {}, {}}, ref, {}, {}, NameOf(tx, *person)};
  for (auto& record : RecordsOf(tx, *person)) {
    if (record.kind == ref.kind() && record.id == ref.id()) out.org_id = record.org_id, out.org_path = record.org_path;
    if (record.kind == "candidate") out.data.candidate_ids.push_back(std::move(record.id));
  }
  out.data.interview_ids = modules.interviews.InterviewsOf(tx, out.data.candidate_ids);
  return out;
}

Result<Subject> Subjects::Seen(db::Tx& tx, Principal const& who, std::string_view permission, PersonRef const& ref) {
  BOLE_ASSIGN(auto subject, Whole(tx, ref));
  if (!Scope(who, permission).Covers(subject.org_path)) return NotFound(ref.kind());
  return subject;
}

Result<Subject> Subjects::Of(db::Tx& tx, Principal const& who, std::string_view permission, PersonRef const& ref) {
  BOLE_ASSIGN(auto subject, Seen(tx, who, permission, ref));
  Scope const scope(who, permission);
  auto const records = RecordsOf(tx, subject.data.person_id);
  if (!std::all_of(records.begin(), records.end(), [&](auto const& record) { return scope.Covers(record.org_path); }))
    return Fail(ErrorCode::kForbidden, "privacy.wider_scope");
  return subject;
}

Result<Subject> Subjects::OfInterview(db::Tx& tx, std::string const& interview_id) {
  auto const owner = modules.interviews.OwnerOf(tx, interview_id);
  if (!owner) return NotFound("interview");
  BOLE_ASSIGN(auto subject, Whole(tx, {.candidate_id = owner->candidate_id}));
  subject.data.interview_ids = {interview_id};
  return subject;
}

std::optional<PersonRef> Subjects::AnyOf(db::Tx& tx, std::string const& person_id) {
  if (auto places = modules.people.PlacesOf(tx, person_id); !places.empty())
    return PersonRef{.candidate_id = std::move(places.back().id)};
  auto records = FurtherRecordsOf(tx, person_id);
  if (records.empty()) return std::nullopt;
  return PersonRef{.employee_id = std::move(records.front().id)};
}

Result<Subject> Subjects::Self(db::Tx& tx, Principal const& who) {
  if (who.kind == PrincipalKind::person)
    if (auto const ref = AnyOf(tx, who.id)) return Whole(tx, *ref);
  auto const owner = who.kind == PrincipalKind::candidate ? modules.interviews.OwnerOf(tx, who.id) : std::nullopt;
  if (!owner) return Fail(ErrorCode::kUnauthenticated, "session.ended");
  return Whole(tx, {.candidate_id = owner->candidate_id});
}

Result<> Subjects::CheckHolds(db::Tx& tx, DataSubject const& subject) {
  for (auto const& hold : store::HoldsOn(tx, subject.person_id, context.clock.Now())) {
    bool const concerned = hold.interview_id.empty() ||
                           std::find(subject.interview_ids.begin(), subject.interview_ids.end(), hold.interview_id) !=
                               subject.interview_ids.end();
    if (!concerned) continue;
    auto const reason = context.fields.Decrypt(hold.reason, "legal_hold.reason");
    return Fail(ErrorCode::kConflict, "privacy.on_hold",
                {{"hold", hold.id},
                 {"reason", reason.value_or("")},
                 {"by", hold.placed_by_name},
                 {"until", hold.until_at ? FormatInstant(*hold.until_at).substr(0, 10) : "∞"}});
  }
  return {};
}

Result<> Subjects::CheckKept(db::Tx& tx, DataSubject const& subject) {
  BOLE_TRY(CheckHolds(tx, subject));
  for (auto* portion : modules.portions)
    if (auto kept = portion->Keeps(tx, subject)) return tl::unexpected<Error>(std::move(*kept));
  return {};
}

std::vector<std::string> Subjects::Blobs(db::Tx& tx, DataSubject const& subject, std::vector<DataKind> const& kinds) {
  std::vector<std::string> out;
  for (auto* portion : modules.portions)
    for (auto const kind : kinds)
      for (auto& id : portion->Blobs(tx, subject, kind)) out.push_back(std::move(id));
  return out;
}

Result<> Subjects::Destroy(std::vector<std::string> const& blob_ids) {
  for (auto const& id : blob_ids) BOLE_TRY(context.blobs.Delete(id));
  return {};
}

DataCounts Subjects::Erase(db::Tx& tx, DataSubject const& subject, std::vector<DataKind> const& kinds) {
  DataCounts out;
  for (auto const kind : kinds)
    for (auto* portion : modules.portions)
      for (auto const& [what, count] : portion->Erase(tx, subject, kind))
        if (count > 0) out[what] += count;
  return out;
}

Subjects::Period Subjects::PeriodAt(db::Tx& tx, std::string_view org_path, PolicyKind kind) {
  std::map<std::size_t, std::pair<store::PolicyRow, std::string>> chain;  // from the top down
  for (auto const& policy : store::Policies(tx, Scope::Everything())) {
    if (policy.kind != kind) continue;
    auto const node = modules.org.Node(tx, Scope::Everything(), policy.org_id);
    if (node && org_path.starts_with(node->path)) chain[node->path.size()] = {policy, node->name};
  }
  Period out{DefaultDays(kind), {}, ""};
  for (auto const& [depth, link] : chain) {
    auto const& [policy, name] = link;
    if (out.org_name.empty())
      out = {policy.days, policy.min_days, name};
    else
      out.days = std::max(std::min(out.days, policy.days), out.min_days.value_or(0)),
      out.min_days = std::max(out.min_days, policy.min_days);
    if (out.min_days) out.min_days = std::min(*out.min_days, out.days);
  }
  return out;
}

std::string Subjects::NameOf(db::Tx& tx, std::string const& person_id) {
  auto const found = people::PersonsOf(modules.people).Views(tx, {person_id});
  return found.empty() ? "" : found.begin()->second.name;
}

std::string Subjects::OrgName(db::Tx& tx, std::string const& org_id) {
  auto const node = modules.org.Node(tx, Scope::Everything(), org_id);
  return node ? node->name : "";
}

void Subjects::Count(db::Tx& tx, DataCounts const& counts, char const* why) {
  tx.OnCommit([this, counts, why] {
    for (auto const& [what, count] : counts)
      context.metrics
          .GetCounter("bole_privacy_erased_total", "Rows and recordings erased", {{"what", what}, {"why", why}})
          .Increment(static_cast<double>(count));
  });
}

}  // namespace bole::privacy
