#include "modules/people/import_store.hpp"

namespace bole::people::store {

void Insert(db::Tx& tx, ImportRecord const& record) { tx.Insert("candidate_import", record); }
void Insert(db::Tx& tx, ImportErrorRow const& error) { tx.Insert("candidate_import_error", error); }

std::optional<ImportRecord> Import(db::Tx& tx, Scope const& scope, std::string const& id) {
  auto const allowed = db::ScopeCondition(scope, "org_id");
  db::Cells values{id};
  values.insert(values.end(), allowed.parameters.begin(), allowed.parameters.end());
  auto const rows = tx.SelectWith<ImportRecord>(
      {"people.import", "SELECT " + db::Columns<ImportRecord>() + " FROM candidate_import WHERE id = ?" + allowed.sql},
      values);
  if (rows.empty()) return std::nullopt;
  return rows[0];
}

void SaveProgress(db::Tx& tx, ImportRecord const& r) {
  tx.Execute({"people.import_progress",
              "UPDATE candidate_import SET state = ?, rows_total = ?, rows_done = ?, rows_ok = ?, rows_failed = ?, "
              "rows_duplicate = ?, failure = ?, finished_at = ? WHERE id = ?"},
             r.state, r.rows_total, r.rows_done, r.rows_ok, r.rows_failed, r.rows_duplicate, r.failure, r.finished_at,
             r.id);
}

std::int64_t CountErrors(db::Tx& tx, std::string const& import_id) {
  return tx
      .Scalar<std::int64_t>(
          {"people.import_error_count", "SELECT COUNT(*) FROM candidate_import_error WHERE import_id = ?"}, import_id)
      .value_or(0);
}

std::vector<ImportErrorRow> ImportErrors(db::Tx& tx, std::string const& import_id, std::int64_t limit) {
  return tx.Select<ImportErrorRow>({"people.import_errors", "SELECT " + db::Columns<ImportErrorRow>() +
                                                                " FROM candidate_import_error WHERE import_id = ? "
                                                                "ORDER BY number LIMIT ?"},
                                   import_id, limit);
}

}  // namespace bole::people::store
