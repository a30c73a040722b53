#pragma once
#include "modules/people/imports.hpp"
#include "platform/db/scope_filter.hpp"

namespace bole::people::store {

struct ImportRecord {
  std::string id, org_id, created_by, created_by_name, locale, file_name;
  bool dry_run = false;
  ImportMode mode = ImportMode::partial;
  ImportState state = ImportState::running;
  std::int64_t rows_total = 0, rows_done = 0, rows_ok = 0, rows_failed = 0, rows_duplicate = 0;
  std::string failure;
  Instant created_at{};
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (),
                      (id, org_id, created_by, created_by_name, locale, file_name, dry_run, mode, state, rows_total,
                       rows_done, rows_ok, rows_failed, rows_duplicate, failure, created_at, finished_at))

struct ImportErrorRow {
  std::string import_id;
  std::int64_t number = 0, line = 0;
  std::string col, code;
  db::Json<std::map<std::string, std::string>> params;
  std::string value;  // encrypted: it is what somebody typed about a person
};
BOOST_DESCRIBE_STRUCT(ImportErrorRow, (), (import_id, number, line, col, code, params, value))

void Insert(db::Tx& tx, ImportRecord const& record);
void Insert(db::Tx& tx, ImportErrorRow const& error);
std::optional<ImportRecord> Import(db::Tx& tx, Scope const& scope, std::string const& id);
void SaveProgress(db::Tx& tx, ImportRecord const& record);
std::int64_t CountErrors(db::Tx& tx, std::string const& import_id);
std::vector<ImportErrorRow> ImportErrors(db::Tx& tx, std::string const& import_id, std::int64_t limit);

}  // namespace bole::people::store
