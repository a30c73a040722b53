#include "modules/privacy/erasures.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::privacy {
namespace {

std::vector<DataKind> const kAll{DataKind::recordings, DataKind::analysis, DataKind::messages, DataKind::profile};
constexpr char const* kGrounds[] = {"request", "consent_withdrawn", "unlawful", "purpose_ended"};

}  // namespace

ErasureView Erasures::View(db::Tx& tx, Principal const& who, store::ErasureRow const& row) {
  ErasureView out;
  out.id = row.id, out.person_name = subjects_.NameOf(tx, row.person_id);
  out.candidate_id = row.candidate_id, out.employee_id = row.employee_id;
  out.org_id = row.org_id, out.org_name = subjects_.OrgName(tx, row.org_id);
  out.basis = row.basis, out.request_id = row.request_id, out.state = row.state;
  out.proposed_by_name = row.proposed_by_name, out.decided_by_name = row.decided_by_name;
  out.failure = row.failure, out.certificate_id = row.certificate_id;
  out.proposed_at = row.proposed_at, out.decided_at = row.decided_at;
  out.mine = row.proposed_by == who.id;
  out.version = row.version;
  return out;
}

Result<Page<ErasureView>> Erasures::List(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<ErasureView>> {
    return db::MapPage<ErasureView>(store::Erasures(tx, Scope(who, "privacy.read"), filter),
                                    [&](auto const& row) { return View(tx, who, row); });
  });
}

Result<ErasureView> Erasures::Propose(Principal const& who, ProposeErasure const& input) {
  if (std::find(std::begin(kGrounds), std::end(kGrounds), input.basis) == std::end(kGrounds))
    return FailField("/basis", "not_allowed");
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<ErasureView> {
    BOLE_ASSIGN(auto const ref, RefIn(input.candidate_id, input.employee_id));
    BOLE_ASSIGN(auto const subject, subjects_.Of(tx, who, "privacy.manage", ref));
    BOLE_TRY(subjects_.CheckKept(tx, subject.data));
    if (store::OpenErasure(tx, subject.data.person_id)) return Fail(ErrorCode::kConflict, "privacy.erasure_open");
    auto const request = input.request_id.value_or("");
    if (!request.empty()) {
      auto const asked = store::Request(tx, Scope(who, "privacy.manage"), request);
      if (!asked || asked->person_id != subject.data.person_id) return FailField("/request_id", "not_found");
    }
    auto const now = subjects_.context.clock.Now();
    store::ErasureRow row;
    row.id = NewUlid(now), row.person_id = subject.data.person_id;
    row.candidate_id = subject.ref.candidate_id, row.employee_id = subject.ref.employee_id;
    row.org_id = subject.org_id, row.basis = input.basis, row.request_id = request;
    row.proposed_by = who.id, row.proposed_by_name = who.name, row.proposed_at = now;
    auto const record = subjects_.modules.audit.Begin(
        tx, who, ActOn(subject.ref, "privacy.erasure_propose", subject.org_id, {{"erasure", row.id}}));
    tx.Insert("erasure", row);
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, who, row);
  });
}

Result<ErasureView> Erasures::Decide(Principal const& who, std::string const& id, DecideErasure const& input,
                                     ErasureState state) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<ErasureView> {
    auto row = store::Erasure(tx, Scope(who, "privacy.erase"), id);
    if (!row) return NotFound("erasure");
    if (row->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (row->state != ErasureState::proposed) return Fail(ErrorCode::kConflict, "privacy.erasure_state");
    bool const approve = state == ErasureState::approved;
    if (approve && row->proposed_by == who.id) return Fail(ErrorCode::kForbidden, "privacy.same_person");
    if (approve) {
      BOLE_ASSIGN(auto const subject, subjects_.Of(tx, who, "privacy.erase", RefOf(*row)));
      BOLE_TRY(subjects_.CheckKept(tx, subject.data));
    }
    auto const record =
        subjects_.modules.audit.Begin(tx, who,
                                      ActOn(RefOf(*row), approve ? "privacy.erasure_approve" : "privacy.erasure_reject",
                                            row->org_id, {{"erasure", id}}));
    row->state = state;
    row->decided_by = who.id, row->decided_by_name = who.name, row->decided_at = subjects_.context.clock.Now();
    ++row->version;
    if (!store::Update(tx, *row, input.version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    if (approve)
      subjects_.context.queue.Enqueue(
          tx, {.type = kEraseJob, .payload = {{"erasure_id", id}}, .key = id, .max_attempts = 20});
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, who, *row);
  });
}

Result<ErasureView> Erasures::Approve(Principal const& who, std::string const& id, DecideErasure const& input) {
  return Decide(who, id, input, ErasureState::approved);
}

Result<ErasureView> Erasures::Reject(Principal const& who, std::string const& id, DecideErasure const& input) {
  return Decide(who, id, input, ErasureState::rejected);
}

Result<> Erasures::ErasePerson(PersonRef const& ref,
                               std::function<Result<>(db::Tx&, Subject const&, DataCounts const&)> const& also) {
  auto& database = subjects_.context.database;
  std::vector<std::string> blobs;
  auto const find_blobs = [&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const subject, subjects_.Whole(tx, ref));
    BOLE_TRY(subjects_.CheckKept(tx, subject.data));
    blobs = subjects_.Blobs(tx, subject.data, kAll);
    for (auto& id : exports_.BlobsOf(tx, subject.data.person_id)) blobs.push_back(std::move(id));
    return {};
  };
  auto const erase_rows = [&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const subject, subjects_.Whole(tx, ref));
    BOLE_TRY(subjects_.CheckKept(tx, subject.data));
    exports_.ExpireAll(tx, subject.data.person_id);
    auto counts = subjects_.Erase(tx, subject.data, kAll);
    counts["consent_record"] += store::EraseConsents(tx, subject.data.person_id);
    store::ForgetEntrances(tx, subject.data.person_id);
    counts["subject_request"] += store::EmptyRequests(tx, subject.data.person_id);
    std::erase_if(counts, [](auto const& each) { return each.second == 0; });
    return also(tx, subject, counts);
  };
  BOLE_TRY(database.Read(find_blobs));
  BOLE_TRY(subjects_.Destroy(blobs));
  BOLE_TRY(AgainOnRace(database.Write(erase_rows)));
  return subjects_.Destroy(blobs);  // what a job wrote in between
}

Result<> Erasures::CarryOut(std::string const& erasure_id) {
  auto& database = subjects_.context.database;
  auto const row = database.Read([&](db::Tx& tx) { return store::Erasure(tx, Scope::Everything(), erasure_id); });
  if (!row || row->state != ErasureState::approved) return {};
  auto const finish = [&](db::Tx& tx, ErasureState state, std::string const& failure, std::string const& certificate) {
    auto done = *row;
    done.state = state, done.failure = failure, done.certificate_id = certificate;
    ++done.version;
    return store::Update(tx, done, row->version);
  };
  auto const erased =
      ErasePerson(RefOf(*row), [&](db::Tx& tx, Subject const& subject, DataCounts const& counts) -> Result<> {
        auto const certificate = certificates_.Issue(tx, row->org_id,
                                                     {"request", row->basis, crypto::Sha256Hex(subject.data.person_id),
                                                      row->proposed_by_name, row->decided_by_name, counts});
        if (!finish(tx, ErasureState::done, "", certificate)) return Fail(ErrorCode::kConflict, "conflict.stale");
        requests_.Done(tx, Principal::System("privacy"), row->request_id);
        subjects_.Count(tx, counts, "request");
        subjects_.modules.audit.Record(
            tx, Principal::System("privacy"),
            ActOn(RefOf(*row), "privacy.erased", row->org_id, {{"certificate", certificate}}));
        return {};
      });
  if (erased) return {};
  if (erased.error().code == ErrorCode::kConflict || erased.error().code == ErrorCode::kNotFound)
    database.Write([&](db::Tx& tx) { finish(tx, ErasureState::failed, erased.error().key, ""); });
  return tl::unexpected<Error>(erased.error());
}

}  // namespace bole::privacy
