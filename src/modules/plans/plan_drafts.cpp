#include "modules/plans/base_rules.hpp"
#include "modules/plans/plan_table_store.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"

// Drafts of plans as the editor and imports write them.
namespace bole::plans {
namespace {

void MirrorGovernance(store::PlanRow& row, PlanDocument const& document) {
  row.standard = document.governance.has_value();
  row.family = document.governance ? document.governance->family : std::nullopt;
}

}  // namespace

FieldErrors Service::DraftErrors(db::Tx& tx, store::PlanRow const& row, PlanDocument const& document,
                                 PlanDocument const* before) {
  FieldErrors errors;
  CheckPair(row.name_zh, row.name_en, "/name_zh", errors);
  CheckLimits(document, errors);
  CheckFamily(tx, document, row.family, errors);
  if (auto const node = org_.Node(tx, Scope::Everything(), row.org_id)) {
    dimensions_.CheckChosen(tx, document, before, node->path, errors);
    if (row.job_id && !JobServes(tx, *row.job_id, *node)) errors.push_back({"/job_id", "not_found"});
  }
  if (auto const base = BaseOf(tx, row))
    for (auto& violation : CheckAgainstBase(*base, document)) errors.push_back(std::move(violation));
  return errors;
}

void Service::InsertDraft(db::Tx& tx, Principal const& who, store::PlanRow& row, PlanDocument const& document) {
  auto const now = context_.clock.Now();
  row.id = NewUlid(now), row.created_at = row.updated_at = now;
  MirrorGovernance(row, document);
  store::Insert(tx, row);
  store::Save(tx, {.plan_id = row.id,
                   .revision = row.revision,
                   .document = {document},
                   .created_at = now,
                   .edited_by = who.id,
                   .edited_by_name = who.name});
}

Result<> Service::SaveDraft(db::Tx& tx, Principal const& who, store::PlanRow& row, PlanDocument const& document) {
  if (!row.has_draft) ++row.revision, row.has_draft = true;
  MirrorGovernance(row, document);
  auto const now = context_.clock.Now();
  row.updated_at = now;
  auto const expected = row.version++;
  if (!store::Update(tx, row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
  store::Save(tx, {.plan_id = row.id,
                   .revision = row.revision,
                   .document = {document},
                   .created_at = now,
                   .edited_by = who.id,
                   .edited_by_name = who.name});
  return {};
}

Result<> Service::DropDraft(db::Tx& tx, store::PlanRow& row) {
  if (!row.has_draft || !row.published_revision) return Fail(ErrorCode::kConflict, "conflict.stale");
  store::DeleteDraft(tx, row.id, row.revision);
  row.has_draft = false, row.revision = *row.published_revision;
  row.updated_at = context_.clock.Now();
  auto const expected = row.version++;
  if (!store::Update(tx, row, expected)) return Fail(ErrorCode::kConflict, "conflict.stale");
  return {};
}

}  // namespace bole::plans
