#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/audit/api.hpp"
#include "platform/documents/xlsx_reader.hpp"

// What a module says about its records so that they can be imported: which columns a table may have, what is wrong with
// a row, how it is written and taken back. The engine reads files, maps columns, reads cells by type, finds twins
// inside the file, batches, resumes and reports.
namespace bole::i18n {
class Messages;
}

namespace bole::imports {

// identifier: digits that are no number (phone, ID, bank account): refused when a spreadsheet made a number of them.
enum class ColumnType { text, identifier, integer, number, date, choice, list };
BOOST_DESCRIBE_ENUM(ColumnType, text, identifier, integer, number, date, choice, list)

struct Choice {
  std::string value;               // as Row holds it
  std::vector<std::string> words;  // as people write it: first Chinese, then English, then others
  bool retired = false;            // still understood where no other choice has the word; not offered in templates
};

struct Column {
  std::string key;
  std::string title_zh{}, title_en{}, help_zh{}, help_en{};
  ColumnType type = ColumnType::text;
  bool required = false;
  std::size_t max_length = 200;  // code points; of a list: of one entry
  double min = -1e15, max = 1e15;
  std::vector<Choice> choices{};
  std::vector<std::string> aliases{};  // further headings
  std::string example{};
};

// Titles and explanations from messages "<titles><key>" and, where there is one, "<helps><key>".
void AddTexts(std::vector<Column>& columns, i18n::Messages const& messages, std::string const& titles,
              std::string const& helps);
// As cells and words are compared: narrow, in small letters, without spaces and the star of required headings.
[[nodiscard]] std::string Folded(std::string_view text);
// What a folded cell means. One word may stand at several choices: values and the two names of choices in use count
// before those of retired ones, and all of them before other words.
[[nodiscard]] std::map<std::string, std::string> Meanings(std::vector<Choice> const& choices);
// How people write a value: the first word of its language, for exports; the value itself when nobody knows it.
[[nodiscard]] std::string WordOf(std::vector<Choice> const& choices, std::string const& value, bool chinese);

// One row with its cells in normal form: dates 2026-01-31, choices by value, entries of a list on lines of their own.
// Columns that were not mapped and empty cells are not there.
struct Row {
  std::int64_t number = 0;  // as Excel counts
  std::map<std::string, std::string, std::less<>> values{};
  [[nodiscard]] bool Has(std::string_view key) const { return values.contains(key); }
  [[nodiscard]] std::string Text(std::string_view key) const;
  [[nodiscard]] std::optional<std::string> Given(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> List(std::string_view key) const;
};

struct Problem {
  std::string column;  // key; empty: the row
  std::string code;    // message field.<code>
  std::map<std::string, std::string> params{};
};
// Problems out of errors that point at members named like the columns.
[[nodiscard]] std::vector<Problem> ProblemsOf(FieldErrors const& errors);

struct Existing {
  std::string id, name;
  std::string by;  // the column that tells
};
struct Verdict {
  std::vector<Problem> problems{};
  std::vector<std::pair<std::string, std::string>> keys{};  // column, value: no two rows of a file may share one
  std::optional<Existing> existing{};                       // the record that the row would be a second time
  std::vector<Problem> when_updated{};                      // why `existing` could not be changed by the row
};

// A record as a row left it.
struct Written {
  std::string id;
  std::int64_t version = 1;
  json::object before{};  // what Undo needs; kept encrypted
};

// One check or import of one file, on one thread; rows in the order of the file, in spans of some hundred.
class Session {
 public:
  virtual ~Session() = default;
  // Before Check and the writing of these rows: looks up at once what they need, forgets what it knew of others.
  virtual void Prepare(db::Tx& /*tx*/, std::span<Row const> /*rows*/) {}
  virtual Verdict Check(db::Tx& tx, Row const& row) = 0;  // does not write
  virtual Result<Written> Create(db::Tx& tx, Row const& row) = 0;
  virtual Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) = 0;
};

struct Place {
  Principal who;  // the one who started, with the rights of now
  std::string org_id, org_path;
  bool updates = false;  // what is there may be changed
};

struct Trace {
  std::string id;
  bool updated = false;
  std::int64_t version = 1;
  json::object before{};
};
enum class Fate { applied, undone, changed, in_use };  // changed, in_use: why it was kept
BOOST_DESCRIBE_ENUM(Fate, applied, undone, changed, in_use)

// Thread-safe.
class Target {
 public:
  virtual ~Target() = default;
  [[nodiscard]] virtual std::string key() const = 0;         // "candidates"
  [[nodiscard]] virtual std::string permission() const = 0;  // "candidate.import"
  // The kind under which a person is told what was done to records of this target ("candidate"); empty: they are about
  // nobody.
  [[nodiscard]] virtual std::string concerns() const { return ""; }
  // For one organisation, asked anew each time: fields that it defined for itself belong here.
  [[nodiscard]] virtual std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) = 0;
  // kConflict org.closed and the like.
  virtual Result<std::unique_ptr<Session>> Begin(db::Tx& tx, Place const& place) = 0;
  // In a savepoint of its own: an exception of the database means that the record is in use.
  virtual Fate Undo(db::Tx& tx, Principal const& who, Trace const& trace) = 0;
  // A workbook with a layout of its own, folded into one table with headings; false: an ordinary table.
  virtual Result<bool> Read(std::string_view /*bytes*/, documents::RowFunction const& /*on_row*/) { return false; }
};

}  // namespace bole::imports
