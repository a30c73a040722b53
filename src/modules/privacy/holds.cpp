#include <algorithm>

#include "modules/org/authority.hpp"
#include "modules/privacy/erasures.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::privacy {
namespace {

constexpr char const* kReason = "legal_hold.reason";

// The end of the last day, wherever the branch is.
Instant EndOf(Date const& day) { return Instant(std::chrono::sys_days(day.value) + std::chrono::hours(36)); }

}  // namespace

bool Erasures::MayRelease(db::Tx& tx, Principal const& who, store::HoldRow const& row) {
  return !row.set_at || org::Reaches(subjects_.modules.org, tx, Scope(who, "privacy.manage"), *row.set_at);
}

HoldView Erasures::View(db::Tx& tx, Principal const& who, store::HoldRow const& row) {
  auto const now = subjects_.context.clock.Now();
  return {row.id,
          row.candidate_id,
          subjects_.NameOf(tx, row.person_id),
          row.interview_id,
          row.org_id,
          subjects_.OrgName(tx, row.org_id),
          subjects_.context.fields.Decrypt(row.reason, kReason).value_or(""),
          row.placed_by_name,
          row.placed_at,
          row.until_at,
          row.released_at,
          row.released_by_name,
          !row.released_at && (!row.until_at || *row.until_at > now),
          row.version,
          row.set_at ? subjects_.OrgName(tx, *row.set_at) : "",
          MayRelease(tx, who, row),
          row.employee_id};
}

Result<Page<HoldView>> Erasures::Holds(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<HoldView>> {
    return db::MapPage<HoldView>(store::Holds(tx, Scope(who, "privacy.read"), filter, subjects_.context.clock.Now()),
                                 [&](auto const& row) { return View(tx, who, row); });
  });
}

Result<HoldView> Erasures::Place(Principal const& who, CreateHold const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<HoldView> {
    BOLE_ASSIGN(auto const ref, RefIn(input.candidate_id, input.employee_id));
    BOLE_ASSIGN(auto const subject, subjects_.Whole(tx, ref));
    Scope const scope(who, "privacy.manage");
    auto const node = subjects_.modules.org.Node(tx, scope, subject.org_id);
    if (!node) return NotFound(ref.kind());
    auto const now = subjects_.context.clock.Now();
    auto const interview = input.interview_id.value_or("");
    auto const& known = subject.data.interview_ids;
    if (!interview.empty() && std::find(known.begin(), known.end(), interview) == known.end())
      return FailField("/interview_id", "not_found");
    if (input.until && EndOf(*input.until) <= now) return FailField("/until", "in_the_past");
    store::HoldRow row;
    row.id = NewUlid(now), row.person_id = subject.data.person_id;
    row.candidate_id = subject.ref.candidate_id, row.employee_id = subject.ref.employee_id;
    row.interview_id = interview, row.org_id = subject.org_id;
    row.reason = subjects_.context.fields.Encrypt(input.reason, kReason);
    row.set_at = org::WidestUnit(subjects_.modules.org, tx, scope, *node);
    row.placed_by = who.id, row.placed_by_name = who.name, row.placed_at = now;
    if (input.until) row.until_at = EndOf(*input.until);
    auto const record =
        subjects_.modules.audit.Begin(tx, who, ActOn(subject.ref, "privacy.hold", subject.org_id, {{"hold", row.id}}));
    tx.Insert("legal_hold", row);
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, who, row);
  });
}

Result<HoldView> Erasures::Release(Principal const& who, std::string const& id) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<HoldView> {
    auto row = store::Hold(tx, Scope(who, "privacy.manage"), id);
    if (!row) return NotFound("hold");
    if (row->released_at) return Fail(ErrorCode::kConflict, "privacy.hold_released");
    if (!MayRelease(tx, who, *row))
      return Fail(ErrorCode::kForbidden, "privacy.hold_from_above", {{"unit", subjects_.OrgName(tx, *row->set_at)}});
    auto const record =
        subjects_.modules.audit.Begin(tx, who, ActOn(RefOf(*row), "privacy.hold_release", row->org_id, {{"hold", id}}));
    row->released_at = subjects_.context.clock.Now();
    row->released_by_name = who.name;
    auto const version = row->version++;
    if (!store::Update(tx, *row, version)) return Fail(ErrorCode::kConflict, "conflict.stale");
    consents_.CarryOutLocked(tx, row->person_id);
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, who, *row);
  });
}

}  // namespace bole::privacy
