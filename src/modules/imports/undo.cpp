#include "modules/imports/background.hpp"
#include "platform/crypto/cipher.hpp"

// Taking back what a batch wrote.
namespace bole::imports {

Result<> Background::Undo(jobs::JobContext& job) {
  auto const id = BatchOf(job);
  std::string const by(job.payload().at("by").as_string());
  auto const result = [&]() -> Result<> {
    BOLE_ASSIGN(auto opened, Open(id, ImportState::undoing, by));
    return opened ? TakeBack(job, *opened, ImportState::undone) : Result<>{};
  }();
  if (result || (IsTemporary(result.error()) && job.attempt() < kAttempts)) return result;
  shared_.context.database.Write([&](db::Tx& tx) {  // as it was, so that somebody may try again
    auto batch = store::Find(tx, id);
    if (!batch || batch->state != ImportState::undoing) return;
    batch->failure = {{result.error().key, result.error().params}};
    Finish(tx, Principal::System("imports"), *batch, ImportState::done);
  });
  return {};
}

Result<> Background::TakeBack(jobs::JobContext& job, Opened& opened, ImportState then) {
  auto& database = shared_.context.database;
  auto const state = opened.batch.state;
  RowReader const reader(opened.columns, opened.batch.mapping.value);
  for (bool more = true; more;) {
    if (job.stop().stop_requested()) return Fail(ErrorCode::kUnavailable, "import.stopped");
    auto taken = database.Write([&](db::Tx& tx) -> Result<store::Batch> {
      auto batch = *store::Find(tx, opened.batch.id);
      auto const rows = store::NewestApplied(tx, batch.id, static_cast<int>(kChunk));
      more = !rows.empty();
      for (auto const& row : rows) {
        Trace trace{row.record_id, row.updated, row.version, {}};
        BOLE_ASSIGN(auto const before, shared_.context.fields.Decrypt(row.before, kBefore));
        if (!before.empty()) {
          BOLE_ASSIGN(auto const value, ParseJson(before));
          trace.before = value.as_object();
        }
        tx.Execute({"imports.savepoint", "SAVEPOINT import_row"});
        auto const fate = [&] {
          try {
            return opened.target->Undo(tx, opened.who, trace);
          } catch (db::UniqueViolation const&) {
            return Fate::in_use;
          } catch (db::DatabaseError const&) {
            return Fate::in_use;
          }
        }();
        if (fate != Fate::undone) tx.Execute({"imports.rollback", "ROLLBACK TO SAVEPOINT import_row"});
        tx.Execute({"imports.release", "RELEASE SAVEPOINT import_row"});
        store::SetFate(tx, row, fate);
        if (fate == Fate::undone) {
          ++batch.rows_undone;
        } else {
          ++batch.rows_kept;
          Note(tx, batch.id, row.line, {{"", fate == Fate::changed ? "kept_changed" : "kept_in_use"}}, reader, false);
        }
      }
      store::Save(tx, batch, state);
      return batch;
    });
    if (!taken) return tl::unexpected<Error>(taken.error());
    opened.batch = *std::move(taken);
  }
  database.Write([&](db::Tx& tx) { Finish(tx, opened.who, opened.batch, then); });
  return {};
}

}  // namespace bole::imports
