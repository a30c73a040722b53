#pragma once
#include <unordered_set>

#include "modules/imports/views.hpp"
#include "platform/db/keyset.hpp"

// All SQL of the module. Functions are stateless: they act in the caller's transaction.
namespace bole::imports::store {

// Why a batch failed: an error as it was met.
struct Failure {
  std::string key;
  std::map<std::string, std::string> params;
};
BOOST_DESCRIBE_STRUCT(Failure, (), (key, params))

struct Batch {
  std::string id, target, org_id, created_by, created_by_name;
  db::Json<std::vector<std::string>> permissions;
  std::string file_name, head;
  db::Json<std::vector<std::string>> mapping;
  ImportMode mode = ImportMode::partial;
  DuplicatePolicy duplicates = DuplicatePolicy::skip;
  ImportState state = ImportState::uploaded;
  db::Json<Failure> failure;
  std::int64_t last_line = 0, rows_total = 0, rows_done = 0, rows_created = 0, rows_updated = 0, rows_skipped = 0,
               rows_failed = 0, rows_undone = 0, rows_kept = 0;
  bool cancel_asked = false, file_gone = false;
  Instant created_at{};
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(Batch, (),
                      (id, target, org_id, created_by, created_by_name, permissions, file_name, head, mapping, mode,
                       duplicates, state, failure, last_line, rows_total, rows_done, rows_created, rows_updated,
                       rows_skipped, rows_failed, rows_undone, rows_kept, cancel_asked, file_gone, created_at,
                       finished_at))

struct Unit {
  std::string id, name, path, state;
};
BOOST_DESCRIBE_STRUCT(Unit, (), (id, name, path, state))
std::optional<Unit> FindUnit(db::Tx& tx, std::string const& id);

// What a reader may see: per target the scope of its permission.
struct Visible {
  std::string target;
  Scope scope;
};
void Insert(db::Tx& tx, Batch const& batch);
std::optional<Batch> Find(db::Tx& tx, std::string const& id);
std::optional<Batch> Find(db::Tx& tx, std::vector<Visible> const& visible, std::string const& id);
struct Filter {
  std::string target;
  int limit = 50;
  std::string cursor;
};
Page<Batch> List(db::Tx& tx, std::vector<Visible> const& visible, Filter const& filter);
// Everything but cancel_asked; false when the state is no longer `expected`.
bool Save(db::Tx& tx, Batch const& batch, ImportState expected);
void AskCancel(db::Tx& tx, std::string const& id);
std::vector<Batch> WithFilesBefore(db::Tx& tx, Instant before, int limit);

struct ProblemRow {
  std::string batch_id;
  std::int64_t line = 0, number = 0;
  std::string col, code, params;  // params encrypted: they may name people
  bool blocking = true;
};
BOOST_DESCRIBE_STRUCT(ProblemRow, (), (batch_id, line, number, col, code, params, blocking))
void Insert(db::Tx& tx, ProblemRow const& row);
void DeleteProblems(db::Tx& tx, std::string const& batch_id);
void DeleteProblems(db::Tx& tx, std::string const& batch_id, std::int64_t line);
std::vector<ProblemRow> Problems(db::Tx& tx, std::string const& batch_id, std::int64_t limit);
std::unordered_set<std::int64_t> BlockedLines(db::Tx& tx, std::string const& batch_id);

struct RecordRow {
  std::string batch_id;
  std::int64_t line = 0;
  std::string record_id;
  bool updated = false;
  std::int64_t version = 1;
  std::string before;
  Fate fate = Fate::applied;
};
BOOST_DESCRIBE_STRUCT(RecordRow, (), (batch_id, line, record_id, updated, version, before, fate))
void Insert(db::Tx& tx, RecordRow const& row);
std::vector<std::string> RecordsOf(db::Tx& tx, std::string const& batch_id);               // ids made or changed
std::vector<RecordRow> NewestApplied(db::Tx& tx, std::string const& batch_id, int limit);  // last line first
void SetFate(db::Tx& tx, RecordRow const& row, Fate fate);

std::vector<std::string> BatchesOf(db::Tx& tx, std::vector<std::string> const& record_ids);
// What was kept of the files of these batches and of these records.
std::int64_t Forget(db::Tx& tx, std::vector<std::string> const& batch_ids, std::vector<std::string> const& record_ids);

struct Memory {
  std::string user_id, target, signature;
  db::Json<std::vector<std::string>> mapping;
  Instant updated_at{};
};
BOOST_DESCRIBE_STRUCT(Memory, (), (user_id, target, signature, mapping, updated_at))
std::optional<std::vector<std::string>> Remembered(db::Tx& tx, std::string const& user_id, std::string const& target,
                                                   std::string const& signature);
void Remember(db::Tx& tx, Memory const& memory);

}  // namespace bole::imports::store
