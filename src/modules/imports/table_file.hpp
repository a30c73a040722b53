#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/imports/target.hpp"

// Tables as people send them, and what their headings mean. Pure.
namespace bole::imports {

inline constexpr std::size_t kMaxRows = 200'000;
inline constexpr std::size_t kMaxFileBytes = 20U << 20;

// The rows of an xlsx or csv file (UTF-8, GB18030, UTF-16; separated by , ; or tab), as documents::ReadXlsx hands them
// out. kInvalid import.not_a_table for anything else, import.too_many_rows{limit}, and what the readers say.
[[nodiscard]] Result<> ReadTable(Target& target, std::string_view bytes, documents::RowFunction const& on_row);

[[nodiscard]] std::string Narrow(std::string_view text);  // full-width letters, digits and spaces become ASCII

// The headings of a table and its first rows.
struct Head {
  std::int64_t line = 1;  // of the headings
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;
};
BOOST_DESCRIBE_STRUCT(Head, (), (line, titles, rows))
inline constexpr std::size_t kSampleRows = 5;
// The same for tables with the same headings.
[[nodiscard]] std::string Signature(Head const& head);

// Reads as much as needed. The headings are the one of the first ten rows that names most columns: a title may stand
// above them. kInvalid import.empty when there is no row below.
[[nodiscard]] Result<Head> ReadHead(Target& target, std::string_view bytes, std::vector<Column> const& columns);

// For each column of the file the key it most likely means; empty: none. Each key once.
[[nodiscard]] std::vector<std::string> GuessMapping(std::vector<Column> const& columns,
                                                    std::vector<std::string> const& titles);

// Reads the cells of one mapped table.
class RowReader {
 public:
  // mapping: for each column of the file a key or nothing.
  RowReader(std::vector<Column> columns, std::vector<std::string> const& mapping);

  struct Parsed {
    Row row;
    std::vector<Problem> problems;
  };
  [[nodiscard]] Parsed Read(std::size_t number, std::vector<documents::Cell> const& cells) const;
  [[nodiscard]] std::string Letter(std::string_view key) const;  // of the column in the file; empty when not mapped

 private:
  struct Mapped {
    Column column;
    std::size_t index = 0;
    std::map<std::string, std::string> words;  // folded → value
  };
  std::vector<Mapped> mapped_;
};

}  // namespace bole::imports
