#pragma once
#include "modules/audit/merkle.hpp"
#include "modules/audit/record.hpp"
#include "platform/db/database.hpp"
#include "platform/reflect/page.hpp"
#include "platform/security/principal.hpp"

namespace bole::audit {
inline constexpr char const* kConcernedDigest = "concerned_sha256";
// Of ids in ascending order: SHA-256 over a line each, in hex.
[[nodiscard]] std::string DigestOf(std::vector<std::string> const& ids);
}  // namespace bole::audit

// All SQL of the evidence log.
namespace bole::audit::store {

// What a list or an export asks for; empty members do not narrow.
struct RecordFilter {
  std::string actor_name, actor_id, action, subject_kind, subject_id;
  std::string org_path;  // a subtree
  std::optional<Instant> from, to;
  std::optional<bool> succeeded;
  int limit = 50;
  std::string cursor{};
  [[nodiscard]] bool IsEmpty() const;
};

// Records outside of every organisation node are visible only to who may read the whole group.
[[nodiscard]] bool SeesGroup(Scope const& scope);
[[nodiscard]] Page<RecordRow> Records(db::Tx& tx, Scope const& scope, RecordFilter const& filter);
[[nodiscard]] std::optional<RecordRow> Record(db::Tx& tx, Scope const& scope, std::string const& id);
// Records in the tree with from <= leaf_index < to, by leaf_index; filter.limit at most.
[[nodiscard]] std::vector<RecordRow> Leaves(db::Tx& tx, Scope const& scope, RecordFilter const& filter,
                                            std::int64_t from, std::int64_t to);
// ids: without repetition.
void InsertConcerned(db::Tx& tx, std::string const& record_id, std::string const& kind,
                     std::vector<std::string> const& ids);
[[nodiscard]] std::vector<std::string> ConcernedBy(db::Tx& tx, std::string const& record_id);  // ascending
[[nodiscard]] std::optional<std::string> OrgPath(db::Tx& tx, Scope const& scope, std::string const& org_id);

// The log itself: nothing in it belongs to one node.
struct LogRow {
  std::string name = "main", id, suite;
  std::int64_t size = 0, anchored_size = 0;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(LogRow, (), (name, id, suite, size, anchored_size, created_at))
[[nodiscard]] std::optional<LogRow> FindLog(db::Tx& tx);
// Makes it on first use; until the commit no other process sequences or signs.
[[nodiscard]] LogRow LockLog(db::Tx& tx, std::string const& suite, Instant now);
void SetSize(db::Tx& tx, std::int64_t size);
void SetAnchored(db::Tx& tx, std::int64_t size);

[[nodiscard]] std::vector<RecordRow> Waiting(db::Tx& tx, int limit);
[[nodiscard]] std::int64_t CountWaiting(db::Tx& tx);  // at most kCountLimit + 1
// Gives the waiting records from `first` to `last` their leaf indexes in order of id; returns how many there were.
[[nodiscard]] std::int64_t Number(db::Tx& tx, std::string const& first, std::string const& last, std::int64_t size);

[[nodiscard]] std::int64_t CountLeaves(db::Tx& tx);

[[nodiscard]] LoadTile Tiles(db::Tx& tx);
void SaveTile(db::Tx& tx, Frontier::Tile const& tile);

struct KeyRow {
  std::string id, suite, public_key, private_key;  // base64; sealed
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, suite, public_key, private_key, created_at))
[[nodiscard]] std::vector<KeyRow> Keys(db::Tx& tx);  // newest first

struct HeadRow {
  std::string id;
  std::int64_t size = 0;
  std::string root;  // hex
  Instant at{};
  std::string key_id, signature;  // base64
};
BOOST_DESCRIBE_STRUCT(HeadRow, (), (id, size, root, at, key_id, signature))
[[nodiscard]] std::optional<HeadRow> NewestHead(db::Tx& tx);
[[nodiscard]] std::optional<HeadRow> HeadOf(db::Tx& tx, std::int64_t size);
[[nodiscard]] Page<HeadRow> Heads(db::Tx& tx, int limit, std::string const& cursor);
// By size, after `size`; at most 1,000.
[[nodiscard]] std::vector<HeadRow> HeadsAfter(db::Tx& tx, std::int64_t size);

}  // namespace bole::audit::store
