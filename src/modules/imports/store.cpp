#include "modules/imports/store.hpp"

namespace bole::imports::store {
namespace {

std::string const kBatch = "SELECT " + db::Columns<Batch>() + " FROM import_batch ";

db::Condition VisibleCondition(std::vector<Visible> const& visible) {
  db::Condition out{" AND (1 = 0", {}};
  for (auto const& [target, scope] : visible) {
    auto const part = db::ScopeCondition(scope, "org_id");
    out.sql += " OR (target = ?" + part.sql + ")";
    out.parameters.emplace_back(target);
    out.parameters.insert(out.parameters.end(), part.parameters.begin(), part.parameters.end());
  }
  out.sql += ")";
  return out;
}

std::string Marks(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += i == 0 ? "?" : ", ?";
  return out;
}

}  // namespace

std::optional<Unit> FindUnit(db::Tx& tx, std::string const& id) {
  return tx.One<Unit>({"imports.unit", "SELECT id, name, path, state FROM org_node WHERE id = ?"}, id);
}

void Insert(db::Tx& tx, Batch const& batch) { tx.Insert("import_batch", batch); }

std::optional<Batch> Find(db::Tx& tx, std::string const& id) {
  return tx.One<Batch>({"imports.find", kBatch + "WHERE id = ?"}, id);
}

std::optional<Batch> Find(db::Tx& tx, std::vector<Visible> const& visible, std::string const& id) {
  auto const allowed = VisibleCondition(visible);
  db::Cells values{id};
  values.insert(values.end(), allowed.parameters.begin(), allowed.parameters.end());
  auto rows = tx.SelectWith<Batch>({"imports.visible", kBatch + "WHERE id = ?" + allowed.sql}, values);
  if (rows.empty()) return std::nullopt;
  return std::move(rows[0]);
}

Page<Batch> List(db::Tx& tx, std::vector<Visible> const& visible, Filter const& filter) {
  db::KeysetQuery query{.name = "imports.list",
                        .columns = db::Columns<Batch>(),
                        .from = "import_batch",
                        .limit = filter.limit,
                        .cursor = filter.cursor};
  query.Add(VisibleCondition(visible));
  if (!filter.target.empty()) query.And("target = ?", {filter.target});
  return db::SelectPage<Batch>(tx, query);
}

bool Save(db::Tx& tx, Batch const& b, ImportState expected) {
  return tx.Execute(
             {"imports.save",
              "UPDATE import_batch SET permissions = ?, head = ?, mapping = ?, mode = ?, duplicates = ?, state = "
              "?, failure = ?, last_line = ?, rows_total = ?, rows_done = ?, rows_created = ?, rows_updated = ?, "
              "rows_skipped = ?, rows_failed = ?, rows_undone = ?, rows_kept = ?, file_gone = ?, finished_at = ? "
              "WHERE id = ? AND state = ?"},
             b.permissions, b.head, b.mapping, b.mode, b.duplicates, b.state, b.failure, b.last_line, b.rows_total,
             b.rows_done, b.rows_created, b.rows_updated, b.rows_skipped, b.rows_failed, b.rows_undone, b.rows_kept,
             b.file_gone, b.finished_at, b.id, expected) == 1;
}

void AskCancel(db::Tx& tx, std::string const& id) {
  tx.Execute({"imports.cancel", "UPDATE import_batch SET cancel_asked = 1 WHERE id = ?"}, id);
}

std::vector<Batch> WithFilesBefore(db::Tx& tx, Instant before, int limit) {
  return tx.Select<Batch>(
      {"imports.old", kBatch + "WHERE file_gone = 0 AND created_at < ? AND state NOT IN ('checking', 'running', "
                               "'undoing') ORDER BY created_at LIMIT ?"},
      before, limit);
}

void Insert(db::Tx& tx, ProblemRow const& row) { tx.Insert("import_problem", row); }

void DeleteProblems(db::Tx& tx, std::string const& batch_id) {
  tx.Execute({"imports.forget_problems", "DELETE FROM import_problem WHERE batch_id = ?"}, batch_id);
}

void DeleteProblems(db::Tx& tx, std::string const& batch_id, std::int64_t line) {
  tx.Execute({"imports.forget_line", "DELETE FROM import_problem WHERE batch_id = ? AND line = ?"}, batch_id, line);
}

std::vector<ProblemRow> Problems(db::Tx& tx, std::string const& batch_id, std::int64_t limit) {
  // What keeps rows out comes first.
  return tx.Select<ProblemRow>({"imports.problems", "SELECT " + db::Columns<ProblemRow>() +
                                                        " FROM import_problem WHERE batch_id = ? ORDER BY blocking "
                                                        "DESC, line, number LIMIT ?"},
                               batch_id, limit);
}

std::unordered_set<std::int64_t> BlockedLines(db::Tx& tx, std::string const& batch_id) {
  std::unordered_set<std::int64_t> out;
  for (auto const& cells :
       tx.Fetch({"imports.blocked", "SELECT DISTINCT line FROM import_problem WHERE batch_id = ? AND blocking = 1"},
                {batch_id}, {db::Kind::integer}))
    out.insert(std::get<std::int64_t>(cells[0]));
  return out;
}

void Insert(db::Tx& tx, RecordRow const& row) { tx.Insert("import_row", row); }

std::vector<RecordRow> NewestApplied(db::Tx& tx, std::string const& batch_id, int limit) {
  return tx.Select<RecordRow>({"imports.applied", "SELECT " + db::Columns<RecordRow>() +
                                                      " FROM import_row WHERE batch_id = ? AND fate = ? ORDER BY line "
                                                      "DESC LIMIT ?"},
                              batch_id, Fate::applied, limit);
}

std::vector<std::string> RecordsOf(db::Tx& tx, std::string const& batch_id) {
  std::vector<std::string> out;
  for (auto const& cells : tx.Fetch({"imports.records_of", "SELECT record_id FROM import_row WHERE batch_id = ?"},
                                    {batch_id}, {db::Kind::text}))
    out.push_back(std::get<std::string>(cells[0]));
  return out;
}

void SetFate(db::Tx& tx, RecordRow const& row, Fate fate) {
  // What a record was before is of no use once it is that again.
  tx.Execute({"imports.fate", "UPDATE import_row SET fate = ?, before = ? WHERE batch_id = ? AND line = ?"}, fate,
             fate == Fate::undone ? std::string() : row.before, row.batch_id, row.line);
}

std::vector<std::string> BatchesOf(db::Tx& tx, std::vector<std::string> const& record_ids) {
  std::vector<std::string> out;
  if (record_ids.empty()) return out;
  db::Cells values(record_ids.begin(), record_ids.end());
  for (auto const& cells : tx.Fetch({"imports.batches_of",
                                     "SELECT DISTINCT r.batch_id FROM import_row r JOIN import_batch b ON b.id = "
                                     "r.batch_id WHERE b.file_gone = 0 AND r.record_id IN (" +
                                         Marks(record_ids.size()) + ")"},
                                    values, {db::Kind::text}))
    out.push_back(std::get<std::string>(cells[0]));
  return out;
}

std::int64_t Forget(db::Tx& tx, std::vector<std::string> const& batch_ids, std::vector<std::string> const& record_ids) {
  std::int64_t gone = 0;
  for (auto const& id : batch_ids) {
    gone += tx.Execute({"imports.forget_file", "UPDATE import_batch SET file_gone = 1, head = '' WHERE id = ?"}, id);
    tx.Execute({"imports.forget_rows", "UPDATE import_row SET before = '' WHERE batch_id = ?"}, id);
  }
  for (auto const& id : record_ids)
    tx.Execute({"imports.forget_before", "UPDATE import_row SET before = '' WHERE record_id = ?"}, id);
  return gone;
}

std::optional<std::vector<std::string>> Remembered(db::Tx& tx, std::string const& user_id, std::string const& target,
                                                   std::string const& signature) {
  auto const row = tx.One<Memory>({"imports.remembered", "SELECT " + db::Columns<Memory>() +
                                                             " FROM import_mapping WHERE user_id = ? AND target = ? "
                                                             "AND signature = ?"},
                                  user_id, target, signature);
  if (!row) return std::nullopt;
  return row->mapping.value;
}

void Remember(db::Tx& tx, Memory const& memory) {
  tx.Execute(
      {"imports.forget_mapping", "DELETE FROM import_mapping WHERE user_id = ? AND target = ? AND signature = ?"},
      memory.user_id, memory.target, memory.signature);
  tx.Insert("import_mapping", memory);
}

}  // namespace bole::imports::store
