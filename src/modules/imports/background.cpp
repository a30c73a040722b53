#include "modules/imports/background.hpp"

#include <algorithm>

#include "platform/blob/blob_store.hpp"
#include "platform/crypto/cipher.hpp"

namespace bole::imports {
namespace {

constexpr std::size_t kMaxProblems = 5;          // of one row
constexpr char const* kCancelled = "cancelled";  // stops a reader, never leaves this file
constexpr char const* kWasCancelled = "import.was_cancelled";

tl::unexpected<Error> Stop(char const* key) { return tl::unexpected<Error>(Error{ErrorCode::kConflict, key, {}, {}}); }

// How an import of all or nothing ends that was taken back.
ImportState EndOf(store::Batch const& batch) {
  return batch.failure.value.key == kWasCancelled ? ImportState::cancelled : ImportState::failed;
}

std::vector<Problem> ProblemsIn(Error const& error) {
  if (!error.fields.empty()) return ProblemsOf(error.fields);
  return {{"", "not_saved", {}}};
}

}  // namespace

std::string BatchOf(jobs::JobContext const& job) { return std::string(job.payload().at("batch_id").as_string()); }

bool IsTemporary(Error const& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kStorageFull ||
         error.code == ErrorCode::kInternal;
}

Place Background::PlaceOf(Opened const& opened) {
  return {opened.who, opened.batch.org_id, opened.path, opened.batch.duplicates == DuplicatePolicy::update};
}

Result<> Background::EachChunk(store::Batch const& batch, Target& target, RowReader const& reader, std::stop_token stop,
                               std::function<Result<>(Chunk&)> const& use) {
  BOLE_ASSIGN(auto const head, shared_.OpenHead(batch));
  BOLE_ASSIGN(auto const bytes, blob::ReadAll(shared_.context.blobs, batch.id, kMaxFileBytes));
  Chunk chunk;
  auto const flush = [&]() -> Result<> {
    if (chunk.empty()) return {};
    if (stop.stop_requested()) return Fail(ErrorCode::kUnavailable, "import.stopped");
    BOLE_TRY(use(chunk));
    chunk.clear();
    return {};
  };
  auto const after = std::max(head.line, batch.last_line);
  BOLE_TRY(ReadTable(target, bytes, [&](std::size_t number, std::vector<documents::Cell>& cells) -> Result<> {
    if (static_cast<std::int64_t>(number) <= after) return {};
    chunk.push_back(reader.Read(number, cells));
    return chunk.size() < kChunk ? Result<>{} : flush();
  }));
  return flush();
}

Result<std::optional<Background::Opened>> Background::Open(std::string const& batch_id, ImportState state,
                                                           std::string const& user_id) {
  return shared_.context.database.Read([&](db::Tx& tx) -> Result<std::optional<Opened>> {
    auto batch = store::Find(tx, batch_id);
    if (!batch || batch->state != state) return std::optional<Opened>{};
    auto* target = shared_.FindTarget(batch->target);
    auto const unit = store::FindUnit(tx, batch->org_id);
    auto who = shared_.rights(tx, user_id.empty() ? batch->created_by : user_id);
    if (!target || !unit || !who || !who->Can(target->permission(), unit->path))
      return Fail(ErrorCode::kForbidden, "import.not_allowed");
    if (state == ImportState::running)
      std::erase_if(who->grants, [&](auto const& grant) {
        return std::find(batch->permissions.value.begin(), batch->permissions.value.end(), grant.permission) ==
               batch->permissions.value.end();
      });
    auto columns = target->Columns(tx, batch->org_id);
    return std::optional(Opened{*std::move(batch), target, *std::move(who), std::move(columns), unit->path});
  });
}

Result<> Background::Settle(Result<> result, jobs::JobContext const& job, std::string const& batch_id,
                            ImportState state) {
  if (result) return result;
  if (IsTemporary(result.error()) && job.attempt() < kAttempts) return result;
  shared_.context.database.Write([&](db::Tx& tx) {
    auto batch = store::Find(tx, batch_id);
    if (!batch || batch->state != state) return;
    batch->failure = {{result.error().key, result.error().params}};
    if (state != ImportState::running) batch->rows_created = batch->rows_updated = 0;
    Finish(tx, Principal::System("imports"), *batch, ImportState::failed);
  });
  return {};
}

void Background::Note(db::Tx& tx, std::string const& batch_id, std::int64_t line, std::vector<Problem> const& problems,
                      RowReader const& reader, bool blocking) const {
  store::DeleteProblems(tx, batch_id, line);
  for (std::size_t i = 0; i < std::min(problems.size(), kMaxProblems); ++i) {
    auto const& problem = problems[i];
    store::Insert(tx, store::ProblemRow{batch_id, line, static_cast<std::int64_t>(i), reader.Letter(problem.column),
                                        problem.code, shared_.SealParams(problem.params), blocking});
  }
}

void Background::Finish(db::Tx& tx, Principal const& who, store::Batch& batch, ImportState state) const {
  auto const from = std::exchange(batch.state, state);
  batch.finished_at = shared_.context.clock.Now();
  if (!store::Save(tx, batch, from)) return;
  if (from == ImportState::checking) return;
  audit::Entry entry{from == ImportState::undoing ? "import.undone" : "import.finish",
                     "import_batch",
                     batch.id,
                     batch.org_id,
                     {{"target", batch.target},
                      {"state", boost::describe::enum_to_string(state, "")},
                      {"created", batch.rows_created},
                      {"updated", batch.rows_updated},
                      {"skipped", batch.rows_skipped},
                      {"failed", batch.rows_failed},
                      {"undone", batch.rows_undone},
                      {"kept", batch.rows_kept}}};
  auto const* target = shared_.FindTarget(batch.target);
  auto const about = target ? target->concerns() : "";
  auto const concerned = store::RecordsOf(tx, batch.id);
  auto const record = about.empty() ? shared_.audit.Begin(tx, who, entry)
                                    : audit::BeginOnMany(shared_.audit, tx, who, std::move(entry), {about, concerned});
  // A failed import has done what it did until then; `state` says that it failed.
  if (state != ImportState::failed || !concerned.empty()) shared_.audit.Succeeded(tx, record);
}

Result<> Background::Check(jobs::JobContext& job) {
  auto const id = BatchOf(job);
  return Settle(
      [&]() -> Result<> {
        BOLE_ASSIGN(auto opened, Open(id, ImportState::checking));
        return opened ? CheckRows(job, *opened) : Result<>{};
      }(),
      job, id, ImportState::checking);
}

Result<> Background::CheckRows(jobs::JobContext& job, Opened& opened) {
  auto& database = shared_.context.database;
  auto batch = opened.batch;
  // A check that was interrupted starts again: it has written nothing but problems.
  batch.last_line = batch.rows_total = batch.rows_done = 0;
  batch.rows_created = batch.rows_updated = batch.rows_skipped = batch.rows_failed = 0;
  database.Write([&](db::Tx& tx) { store::DeleteProblems(tx, batch.id); });
  RowReader const reader(opened.columns, batch.mapping.value);
  BOLE_ASSIGN(auto session, database.Read([&](db::Tx& tx) -> Result<std::unique_ptr<Session>> {
    BOLE_TRY(shared_.OpenUnit(tx, batch.org_id));
    return opened.target->Begin(tx, PlaceOf(opened));
  }));
  std::unordered_map<std::string, std::int64_t> seen;
  auto const result = EachChunk(batch, *opened.target, reader, job.stop(), [&](Chunk& chunk) -> Result<> {
    struct Found {
      std::int64_t line;
      std::vector<Problem> problems;
      bool blocking;
    };
    std::vector<Found> found;
    database.Read([&](db::Tx& tx) {
      std::vector<Row> rows;
      for (auto const& parsed : chunk) rows.push_back(parsed.row);
      session->Prepare(tx, rows);
      for (auto& parsed : chunk) {
        auto verdict = session->Check(tx, parsed.row);
        auto& problems = parsed.problems;
        for (auto& problem : verdict.problems)
          if (std::none_of(problems.begin(), problems.end(), [&](auto const& p) { return p.column == problem.column; }))
            problems.push_back(std::move(problem));
        if (problems.empty())
          for (auto const& [column, value] : verdict.keys) {
            auto const [at, fresh] = seen.emplace(column + "\n" + value, parsed.row.number);
            if (!fresh && problems.empty())
              problems.push_back({column, "duplicate_in_file", {{"row", std::to_string(at->second)}}});
          }
        auto const& existing = verdict.existing;
        Problem const there{existing ? existing->by : "", "duplicate", {{"name", existing ? existing->name : ""}}};
        if (problems.empty() && existing && batch.duplicates == DuplicatePolicy::refuse) problems.push_back(there);
        if (problems.empty() && existing && batch.duplicates == DuplicatePolicy::update)
          problems = std::move(verdict.when_updated);
        if (!problems.empty()) {
          ++batch.rows_failed;
          found.push_back({parsed.row.number, std::move(problems), true});
        } else if (!existing) {
          ++batch.rows_created;
        } else if (batch.duplicates == DuplicatePolicy::update) {
          ++batch.rows_updated;
        } else {
          ++batch.rows_skipped;
          found.push_back({parsed.row.number, {there}, false});
        }
      }
    });
    batch.rows_done += std::ssize(chunk);
    batch.rows_total = batch.rows_done;
    return database.Write([&](db::Tx& tx) -> Result<> {
      for (auto const& [line, problems, blocking] : found) Note(tx, batch.id, line, problems, reader, blocking);
      auto const now = store::Find(tx, batch.id);
      if (!now || now->cancel_asked) return Stop(kCancelled);
      if (!store::Save(tx, batch, ImportState::checking)) return Stop(kCancelled);
      return {};
    });
  });
  bool const cancelled = !result && result.error().key == kCancelled;
  if (!result && !cancelled) return result;
  return database.Write([&](db::Tx& tx) -> Result<> {
    if (cancelled) batch.rows_created = batch.rows_updated = 0;
    if (!cancelled && batch.rows_total == 0) return Fail(ErrorCode::kInvalid, "import.empty");
    Finish(tx, opened.who, batch, cancelled ? ImportState::cancelled : ImportState::checked);
    return {};
  });
}

Result<> Background::Run(jobs::JobContext& job) {
  auto const id = BatchOf(job);
  return Settle(
      [&]() -> Result<> {
        BOLE_ASSIGN(auto opened, Open(id, ImportState::running));
        if (!opened) return {};
        if (!opened->batch.failure.value.key.empty()) return TakeBack(job, *opened, EndOf(opened->batch));
        return WriteRows(job, *opened);
      }(),
      job, id, ImportState::running);
}

struct Background::Writing {
  Opened& opened;
  RowReader const& reader;
  Session& session;
  std::unordered_set<std::int64_t> const& blocked;  // by the check
};

// One transaction: the rows, what they left behind, and how far it came. guarded: each row in a savepoint, after a try
// without met something that a check cannot see.
Result<store::Batch> Background::WriteChunk(Writing& w, Chunk& chunk, bool guarded) {
  return shared_.context.database.Write([&](db::Tx& tx) -> Result<store::Batch> {
    auto batch = store::Find(tx, w.opened.batch.id);
    if (!batch || batch->state != ImportState::running || batch->cancel_asked) return Stop(kCancelled);
    BOLE_TRY(shared_.OpenUnit(tx, batch->org_id));
    std::vector<Row> rows;
    for (auto const& parsed : chunk) rows.push_back(parsed.row);
    w.session.Prepare(tx, rows);
    for (auto const& parsed : chunk) {
      auto const line = parsed.row.number;
      batch->last_line = line;
      ++batch->rows_done;
      if (w.blocked.contains(line)) {
        ++batch->rows_failed;
        continue;
      }
      auto const verdict = w.session.Check(tx, parsed.row);
      auto problems = parsed.problems;
      problems.insert(problems.end(), verdict.problems.begin(), verdict.problems.end());
      auto const& existing = verdict.existing;
      Problem const there{existing ? existing->by : "", "duplicate", {{"name", existing ? existing->name : ""}}};
      if (existing && batch->duplicates == DuplicatePolicy::refuse) problems.push_back(there);
      if (problems.empty() && existing && batch->duplicates == DuplicatePolicy::skip) {
        ++batch->rows_skipped;
        Note(tx, batch->id, line, {there}, w.reader, false);
        continue;
      }
      if (problems.empty()) {
        if (guarded) tx.Execute({"imports.savepoint", "SAVEPOINT import_row"});
        auto const written = [&]() -> Result<Written> {
          if (!guarded)
            return existing ? w.session.Update(tx, parsed.row, *existing) : w.session.Create(tx, parsed.row);
          try {
            return existing ? w.session.Update(tx, parsed.row, *existing) : w.session.Create(tx, parsed.row);
          } catch (db::UniqueViolation const&) {
            return FailField("/", "not_saved");
          } catch (db::DatabaseError const&) {
            return FailField("/", "not_saved");
          }
        }();
        if (!written && !guarded)
          return tl::unexpected<Error>(Error{ErrorCode::kConflict, "conflict.duplicate", {}, {}});
        if (guarded && !written) tx.Execute({"imports.rollback", "ROLLBACK TO SAVEPOINT import_row"});
        if (guarded) tx.Execute({"imports.release", "RELEASE SAVEPOINT import_row"});
        if (written) {
          ++(existing ? batch->rows_updated : batch->rows_created);
          auto const before = written->before.empty() ? "" : json::serialize(written->before);
          store::Insert(tx, store::RecordRow{batch->id, line, written->id, existing.has_value(), written->version,
                                             shared_.context.fields.Encrypt(before, kBefore), Fate::applied});
          continue;
        }
        problems = ProblemsIn(written.error());
      }
      ++batch->rows_failed;
      Note(tx, batch->id, line, problems, w.reader, true);
    }
    if (batch->mode == ImportMode::all && batch->rows_failed > 0) batch->failure = {{"import.changed_meanwhile", {}}};
    if (!store::Save(tx, *batch, ImportState::running)) return Stop(kCancelled);
    return *std::move(batch);
  });
}

Result<> Background::WriteRows(jobs::JobContext& job, Opened& opened) {
  auto& database = shared_.context.database;
  RowReader const reader(opened.columns, opened.batch.mapping.value);
  auto const blocked = database.Read([&](db::Tx& tx) { return store::BlockedLines(tx, opened.batch.id); });
  BOLE_ASSIGN(auto session, database.Read([&](db::Tx& tx) { return opened.target->Begin(tx, PlaceOf(opened)); }));
  Writing writing{opened, reader, *session, blocked};
  auto const result = EachChunk(opened.batch, *opened.target, reader, job.stop(), [&](Chunk& chunk) -> Result<> {
    auto done = [&]() -> Result<store::Batch> {
      try {
        return WriteChunk(writing, chunk, false);
      } catch (db::DatabaseError const&) {
        return Fail(ErrorCode::kConflict, "conflict.duplicate");
      }
    }();
    if (!done && done.error().key == "conflict.duplicate") done = WriteChunk(writing, chunk, true);
    if (!done) return tl::unexpected<Error>(done.error());
    opened.batch = *std::move(done);
    return opened.batch.failure.value.key.empty() ? Result<>{} : Stop(kCancelled);
  });
  bool const stopped = !result && result.error().key == kCancelled;
  if (!result && !stopped) {
    if (opened.batch.mode != ImportMode::all || IsTemporary(result.error())) return result;
    opened.batch.failure = {{result.error().key, result.error().params}};
  }
  if (opened.batch.mode == ImportMode::all && (stopped || !result)) {
    // Nothing stays: what went in is taken back. The reason is written first, so that a restart goes on with that.
    if (opened.batch.failure.value.key.empty()) opened.batch.failure = {{kWasCancelled, {}}};
    database.Write([&](db::Tx& tx) { store::Save(tx, opened.batch, ImportState::running); });
    return TakeBack(job, opened, EndOf(opened.batch));
  }
  database.Write(
      [&](db::Tx& tx) { Finish(tx, opened.who, opened.batch, stopped ? ImportState::cancelled : ImportState::done); });
  return {};
}

Result<> Background::Expire() {
  auto& context = shared_.context;
  auto const now = context.clock.Now();
  for (bool more = true; more;) {
    auto const old = context.database.Read([&](db::Tx& tx) { return store::WithFilesBefore(tx, now - kKeptFor, 100); });
    more = !old.empty();
    for (auto const& batch : old) {
      BOLE_TRY(context.blobs.Delete(batch.id));
      context.database.Write([&](db::Tx& tx) {
        store::Forget(tx, {batch.id}, {});
        shared_.audit.Record(tx, Principal::System("imports"),
                             {"import.expire", "import_batch", batch.id, batch.org_id, {{"target", batch.target}}});
      });
    }
  }
  return {};
}

}  // namespace bole::imports
