#include <set>

#include "modules/plans/assets.hpp"
#include "modules/plans/plan_document.hpp"
#include "platform/blob/blob_store.hpp"
#include "platform/db/database.hpp"

// Pictures, videos and sound that nobody uses.
namespace bole::plans {
namespace {

constexpr auto kKeepUnused = std::chrono::days(7);
constexpr int kPage = 200;

struct Unused {
  std::string id, org_id;
};
BOOST_DESCRIBE_STRUCT(Unused, (), (id, org_id))
struct DocumentRow {
  std::string plan_id;
  std::int64_t revision = 0;
  db::Json<PlanDocument> document;
};
BOOST_DESCRIBE_STRUCT(DocumentRow, (), (plan_id, revision, document))

// The prompts of all revisions, in one pass.
std::set<std::string> InPlans(db::Tx& tx) {
  std::set<std::string> out;
  DocumentRow last;
  for (bool more = true; more;) {
    auto rows = tx.Select<DocumentRow>(
        {"plans.prompts",
         "SELECT plan_id, revision, document FROM plan_revision WHERE (plan_id > ? OR (plan_id = ? AND revision > ?)) "
         "AND document LIKE '%\"prompt_asset_id\":\"%' ORDER BY plan_id, revision LIMIT ?"},
        last.plan_id, last.plan_id, last.revision, kPage);
    for (auto const& row : rows)
      for (auto const& stage : row.document.value.stages)
        if (stage.prompt_asset_id) out.insert(*stage.prompt_asset_id);
    more = rows.size() == kPage;
    if (more) last = std::move(rows.back());
  }
  return out;
}

std::vector<Unused> Find(db::Tx& tx, Instant until) {
  auto out = tx.Select<Unused>(
      {"plans.unused_assets",
       "SELECT id, org_id FROM plan_asset a WHERE removed_at IS NULL AND COALESCE(used_at, created_at) < ? AND NOT "
       "EXISTS (SELECT 1 FROM question_revision r WHERE r.asset_id = a.id) ORDER BY id"},
      until);
  if (out.empty()) return out;
  auto const used = InPlans(tx);
  std::erase_if(out, [&](Unused const& asset) { return used.contains(asset.id); });
  return out;
}

// Whatever began to use it since Find has written used_at: the statement waits for that transaction and then finds no
// row.
bool Take(db::Tx& tx, std::string const& id, Instant until, Instant now) {
  return tx.Execute({"plans.remove_asset",
                     "UPDATE plan_asset SET removed_at = ? WHERE id = ? AND removed_at IS NULL AND COALESCE(used_at, "
                     "created_at) < ?"},
                    now, id, until) == 1;
}

}  // namespace

Result<> Assets::RemoveUnused() {
  auto const now = context_.clock.Now(), until = now - kKeepUnused;
  for (auto const& asset : context_.database.Read([&](db::Tx& tx) { return Find(tx, until); }))
    context_.database.Write([&](db::Tx& tx) {
      if (!Take(tx, asset.id, until, now)) return;
      audit_.Record(tx, Principal::System("Bole"), {"asset.remove", "asset", asset.id, asset.org_id, {}});
    });
  Result<> out;
  auto const removed = context_.database.Read([&](db::Tx& tx) {
    return tx.Select<Unused>(
        {"plans.removed_assets", "SELECT id, org_id FROM plan_asset WHERE removed_at IS NOT NULL ORDER BY id"});
  });
  for (auto const& asset : removed) {
    if (auto const deleted = context_.blobs.Delete(asset.id); !deleted) {
      out = deleted;
      continue;
    }
    context_.database.Write([&](db::Tx& tx) {
      tx.Execute({"plans.delete_asset", "DELETE FROM plan_asset WHERE id = ?"}, asset.id);
    });
  }
  return out;
}

}  // namespace bole::plans
