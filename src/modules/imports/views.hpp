#pragma once
#include <optional>
#include <string>
#include <vector>

#include "modules/imports/target.hpp"

// Shapes of imports as clients see them.
namespace bole::imports {

enum class ImportMode { partial, all };  // all: one broken row keeps every row out
BOOST_DESCRIBE_ENUM(ImportMode, partial, all)
enum class DuplicatePolicy { skip, update, refuse };
BOOST_DESCRIBE_ENUM(DuplicatePolicy, skip, update, refuse)
enum class ImportState { uploaded, checking, checked, running, done, failed, cancelled, undoing, undone };
BOOST_DESCRIBE_ENUM(ImportState, uploaded, checking, checked, running, done, failed, cancelled, undoing, undone)

struct ImportView {
  std::string id, target, org_id, org_name, file_name;
  ImportState state = ImportState::uploaded;
  ImportMode mode = ImportMode::partial;
  DuplicatePolicy duplicates = DuplicatePolicy::skip;
  // While checking and checked: what would happen.
  std::int64_t rows_total = 0, rows_done = 0, rows_created = 0, rows_updated = 0, rows_skipped = 0, rows_failed = 0;
  std::int64_t rows_undone = 0, rows_kept = 0;
  std::string failure;  // why it failed, in the reader's language
  std::string created_by_name;
  bool own = false;        // only whoever uploaded a file sees what is in it
  bool can_undo = false;   // something was written and not taken back
  bool file_gone = false;  // files are deleted after 30 days
  Instant created_at{};
  std::optional<Instant> finished_at;
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (id, target, org_id, org_name, file_name, state, mode, duplicates, rows_total, rows_done,
                       rows_created, rows_updated, rows_skipped, rows_failed, rows_undone, rows_kept, failure,
                       created_by_name, own, can_undo, file_gone, created_at, finished_at))

struct ImportColumn {
  std::string key, title, help;
  ColumnType type = ColumnType::text;
  bool required = false;
  std::string example;
};
BOOST_DESCRIBE_STRUCT(ImportColumn, (), (key, title, help, type, required, example))

struct ImportTarget {
  std::string key, permission;
};
BOOST_DESCRIBE_STRUCT(ImportTarget, (), (key, permission))

// A column of the file: its letter and heading, the field it goes to (empty: none), and what its first cells say.
struct ImportFileColumn {
  std::string column, title, field;
  std::vector<std::string> samples;
};
BOOST_DESCRIBE_STRUCT(ImportFileColumn, (), (column, title, field, samples))

struct ImportProblem {
  std::int64_t row = 0;  // as Excel counts
  std::string column, title, code, message;
  bool blocking = true;  // false: only told (left alone because it is there already)
};
BOOST_DESCRIBE_STRUCT(ImportProblem, (), (row, column, title, code, message, blocking))

struct ImportDetail {
  ImportView batch;
  std::vector<ImportColumn> columns;    // what the target takes
  std::vector<ImportFileColumn> file;   // empty for those who did not upload it, and when it is gone
  bool remembered = false;              // the mapping is the one used last time for these headings
  std::vector<ImportProblem> problems;  // the first 100
};
BOOST_DESCRIBE_STRUCT(ImportDetail, (), (batch, columns, file, remembered, problems))

struct ImportChoice {
  std::string column;  // letter in the file
  std::string field;   // empty: not imported
};
BOOST_DESCRIBE_STRUCT(ImportChoice, (), (column, field))

struct PutImportLayout {
  std::vector<ImportChoice> mapping;
  ImportMode mode = ImportMode::partial;
  DuplicatePolicy duplicates = DuplicatePolicy::skip;
};
BOOST_DESCRIBE_STRUCT(PutImportLayout, (), (mapping, mode, duplicates))

}  // namespace bole::imports

namespace bole {
template <>
inline constexpr auto kRules<imports::ImportChoice> =
    std::tuple{Field<&imports::ImportChoice::column>{{.min_length = 1, .max_length = 3}},
               Field<&imports::ImportChoice::field>{{.max_length = 80}}};
template <>
inline constexpr auto kRules<imports::PutImportLayout> =
    std::tuple{Field<&imports::PutImportLayout::mapping>{{.min_length = 1, .max_length = 512}}};
}  // namespace bole
