#pragma once
#include <string>

#include "platform/db/database.hpp"
#include "platform/db/scope_filter.hpp"
#include "platform/reflect/page.hpp"

namespace bole::db {

// One page of a list ordered by id, newest first (ULIDs sort by creation). `from` is "person p JOIN …", `where` starts
// with a condition; the id column is `id_column`. Cost does not grow with the number of rows before the page.
struct KeysetQuery {
  std::string_view name;
  std::string columns;
  std::string from;
  std::string where = "1 = 1";
  Cells parameters{};
  std::string id_column = "id";
  int limit = 50;
  std::string cursor{};  // id of the last row of the page before; empty: first page

  KeysetQuery& And(std::string_view condition, Cells values = {}) {
    where.append(" AND ").append(condition);
    parameters.insert(parameters.end(), values.begin(), values.end());
    return *this;
  }
  KeysetQuery& Add(Condition const& condition) {
    where += condition.sql;
    parameters.insert(parameters.end(), condition.parameters.begin(), condition.parameters.end());
    return *this;
  }
};

// Row must have a member `id` (text).
template <class Row>
Page<Row> SelectPage(Tx& tx, KeysetQuery const& query) {
  Page<Row> out;
  auto const base = " FROM " + query.from + " WHERE " + query.where;
  auto parameters = query.parameters;
  std::string sql = "SELECT " + query.columns + base;
  if (!query.cursor.empty()) {
    sql += " AND " + query.id_column + " < ?";
    parameters.emplace_back(query.cursor);
  }
  parameters.emplace_back(static_cast<std::int64_t>(query.limit + 1));
  out.items = tx.SelectWith<Row>({query.name, sql + " ORDER BY " + query.id_column + " DESC LIMIT ?"}, parameters);
  if (out.items.size() > static_cast<std::size_t>(query.limit)) {
    out.items.pop_back();
    out.next_cursor = out.items.back().id;
  }
  auto count = query.parameters;
  count.emplace_back(kCountLimit + 1);
  auto const counted =
      tx.Fetch({query.name, "SELECT COUNT(*) FROM (SELECT 1" + base + " LIMIT ?) AS counted"}, count, {Kind::integer});
  out.total = std::min(std::get<std::int64_t>(counted.at(0).at(0)), kCountLimit);
  out.total_exact = std::get<std::int64_t>(counted.at(0).at(0)) <= kCountLimit;
  return out;
}

// Page<From> to Page<To> through `convert`.
template <class To, class From, class F>
Page<To> MapPage(Page<From> const& from, F const& convert) {
  Page<To> out{{}, from.next_cursor, from.total, from.total_exact};
  for (auto const& item : from.items) out.items.push_back(convert(item));
  return out;
}

}  // namespace bole::db
