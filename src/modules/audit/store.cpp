#include "modules/audit/store.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/db/keyset.hpp"
#include "platform/db/scope_filter.hpp"

namespace bole::audit::store {
namespace {

constexpr int kHeadsAtOnce = 1000;

db::Condition Visible(Scope const& scope) {
  return SeesGroup(scope) ? db::Condition{} : db::ScopeCondition(scope, "org_id");
}

void Narrow(db::KeysetQuery& query, Scope const& scope, RecordFilter const& filter) {
  query.Add(Visible(scope));
  auto const equal = [&](char const* condition, std::string const& value) {
    if (!value.empty()) query.And(condition, {value});
  };
  equal("actor_name = ?", filter.actor_name);
  equal("actor_id = ?", filter.actor_id);
  equal("action = ?", filter.action);
  equal("subject_kind = ?", filter.subject_kind);
  if (!filter.subject_id.empty())
    query.And("(subject_id = ? OR id IN (SELECT record_id FROM audit_concerned WHERE subject_id = ?))",
              {filter.subject_id, filter.subject_id});
  if (!filter.org_path.empty()) query.Add(db::SubtreeCondition(filter.org_path, "org_id"));
  if (filter.from) query.And("at >= ?", {db::ToValue(*filter.from)});
  if (filter.to) query.And("at < ?", {db::ToValue(*filter.to)});
  if (filter.succeeded) query.And("succeeded = ?", {db::ToValue(*filter.succeeded)});
}

std::string const& RecordColumns() {
  static auto const columns = db::Columns<RecordRow>();
  return columns;
}

}  // namespace

bool RecordFilter::IsEmpty() const {
  return actor_name.empty() && actor_id.empty() && action.empty() && subject_kind.empty() && subject_id.empty() &&
         org_path.empty() && !from && !to && !succeeded;
}

// The path of the group's root is "/<id>/": two slashes.
bool SeesGroup(Scope const& scope) {
  return scope.everything() || std::any_of(scope.paths().begin(), scope.paths().end(), [](auto const& path) {
           return std::count(path.begin(), path.end(), '/') == 2;
         });
}

// Waiting and sequenced records have indexes of their own, so each side is a query and the pages are merged.
Page<RecordRow> Records(db::Tx& tx, Scope const& scope, RecordFilter const& filter) {
  auto const side = [&](char const* condition) {
    db::KeysetQuery query{.name = "audit.records",
                          .columns = RecordColumns(),
                          .from = "audit_record",
                          .where = condition,
                          .limit = filter.limit,
                          .cursor = filter.cursor};
    Narrow(query, scope, filter);
    return db::SelectPage<RecordRow>(tx, query);
  };
  auto const waiting = side("leaf_index IS NULL");
  auto out = side("leaf_index IS NOT NULL");
  bool more = out.next_cursor || waiting.next_cursor;
  out.items.insert(out.items.end(), waiting.items.begin(), waiting.items.end());
  std::sort(out.items.begin(), out.items.end(), [](auto const& a, auto const& b) { return a.id > b.id; });
  if (out.items.size() > static_cast<std::size_t>(filter.limit)) {
    out.items.resize(static_cast<std::size_t>(filter.limit));
    more = true;
  }
  out.next_cursor.reset();
  if (more && !out.items.empty()) out.next_cursor = out.items.back().id;
  out.total_exact = out.total_exact && waiting.total_exact && out.total + waiting.total <= kCountLimit;
  out.total = std::min(out.total + waiting.total, kCountLimit);
  return out;
}

std::optional<RecordRow> Record(db::Tx& tx, Scope const& scope, std::string const& id) {
  db::KeysetQuery query{.name = "audit.record", .columns = {}, .from = {}};
  query.And("id = ?", {id}).Add(Visible(scope));
  auto rows = tx.SelectWith<RecordRow>(
      {query.name, "SELECT " + RecordColumns() + " FROM audit_record WHERE " + query.where}, query.parameters);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<RecordRow> Leaves(db::Tx& tx, Scope const& scope, RecordFilter const& filter, std::int64_t from,
                              std::int64_t to) {
  db::KeysetQuery query{.name = "audit.leaves", .columns = {}, .from = {}};
  query.And("leaf_index >= ?", {from}).And("leaf_index < ?", {to});
  Narrow(query, scope, filter);
  query.parameters.emplace_back(static_cast<std::int64_t>(filter.limit));
  return tx.SelectWith<RecordRow>({query.name, "SELECT " + RecordColumns() + " FROM audit_record WHERE " + query.where +
                                                   " ORDER BY leaf_index LIMIT ?"},
                                  query.parameters);
}

void InsertConcerned(db::Tx& tx, std::string const& record_id, std::string const& kind,
                     std::vector<std::string> const& ids) {
  constexpr std::size_t kRows = 300;  // three parameters each: below the 999 that every SQLite takes
  for (std::size_t from = 0; from < ids.size(); from += kRows) {
    auto const count = std::min(kRows, ids.size() - from);
    std::string marks;
    db::Cells cells;
    for (std::size_t i = 0; i < count; ++i) {
      marks += i == 0 ? "(?, ?, ?)" : ", (?, ?, ?)";
      cells.insert(cells.end(), {ids[from + i], kind, record_id});
    }
    tx.Run({"audit.concerned", "INSERT INTO audit_concerned (subject_id, kind, record_id) VALUES " + marks}, cells);
  }
}

std::vector<std::string> ConcernedBy(db::Tx& tx, std::string const& record_id) {
  std::vector<std::string> out;
  for (auto const& row : tx.Fetch(
           {"audit.concerned_by", "SELECT subject_id FROM audit_concerned WHERE record_id = ? ORDER BY subject_id"},
           {record_id}, {db::Kind::text}))
    out.push_back(std::get<std::string>(row[0]));
  return out;
}

std::optional<std::string> OrgPath(db::Tx& tx, Scope const& scope, std::string const& org_id) {
  auto path = tx.Scalar<std::string>({"audit.org_path", "SELECT path FROM org_node WHERE id = ?"}, org_id);
  if (path && scope.Covers(*path)) return path;
  return std::nullopt;
}

std::optional<LogRow> FindLog(db::Tx& tx) {
  return tx.One<LogRow>({"audit.log", "SELECT " + db::Columns<LogRow>() + " FROM audit_log WHERE name = 'main'"});
}

LogRow LockLog(db::Tx& tx, std::string const& suite, Instant now) {
  tx.Execute({"audit.make_log",
              "INSERT INTO audit_log (name, id, suite, size, anchored_size, created_at) VALUES ('main', ?, ?, 0, 0, ?) "
              "ON CONFLICT (name) DO NOTHING"},
             NewUlid(now), suite, now);
  tx.Execute({"audit.lock_log", "UPDATE audit_log SET size = size WHERE name = 'main'"});
  return FindLog(tx).value();
}

void SetSize(db::Tx& tx, std::int64_t size) {
  tx.Execute({"audit.set_size", "UPDATE audit_log SET size = ? WHERE name = 'main'"}, size);
}

void SetAnchored(db::Tx& tx, std::int64_t size) {
  tx.Execute({"audit.set_anchored", "UPDATE audit_log SET anchored_size = ? WHERE name = 'main'"}, size);
}

std::vector<RecordRow> Waiting(db::Tx& tx, int limit) {
  return tx.Select<RecordRow>({"audit.waiting", "SELECT " + RecordColumns() +
                                                    " FROM audit_record WHERE leaf_index IS NULL ORDER BY id LIMIT ?"},
                              limit);
}

std::int64_t CountWaiting(db::Tx& tx) {
  return tx
      .Scalar<std::int64_t>({"audit.count_waiting",
                             "SELECT COUNT(*) FROM (SELECT 1 FROM audit_record WHERE leaf_index IS NULL LIMIT ?) AS w"},
                            kCountLimit + 1)
      .value_or(0);
}

std::int64_t Number(db::Tx& tx, std::string const& first, std::string const& last, std::int64_t size) {
  return tx.Execute(
      {"audit.number",
       "UPDATE audit_record SET leaf_index = ? + picked.place FROM "
       "(SELECT id AS picked_id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM audit_record "
       "WHERE leaf_index IS NULL AND id >= ? AND id <= ?) AS picked WHERE audit_record.id = picked.picked_id"},
      size, first, last);
}

std::int64_t CountLeaves(db::Tx& tx) {
  return tx
      .Scalar<std::int64_t>({"audit.count_leaves", "SELECT COUNT(*) FROM audit_record WHERE leaf_index IS NOT NULL"})
      .value_or(0);
}

LoadTile Tiles(db::Tx& tx) {
  return [&tx](int level, std::uint64_t position) {
    auto const text = tx.Scalar<std::string>(
        {"audit.tile", "SELECT hashes FROM audit_tile WHERE level = ? AND position = ?"}, level, position);
    auto const bytes = crypto::Base64Decode(text.value_or(""));
    if (!bytes || bytes->size() % sizeof(Hash) != 0) throw BrokenTree("a tile of the evidence log is unreadable");
    Hashes out(bytes->size() / sizeof(Hash));
    for (std::size_t i = 0; i < out.size(); ++i)
      std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash), out[i].begin());
    return out;
  };
}

void SaveTile(db::Tx& tx, Frontier::Tile const& tile) {
  crypto::Bytes bytes;
  bytes.reserve(tile.hashes.size() * sizeof(Hash));
  for (auto const& hash : tile.hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  tx.Execute({"audit.save_tile",
              "INSERT INTO audit_tile (level, position, hashes) VALUES (?, ?, ?) "
              "ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes"},
             tile.level, tile.position, crypto::Base64Encode(bytes));
}

std::vector<KeyRow> Keys(db::Tx& tx) {
  return tx.Select<KeyRow>(
      {"audit.keys", "SELECT " + db::Columns<KeyRow>() + " FROM audit_key ORDER BY created_at DESC, id"});
}

std::optional<HeadRow> NewestHead(db::Tx& tx) {
  return tx.One<HeadRow>(
      {"audit.newest_head", "SELECT " + db::Columns<HeadRow>() + " FROM audit_head ORDER BY size DESC LIMIT 1"});
}

std::optional<HeadRow> HeadOf(db::Tx& tx, std::int64_t size) {
  return tx.One<HeadRow>({"audit.head", "SELECT " + db::Columns<HeadRow>() + " FROM audit_head WHERE size = ?"}, size);
}

Page<HeadRow> Heads(db::Tx& tx, int limit, std::string const& cursor) {
  return db::SelectPage<HeadRow>(tx, {.name = "audit.heads",
                                      .columns = db::Columns<HeadRow>(),
                                      .from = "audit_head",
                                      .limit = limit,
                                      .cursor = cursor});
}

std::vector<HeadRow> HeadsAfter(db::Tx& tx, std::int64_t size) {
  return tx.Select<HeadRow>({"audit.heads_after", "SELECT " + db::Columns<HeadRow>() +
                                                      " FROM audit_head WHERE size > ? ORDER BY size LIMIT ?"},
                            size, kHeadsAtOnce);
}

}  // namespace bole::audit::store
