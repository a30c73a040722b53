#include "modules/keys/columns.hpp"

#include <algorithm>

#include "platform/log/log.hpp"

namespace bole::keys::columns {
namespace {

struct CountRow {
  std::string beginning;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (beginning, count))

struct ValueRow {
  std::string key, value;
};
BOOST_DESCRIBE_STRUCT(ValueRow, (), (key, value))

struct ColumnRow {
  std::string table, column;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (table, column))

std::string const kPrefixTest = " substr({}, 1, " + std::to_string(crypto::kSealedPrefix.size()) + ") = '" +
                                std::string(crypto::kSealedPrefix) + "'";

std::string IsSealed(std::string const& column) {
  auto out = kPrefixTest;
  return out.replace(out.find("{}"), 2, column);
}

// The prefix, the key, its colon and the two characters that tell the algorithm.
std::string BeginningOf(db::Dialect dialect, std::string const& column) {
  auto const behind_prefix = "substr(" + column + ", 4)";
  auto const colon =
      dialect == db::Dialect::sqlite ? "instr(" + behind_prefix + ", ':')" : "strpos(" + behind_prefix + ", ':')";
  return "substr(" + column + ", 1, " + colon + " + 5)";
}

// The beginnings of values that need nothing: one for every pair of characters that the algorithm can give.
std::vector<std::string> TodaysBeginnings(crypto::KeyRing const& ring) {
  std::vector<std::string> out;
  auto const head = std::string(crypto::kSealedPrefix) + ring.ActiveId() + ":";
  for (unsigned next = 0; next < 256; next += 16) {  // the four bits behind the algorithm belong to the nonce
    crypto::Bytes const bytes{static_cast<std::uint8_t>(ring.algorithm()), static_cast<std::uint8_t>(next)};
    out.push_back(head + crypto::Base64UrlEncode(bytes).substr(0, 2));
  }
  return out;
}

}  // namespace

std::vector<Use> Count(db::Tx& tx, SealedColumn const& column) {
  auto const beginning = BeginningOf(tx.dialect(), column.column);
  auto const rows =
      tx.Select<CountRow>({"keys.count", "SELECT " + beginning + ", COUNT(*) FROM " + column.table + " WHERE" +
                                             IsSealed(column.column) + " GROUP BY " + beginning});
  std::vector<Use> out;
  for (auto const& row : rows) {
    auto const with = crypto::ReadSealedWith(row.beginning);
    if (!with) continue;  // text that only looks like it
    auto const same = std::find_if(out.begin(), out.end(), [&](Use const& use) {
      return use.with.key_id == with->key_id && use.with.algorithm == with->algorithm;
    });
    if (same == out.end())
      out.push_back({*with, row.count});
    else
      same->values += row.count;
  }
  return out;
}

Batch Reseal(db::Tx& tx, SealedColumn const& column, crypto::KeyRing const& ring, crypto::FieldCipher const& fields,
             std::string const& from_key, bool behind, int limit) {
  auto const beginnings = TodaysBeginnings(ring);
  std::string marks;
  db::Cells parameters{db::ToValue(from_key)};
  for (auto const& each : beginnings) {
    marks += marks.empty() ? "?" : ", ?";
    parameters.push_back(db::ToValue(each));
  }
  parameters.push_back(db::ToValue(limit));
  auto const rows = tx.SelectWith<ValueRow>(
      {"keys.values", "SELECT " + column.key + ", " + column.column + " FROM " + column.table + " WHERE " + column.key +
                          (behind ? " > ?" : " >= ?") + " AND" + IsSealed(column.column) + " AND " +
                          BeginningOf(tx.dialect(), column.column) + " NOT IN (" + marks + ") ORDER BY " + column.key +
                          " LIMIT ?"},
      parameters);
  Batch out{.found = static_cast<std::int64_t>(rows.size())};
  auto const context = column.context.empty() ? column.table + "." + column.column : column.context;
  for (auto const& row : rows) {
    out.last_key = row.key;
    auto const bound = column.context_has_key ? context + ":" + row.key : context;
    auto const plain = fields.Decrypt(row.value, bound);
    if (!plain) {
      out.unreadable.push_back(row.value);
      log::Error("keys.unreadable", {{"column", column.table + "." + column.column}, {"error", plain.error().key}});
      continue;
    }
    out.written += tx.Execute({"keys.replace", "UPDATE " + column.table + " SET " + column.column + " = ? WHERE " +
                                                   column.key + " = ? AND " + column.column + " = ?"},
                              fields.Encrypt(*plain, bound), row.key, row.value);
  }
  return out;
}

std::vector<std::string> Unregistered(db::Tx& tx, SealedColumns const& known) {
  auto const all = tx.Select<ColumnRow>(
      {"keys.columns", tx.dialect() == db::Dialect::sqlite
                           ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
                             "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.type = 'TEXT' ORDER BY 1, 2"
                           : "SELECT table_name::text, column_name::text FROM information_schema.columns "
                             "WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY 1, 2"});
  std::vector<std::string> out;
  for (auto const& each : all) {
    bool const registered = std::any_of(known.begin(), known.end(), [&](SealedColumn const& column) {
      return column.table == each.table && column.column == each.column;
    });
    if (registered) continue;
    auto const found = tx.Scalar<std::int64_t>({"keys.search", "SELECT 1 FROM \"" + each.table + "\" WHERE" +
                                                                   IsSealed("\"" + each.column + "\"") + " LIMIT 1"});
    if (found) out.push_back(each.table + "." + each.column);
  }
  return out;
}

}  // namespace bole::keys::columns
