#include "modules/privacy/consents.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"
#include "platform/jobs/jobs.hpp"

namespace bole::privacy {

Result<Page<ConsentView>> Consents::List(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<ConsentView>> {
    return db::MapPage<ConsentView>(store::Consents(tx, Scope(who, "privacy.read"), filter),
                                    [&](auto const& row) { return View(tx, row); });
  });
}

ConsentView Consents::View(db::Tx& tx, store::ConsentRow const& row) {
  ConsentView out{row.id,           row.candidate_id, subjects_.NameOf(tx, row.person_id),
                  row.interview_id, row.org_id,       subjects_.OrgName(tx, row.org_id),
                  row.consent,      row.text_version, row.act,
                  row.channel,      row.outcome,      row.at};
  out.current = texts_.VersionInForce(tx, row.consent, row.org_id) == row.text_version;
  if (auto const text = texts_.Find(tx, row.consent, row.text_version)) {
    out.text_zh = text->text_zh, out.text_en = text->text_en;
    out.purpose_zh = text->purpose_zh, out.purpose_en = text->purpose_en;
    out.basis = texts_.catalogue().Find(row.consent)->basis;
  }
  return out;
}

Result<> Consents::Record(db::Tx& tx, Principal const& who, Subject const& subject, std::string const& interview_id,
                          std::string const& consent, Channel channel) {
  if (!texts_.catalogue().Find(consent)) return FailField("/consent", "not_allowed");
  auto const record = subjects_.modules.audit.Begin(
      tx, who, {"consent.withdraw", "interview", interview_id, subject.org_id, {{"consent", consent}}});
  BOLE_TRY(subjects_.modules.interviews.WithdrawConsent(tx, interview_id, consent));
  auto const given = subjects_.modules.interviews.ConsentsOf(tx, interview_id);
  auto const now = std::find_if(given.begin(), given.end(), [&](auto const& state) { return state.key == consent; });
  store::ConsentRow row{NewUlid(subjects_.context.clock.Now()),
                        subject.data.person_id,
                        subject.ref.candidate_id,
                        interview_id,
                        subject.org_id,
                        consent,
                        now->version,
                        ConsentAct::withdrawn,
                        channel,
                        who.id,
                        Outcome::pending,
                        *now->withdrawn_at};
  tx.Insert("consent_record", row);
  subjects_.context.queue.Enqueue(
      tx, {.type = kCarryOutJob, .payload = {{"consent_id", row.id}}, .key = row.id, .max_attempts = 20});
  subjects_.modules.audit.Succeeded(tx, record);
  return {};
}

Result<> Consents::Withdraw(Principal const& who, WithdrawConsent const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    auto const owner = subjects_.modules.interviews.OwnerOf(tx, input.interview_id);
    if (!owner) return NotFound("interview");
    BOLE_ASSIGN(auto const subject, subjects_.OfInterview(tx, input.interview_id));
    if (!Scope(who, "privacy.manage").Covers(subject.org_path)) return NotFound("interview");
    return Record(tx, who, subject, input.interview_id, input.consent, Channel::staff);
  });
}

Result<> Consents::WithdrawMine(Principal const& who, privacy::WithdrawMine const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    BOLE_ASSIGN(auto const self, subjects_.Self(tx, who));
    auto const& all = self.data.interview_ids;
    auto const id = input.interview_id.value_or(who.kind == PrincipalKind::candidate ? who.id : "");
    if (id.empty()) return FailField("/interview_id", "required");
    if (std::find(all.begin(), all.end(), id) == all.end()) return NotFound("interview");
    BOLE_ASSIGN(auto const subject, subjects_.OfInterview(tx, id));
    return Record(tx, who, subject, id, input.consent, Channel::candidate);
  });
}

std::vector<MyConsent> Consents::Mine(db::Tx& tx, std::vector<std::string> const& interview_ids) {
  auto& interviews = subjects_.modules.interviews;
  std::vector<MyConsent> out;
  for (auto const& id : interview_ids) {
    auto const owner = interviews.OwnerOf(tx, id);
    for (auto const& state : interviews.ConsentsOf(tx, id)) {
      auto const text = texts_.Find(tx, state.key, state.version);
      if (!text || !owner) continue;
      out.push_back({id, owner->plan_name_zh, owner->plan_name_en, state.key, state.version, text->text_zh,
                     text->text_en, text->effect_zh, text->effect_en, state.granted, state.at, state.withdrawn_at});
    }
  }
  return out;
}

Result<> Consents::Mirror(std::string const& interview_id) {
  return AgainOnRace(subjects_.context.database.Write([&](db::Tx& tx) -> Result<> {
    auto const subject = subjects_.OfInterview(tx, interview_id);
    if (!subject) return {};  // erased meanwhile
    for (auto const& state : subjects_.modules.interviews.ConsentsOf(tx, interview_id)) {
      store::ConsentRow const row{NewUlid(subjects_.context.clock.Now()),
                                  subject->data.person_id,
                                  subject->ref.candidate_id,
                                  interview_id,
                                  subject->org_id,
                                  state.key,
                                  state.version,
                                  state.granted ? ConsentAct::given : ConsentAct::refused,
                                  Channel::candidate,
                                  interview_id,
                                  Outcome::none,
                                  state.at};
      if (!store::HasConsent(tx, row)) tx.Insert("consent_record", row);
    }
    return {};
  }));
}

Result<> Consents::CarryOut(std::string const& consent_id) {
  struct Work {
    store::ConsentRow row;
    Subject subject;
    std::vector<std::string> blobs;
  };
  auto& database = subjects_.context.database;
  auto const work = database.Write([&](db::Tx& tx) -> std::optional<Work> {
    auto const row = store::Consent(tx, consent_id);
    if (!row || row->outcome == Outcome::erased || row->act != ConsentAct::withdrawn) return std::nullopt;
    auto const subject = subjects_.OfInterview(tx, row->interview_id);
    if (!subject) return std::nullopt;
    if (subjects_.OnHold(tx, subject->data)) {  // kept, but no longer shown or processed
      store::SetOutcome(tx, consent_id, Outcome::locked);
      return std::nullopt;
    }
    return Work{*row, *subject, subjects_.Blobs(tx, subject->data, KindsBehind(row->consent))};
  });
  if (!work) return {};
  BOLE_TRY(subjects_.Destroy(work->blobs));
  BOLE_TRY(AgainOnRace(database.Write([&](db::Tx& tx) -> Result<> {
    auto const counts = subjects_.Erase(tx, work->subject.data, KindsBehind(work->row.consent));
    store::SetOutcome(tx, consent_id, Outcome::erased);
    certificates_.Issue(
        tx, work->subject.org_id,
        {"withdrawal", work->row.consent, crypto::Sha256Hex(work->subject.data.person_id), "", "", counts});
    subjects_.Count(tx, counts, "withdrawal");
    subjects_.modules.audit.Record(tx, Principal::System("privacy"),
                                   {"consent.carried_out",
                                    "interview",
                                    work->row.interview_id,
                                    work->subject.org_id,
                                    {{"consent", work->row.consent}}});
    return {};
  })));
  return subjects_.Destroy(work->blobs);  // what a job wrote in between
}

void Consents::CarryOutLocked(db::Tx& tx, std::string const& person_id) {
  for (auto const& row : store::LockedConsents(tx, person_id)) {
    store::SetOutcome(tx, row.id, Outcome::pending);
    subjects_.context.queue.Enqueue(
        tx, {.type = kCarryOutJob, .payload = {{"consent_id", row.id}}, .key = row.id, .max_attempts = 20});
  }
}

}  // namespace bole::privacy
