#include "modules/imports/table_file.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "modules/imports/cells.hpp"
#include "platform/crypto/digest.hpp"
#include "platform/documents/csv.hpp"

namespace bole::imports {
namespace {

using documents::Cell;
using documents::RowFunction;

constexpr std::size_t kHeadRows = 10;
constexpr char const* kEnough = "enough";  // stops a reader, never leaves this file

Result<> ReadText(std::string_view bytes, RowFunction const& on_row) {
  bool const wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (!wide && bytes.find('\0') != std::string_view::npos) return Fail(ErrorCode::kInvalid, "import.not_a_table");
  std::vector<Cell> cells;
  auto const read = documents::ReadCsv(bytes, {.max_file_bytes = kMaxFileBytes},
                                       [&](std::size_t row, std::vector<std::string>& fields) -> Result<> {
                                         cells.assign(fields.size(), {});
                                         for (std::size_t i = 0; i < fields.size(); ++i)
                                           if (!fields[i].empty())
                                             cells[i] = Cell{documents::CellKind::kText, std::move(fields[i])};
                                         return on_row(row, cells);
                                       });
  if (!read) return tl::unexpected<Error>(read.error());
  return {};
}

bool Names(Column const& column, std::string const& folded) {
  return folded == Folded(column.title_zh) || folded == Folded(column.title_en) || folded == Folded(column.key) ||
         std::any_of(column.aliases.begin(), column.aliases.end(),
                     [&](auto const& alias) { return folded == Folded(alias); });
}

std::size_t CountNamed(std::vector<Column> const& columns, std::vector<std::string> const& titles) {
  auto const guess = GuessMapping(columns, titles);
  return static_cast<std::size_t>(
      std::count_if(guess.begin(), guess.end(), [](auto const& key) { return !key.empty(); }));
}

}  // namespace

Result<> ReadTable(Target& target, std::string_view bytes, RowFunction const& on_row) {
  std::size_t rows = 0;
  RowFunction const counted = [&](std::size_t number, std::vector<Cell>& cells) -> Result<> {
    if (++rows > kMaxRows + kHeadRows)
      return Fail(ErrorCode::kInvalid, "import.too_many_rows", {{"limit", std::to_string(kMaxRows)}});
    return on_row(number, cells);
  };
  bool const zip = bytes.starts_with("PK");
  bool const ole = bytes.starts_with("\xD0\xCF\x11\xE0");  // encrypted or of Excel 97: the reader says which
  if (!zip && !ole) return ReadText(bytes, counted);
  BOLE_ASSIGN(bool const own, target.Read(bytes, counted));
  if (own) return {};
  auto const read = documents::ReadXlsx(bytes, {}, counted);
  if (!read) return tl::unexpected<Error>(read.error());
  return {};
}

Result<Head> ReadHead(Target& target, std::string_view bytes, std::vector<Column> const& columns) {
  std::vector<std::pair<std::size_t, std::vector<std::string>>> rows;
  auto const read = ReadTable(target, bytes, [&](std::size_t number, std::vector<Cell>& cells) -> Result<> {
    auto& row = rows.emplace_back(number, std::vector<std::string>{}).second;
    for (auto& cell : cells) row.emplace_back(Trim(cell.text));
    if (rows.size() < kHeadRows + kSampleRows) return {};
    return tl::unexpected<Error>(Error{ErrorCode::kConflict, kEnough, {}, {}});
  });
  if (!read && read.error().key != kEnough) return tl::unexpected<Error>(read.error());
  std::size_t best = 0, named = 0;
  for (std::size_t i = 0; i < std::min(rows.size(), kHeadRows); ++i)
    if (auto const count = CountNamed(columns, rows[i].second); count > named) best = i, named = count;
  if (rows.size() < best + 2) return Fail(ErrorCode::kInvalid, "import.empty");
  Head out{static_cast<std::int64_t>(rows[best].first), rows[best].second, {}};
  for (auto i = best + 1; i < std::min(rows.size(), best + 1 + kSampleRows); ++i) {
    out.titles.resize(std::max(out.titles.size(), rows[i].second.size()));
    out.rows.push_back(std::move(rows[i].second));
  }
  return out;
}

std::string Signature(Head const& head) {
  std::string all;
  for (auto const& title : head.titles) all += Folded(title) + '\n';
  auto const digest = crypto::Digester(crypto::DigestAlgorithm::kSha256).Hash({crypto::AsBytes(all)});
  return crypto::HexEncode(digest);
}

std::vector<std::string> GuessMapping(std::vector<Column> const& columns, std::vector<std::string> const& titles) {
  std::vector<std::string> out(titles.size());
  std::set<std::string> used;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    auto const folded = Folded(titles[i]);
    if (folded.empty()) continue;
    auto const found =
        std::find_if(columns.begin(), columns.end(), [&](auto const& column) { return Names(column, folded); });
    if (found != columns.end() && used.insert(found->key).second) out[i] = found->key;
  }
  return out;
}

RowReader::RowReader(std::vector<Column> columns, std::vector<std::string> const& mapping) {
  for (auto& column : columns) {
    auto const at = std::find(mapping.begin(), mapping.end(), column.key);
    if (at == mapping.end()) continue;
    auto words = Meanings(column.choices);
    mapped_.push_back({std::move(column), static_cast<std::size_t>(at - mapping.begin()), std::move(words)});
  }
}

RowReader::Parsed RowReader::Read(std::size_t number, std::vector<Cell> const& cells) const {
  Parsed out;
  out.row.number = static_cast<std::int64_t>(number);
  for (auto const& [column, index, words] : mapped_) {
    static Cell const kNothing;
    auto const& cell = index < cells.size() ? cells[index] : kNothing;
    auto value = ReadCell(column, words, cell);
    if (!value.problem.code.empty())
      out.problems.push_back({column.key, std::move(value.problem.code), std::move(value.problem.params)});
    else if (!value.text.empty())
      out.row.values.emplace(column.key, std::move(value.text));
    else if (column.required)
      out.problems.push_back({column.key, "required"});
  }
  return out;
}

std::string RowReader::Letter(std::string_view key) const {
  for (auto const& mapped : mapped_)
    if (mapped.column.key == key) return documents::ColumnName(mapped.index + 1);
  return "";
}

}  // namespace bole::imports
