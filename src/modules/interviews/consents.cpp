#include <algorithm>

#include "modules/interviews/service.hpp"

// Consents as they stand, for analysis and for the register of modules/privacy.
namespace bole::interviews {
namespace {

store::ConsentGiven* FindConsent(store::InterviewRow& row, std::string const& key) {
  auto& given = row.consents.value;
  auto const found = std::find_if(given.begin(), given.end(), [&](auto const& each) { return each.key == key; });
  return found == given.end() ? nullptr : &*found;
}

bool NeededToGoOn(std::string const& consent) { return consent == "recording" || consent == "analysis"; }

}  // namespace

bool Service::Consented(db::Tx& tx, std::string const& interview_id, std::string const& consent) {
  auto row = store::Find(tx, interview_id);
  auto const* given = row ? FindConsent(*row, consent) : nullptr;
  return given && given->granted && !given->withdrawn_at;
}

bool Service::Withdrawn(db::Tx& tx, std::string const& interview_id, std::string const& consent) {
  auto row = store::Find(tx, interview_id);
  auto const* given = row ? FindConsent(*row, consent) : nullptr;
  return given && given->withdrawn_at;
}

Result<> Service::WithdrawConsent(db::Tx& tx, std::string const& interview_id, std::string const& consent) {
  auto row = store::Find(tx, interview_id);
  if (!row) return NotFound("interview");
  auto* given = FindConsent(*row, consent);
  if (!given || !given->granted) return Fail(ErrorCode::kConflict, "consent.not_given");
  if (given->withdrawn_at) return Fail(ErrorCode::kConflict, "consent.withdrawn");
  given->withdrawn_at = clock_.Now();
  bool const open = row->state != State::expired && row->state != State::cancelled && row->state != State::declined;
  if (NeededToGoOn(consent) && open) {
    row->state = State::declined;
    row->wants_person = true;
    for (auto const& answer : store::Answers(tx, interview_id))
      tx.OnCommit([this, id = answer.id] { live_.Forget(id); });
    people_.AddEvent(
        tx, row->candidate_id,
        {clock_.Now(), "interview.declined", "file.consent_withdrawn", {{"plan", row->plan_name_zh}}, row->id});
  }
  Save(tx, *row);
  return {};
}

std::vector<ConsentState> Service::ConsentsOf(db::Tx& tx, std::string const& interview_id) {
  std::vector<ConsentState> out;
  if (auto const row = store::Find(tx, interview_id))
    for (auto const& given : row->consents.value)
      out.push_back({given.key, given.version, given.granted, given.at, given.withdrawn_at});
  return out;
}

std::optional<InterviewOwner> Service::OwnerOf(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  if (!row) return std::nullopt;
  return InterviewOwner{row->candidate_id, row->org_id, row->state, row->plan_name_zh, row->plan_name_en};
}

bool Service::AnalysisErased(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  return !row || row->analysis_erased_at;
}

bool Service::RecordingsErased(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  return !row || row->recordings_erased_at || Withdrawn(tx, interview_id, "recording");
}

bool Service::Restricted(db::Tx& tx, std::string const& interview_id) {
  auto const row = store::Find(tx, interview_id);
  return row && people_.IsRestricted(tx, row->candidate_id);
}

}  // namespace bole::interviews
